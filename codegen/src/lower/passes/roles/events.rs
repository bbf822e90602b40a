//! Events: the types of callback bodies, and the properties that distinguish them.

mod excluded;
mod paths;

use std::collections::{BTreeSet, HashMap, HashSet};

use self::excluded::Excluded;
use self::paths::{Path, Paths, longest, paths};
use crate::Diagnostics;
use crate::api::{Batch, Callback, Event, FeatureId, TypeId, TypeRef};
use crate::lower::draft::{Draft, Types};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::features::Features;
use crate::lower::passes::names::TypeNames;
use crate::names;
use crate::resolve::Resolved;

/// The events, and the name of the variant for others.
pub(crate) struct Events {
    pub all: Vec<Event>,
    pub unknown: String,
    /// The features of all of them: any is sufficient.
    pub features: Vec<FeatureId>,
}

/// Finds the types of callback bodies, each once, and the paths of properties that only one of them has. Reports a type
/// that has no such property.
pub(crate) fn events(
    resolved: &Resolved<'_>,
    draft: &Draft,
    directions: &Directions,
    type_names: &TypeNames,
    features: &Features,
    diagnostics: &mut Diagnostics,
) -> Events {
    let mut seen = HashSet::new();
    let callbacks: Vec<&Callback> = draft.callbacks.iter().filter(|callback| seen.insert(callback.ty)).collect();
    let batches: Vec<_> = callbacks.iter().map(|callback| batch(&draft.types, callback.ty)).collect();
    let described = callbacks.iter().zip(&batches);
    let longest = longest(&draft.types, &callbacks.iter().map(|callback| callback.ty).collect::<Vec<_>>());
    let described =
        described.map(|(callback, batch)| paths(&draft.types, directions, callback.ty, batch.as_ref(), longest));
    let excluded = Excluded { resolved, schemas: &draft.excluded_events };
    let discriminating = discriminating_paths(&described.collect::<Vec<_>>(), &excluded);
    let mut events = Vec::new();
    for ((callback, batch), (discriminating_paths, has_all)) in callbacks.iter().zip(batches).zip(discriminating) {
        let name = type_names[callback.ty].to_owned();
        if discriminating_paths.is_empty() {
            diagnostics.indistinct_event(callback.origin.clone(), &name);
        }
        let (docs, ty, features) = (callback.docs.clone(), callback.ty, features.of_event(draft, callback.ty));
        events.push(Event { name, docs, ty, discriminating_paths, has_all, batch, features });
    }
    let unknown = names::free("Unknown", |name| events.iter().all(|event: &Event| event.name != name));
    let features = features_of_all(&mut events);
    Events { all: events, unknown, features }
}

/// The features of the union of all events. An event that needs the same ones needs none of its own.
fn features_of_all(events: &mut [Event]) -> Vec<FeatureId> {
    if events.iter().any(|event| event.features.is_empty()) {
        return Vec::new();
    }
    let features: BTreeSet<FeatureId> = events.iter().flat_map(|event| event.features.iter().copied()).collect();
    let features: Vec<_> = features.into_iter().collect();
    events.iter_mut().filter(|event| event.features == features).for_each(|event| event.features.clear());
    features
}

/// For each type, the paths that neither another type nor an excluded event has, as [`own_paths`] returns them.
fn discriminating_paths(paths: &[Paths], excluded: &Excluded<'_, '_>) -> Vec<(Vec<Path>, bool)> {
    let mut owners: HashMap<&Path, usize> = HashMap::new();
    for path in paths.iter().flat_map(Paths::keys) {
        *owners.entry(path).or_default() += 1;
    }
    paths.iter().map(|paths| own_paths(paths, |path| owners[path] == 1 && !excluded.have(path))).collect()
}

/// The outermost paths that only one type has; those that every event of the type has, if there are any, and then `true`.
fn own_paths(paths: &Paths, is_own: impl Fn(&Path) -> bool) -> (Vec<Path>, bool) {
    let mut own: Vec<(&Path, bool)> = Vec::new();
    for (path, certain) in paths {
        let is_inner = own.last().is_some_and(|(outer, _)| path.starts_with(outer));
        if !is_inner && is_own(path) {
            own.push((path, *certain));
        }
    }
    let has_all = own.iter().any(|(_, certain)| *certain);
    let own = own.into_iter().filter(|(_, certain)| *certain || !has_all).map(|(path, _)| path.clone());
    (own.collect(), has_all)
}

/// The list of a type that has a list of objects, and beside it only counts and flags. The items of other lists belong
/// together, so none can be left out.
fn batch(types: &Types, ty: TypeId) -> Option<Batch> {
    let (scalars, others): (Vec<_>, Vec<_>) = types[ty].fields().iter().partition(|field| is_count(&field.ty));
    let ([list], true) = (&*others, types[ty].fields().len() == scalars.len() + 1) else { return None };
    match list.ty.non_null() {
        TypeRef::List(item) => match **item {
            TypeRef::Named(item) => Some(Batch { property: list.wire_name.clone(), item }),
            _ => None,
        },
        _ => None,
    }
}

fn is_count(ty: &TypeRef) -> bool {
    use TypeRef::{Bool, F32, F64, I32, I64, I128, U64};
    matches!(ty.non_null(), Bool | I32 | I64 | U64 | I128 | F32 | F64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paths: &[(&[&str], bool)], shared: &[&[&str]], expected: &[&[&str]], has_all: bool) {
        let path = |names: &&[&str]| names.iter().map(|&name| name.to_owned()).collect::<Path>();
        let shared: Vec<Path> = shared.iter().map(path).collect();
        let paths: Paths = paths.iter().map(|(names, certain)| (path(names), *certain)).collect();
        let expected = expected.iter().map(path).collect();
        assert_eq!(own_paths(&paths, |path| !shared.contains(path)), (expected, has_all));
    }

    #[test]
    fn a_path_that_continues_another_is_left_out() {
        let paths: &[(&[&str], bool)] = &[(&["id"], false), (&["seen"], false), (&["seen", "at"], false)];
        check(paths, &[&["id"]], &[&["seen"]], false);
        check(paths, &[&["id"], &["seen"]], &[&["seen", "at"]], false);
        check(paths, &[&["id"], &["seen"], &["seen", "at"]], &[], false);
    }

    #[test]
    fn paths_that_every_event_has_come_before_others() {
        let paths: &[(&[&str], bool)] = &[(&["at"], true), (&["id"], true), (&["note"], false)];
        check(paths, &[], &[&["at"], &["id"]], true);
        check(paths, &[&["id"]], &[&["at"]], true);
        check(paths, &[&["at"], &["id"]], &[&["note"]], false);
    }
}
