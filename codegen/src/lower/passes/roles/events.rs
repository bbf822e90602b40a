//! Events: the types of callback bodies, and the properties that distinguish them.

use std::collections::BTreeSet;

use crate::api::{Callback, Event, TypeId, TypeRef};
use crate::lower::draft::{Draft, Shape, Types, UnionKeyword};
use crate::lower::passes::names::TypeNames;
use crate::names;

/// The length of the longest path that is compared.
const MAX_DEPTH: usize = 3;

type Path = Vec<String>;

/// The events, and the name of the variant for others.
pub(crate) struct Events {
    pub events: Vec<Event>,
    pub unknown: String,
}

/// Finds the types of callback bodies, each once, and the paths of properties that only one of them has.
pub(crate) fn events(draft: &Draft, type_names: &TypeNames) -> Events {
    let mut callbacks: Vec<&Callback> = Vec::new();
    for callback in &draft.callbacks {
        if callbacks.iter().all(|known| known.ty != callback.ty) {
            callbacks.push(callback);
        }
    }
    let paths: Vec<BTreeSet<Path>> = callbacks.iter().map(|callback| paths(&draft.types, callback.ty)).collect();
    let event = |(index, callback): (usize, &&Callback)| Event {
        name: type_names[callback.ty].to_owned(),
        docs: callback.docs.clone(),
        ty: callback.ty,
        discriminating_paths: discriminating_paths(&paths, index),
    };
    let events: Vec<Event> = callbacks.iter().enumerate().map(event).collect();
    let unknown = names::free("Unknown", |name| events.iter().all(|event| event.name != name));
    Events { events, unknown }
}

/// The paths of one type that no other has, without those that continue another one.
fn discriminating_paths(paths: &[BTreeSet<Path>], index: usize) -> Vec<Path> {
    let others: BTreeSet<&Path> =
        paths.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, paths)| paths).collect();
    let own: BTreeSet<&Path> = paths[index].iter().filter(|path| !others.contains(path)).collect();
    let is_inner = |path: &Path| (1..path.len()).any(|length| own.contains(&path[..length].to_vec()));
    own.iter().filter(|path| !is_inner(path)).map(|path| (*path).clone()).collect()
}

/// The paths of all properties, up to the longest that is compared.
fn paths(types: &Types, ty: TypeId) -> BTreeSet<Path> {
    let mut paths = BTreeSet::new();
    add_type(types, ty, &mut Vec::new(), &mut paths);
    paths
}

fn add_type(types: &Types, id: TypeId, at: &mut Path, paths: &mut BTreeSet<Path>) {
    match &types[id].shape {
        Shape::Struct(shape) => {
            for field in &shape.fields {
                add_property(types, &field.wire_name, Some(&field.ty), at, paths);
            }
        }
        Shape::Union(shape) => {
            if let UnionKeyword::Discriminator(tag) = &shape.keyword {
                add_property(types, tag, None, at, paths);
            }
            for alternative in &shape.alternatives {
                add_value(types, &alternative.ty, at, paths);
            }
        }
        Shape::Wrapper(shape) => add_value(types, &shape.ty, at, paths),
        Shape::Enum(_) => {}
    }
}

fn add_property(types: &Types, name: &str, ty: Option<&TypeRef>, at: &mut Path, paths: &mut BTreeSet<Path>) {
    at.push(name.to_owned());
    if paths.insert(at.clone())
        && at.len() < MAX_DEPTH
        && let Some(ty) = ty
    {
        add_value(types, ty, at, paths);
    }
    at.pop();
}

/// Lists are looked through; the names in a map are arbitrary.
fn add_value(types: &Types, ty: &TypeRef, at: &mut Path, paths: &mut BTreeSet<Path>) {
    match ty {
        TypeRef::Named(id) => add_type(types, *id, at, paths),
        TypeRef::List(inner) | TypeRef::Nullable(inner) => add_value(types, inner, at, paths),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_continues_another_is_left_out() {
        let set = |paths: &[&[&str]]| {
            paths.iter().map(|path| path.iter().map(|&name| name.to_owned()).collect()).collect::<BTreeSet<Path>>()
        };
        let paths = [set(&[&["id"], &["seen"], &["seen", "at"]]), set(&[&["id"], &["text"]])];
        assert_eq!(discriminating_paths(&paths, 0), [["seen"]]);
        assert_eq!(discriminating_paths(&paths, 1), [["text"]]);
    }
}
