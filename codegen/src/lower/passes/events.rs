//! What tells the kinds of events apart that come to one address: members that only one of them has.

use std::collections::BTreeSet;

use crate::api::{Api, Distinction, Event, TypeId, TypeKind, TypeRef};
use crate::names;

/// How many members may stand inside one another in a path.
const MAX_DEPTH: usize = 3;

type Path = Vec<String>;

/// Finds the kinds of events, each type once, and their marks.
pub(in crate::lower) fn tell_events(api: &mut Api) {
    let mut events: Vec<Event> = Vec::new();
    for callback in &api.callbacks {
        if events.iter().all(|event| event.ty != callback.ty) {
            let name = api[callback.ty].name.clone();
            events.push(Event { name, docs: callback.docs.clone(), ty: callback.ty, marks: Vec::new() });
        }
    }
    let paths: Vec<BTreeSet<Path>> = events.iter().map(|event| paths(api, event.ty)).collect();
    for (index, event) in events.iter_mut().enumerate() {
        let others = paths.iter().enumerate().filter(|(other, _)| *other != index);
        let others: BTreeSet<&Path> = others.flat_map(|(_, paths)| paths).collect();
        let own: BTreeSet<&Path> = paths[index].iter().filter(|path| !others.contains(path)).collect();
        // What is inside a mark adds nothing.
        let is_inner = |path: &Path| (1..path.len()).any(|length| own.contains(&path[..length].to_vec()));
        event.marks = own.iter().filter(|path| !is_inner(path)).map(|path| (*path).clone()).collect();
    }
    api.unknown_event = names::free("Unknown", |name| events.iter().all(|event| event.name != name));
    api.events = events;
}

/// The paths of all members, as far as they are looked at.
fn paths(api: &Api, ty: TypeId) -> BTreeSet<Path> {
    let mut paths = BTreeSet::new();
    add_type(api, ty, &mut Vec::new(), &mut paths);
    paths
}

fn add_type(api: &Api, id: TypeId, at: &mut Path, paths: &mut BTreeSet<Path>) {
    match &api[id].kind {
        TypeKind::Struct(shape) => {
            for field in &shape.fields {
                add_member(api, &field.wire_name, Some(&field.ty), at, paths);
            }
        }
        TypeKind::Union(shape) => {
            if let Distinction::Tag(tag) = &shape.distinction {
                add_member(api, tag, None, at, paths);
            }
            for variant in &shape.variants {
                add_value(api, &variant.ty, at, paths);
            }
        }
        TypeKind::Wrapper(shape) => add_value(api, &shape.ty, at, paths),
        TypeKind::Enum(_) => {}
    }
}

fn add_member(api: &Api, name: &str, ty: Option<&TypeRef>, at: &mut Path, paths: &mut BTreeSet<Path>) {
    at.push(name.to_owned());
    if paths.insert(at.clone())
        && at.len() < MAX_DEPTH
        && let Some(ty) = ty
    {
        add_value(api, ty, at, paths);
    }
    at.pop();
}

/// Lists are looked through; the names of a map are anybody's.
fn add_value(api: &Api, ty: &TypeRef, at: &mut Path, paths: &mut BTreeSet<Path>) {
    match ty {
        TypeRef::Named(id) => add_type(api, *id, at, paths),
        TypeRef::List(inner) | TypeRef::Nullable(inner) => add_value(api, inner, at, paths),
        _ => {}
    }
}
