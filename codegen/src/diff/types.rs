//! Pairs of types, each compared once for all locations.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use super::relation::Typed;
use super::{At, Comparison, Direction, Owner, rules};
use crate::api::{Bounds, Check, Declined, TypeDef, TypeId, TypeKind, TypeRef};
use crate::document::Origin;

/// An item of both sides, by its index in each.
pub(super) type Matched = (usize, usize);

/// The number of pairs of different names that are compared to recognize what was renamed.
pub(super) const MOST_COMPARED: usize = 1_000_000;

/// The items of both sides, those of the old side alone, and those of the new side alone.
pub(super) type Matching = (Vec<Matched>, Vec<usize>, Vec<usize>);

impl<'a> Comparison<'a> {
    /// Compares every pair of types that values led to, and then those of the same name at other locations.
    pub(super) fn pairs(&mut self) {
        self.compare_waiting();
        for (index, definition) in self.old.api.types.iter().enumerate() {
            if let Some(new) = self.new.names.get(&*definition.name).copied()
                && !self.unlike.contains(&(TypeId(index), new))
            {
                self.pair_index(TypeId(index), new);
            }
        }
        self.compare_waiting();
    }

    fn compare_waiting(&mut self) {
        while let Some(index) = self.waiting.pop_front() {
            self.compare_pair(index);
        }
    }

    pub(super) fn definitions(&self, pair: usize) -> [&'a TypeDef; 2] {
        let pair = &self.pairs[pair];
        [&self.old.api[pair.old], &self.new.api[pair.new]]
    }

    fn compare_pair(&mut self, index: usize) {
        let [old, new] = self.definitions(index);
        let pair = &self.pairs[index];
        let origins = [old.origin.clone(), new.origin.clone()];
        let at = At { owner: Owner::Pair(index), location: String::new(), origins, travels: Direction::ALL };
        if pair.is_one {
            if old.name != new.name && !self.is_part_of_renamed(&old.origin) {
                self.changed(&at, &rules::TYPE_RENAMED, &*old.name, &*new.name);
                self.renamed.insert(old.origin.clone());
            }
            self.words(&at, "description", old.docs.description.as_ref(), new.docs.description.as_ref());
            self.words(&at, "title", old.docs.summary.as_ref(), new.docs.summary.as_ref());
        }
        match (&old.kind, &new.kind) {
            (TypeKind::Struct(old), TypeKind::Struct(new)) => {
                if self.is_one(&at) {
                    self.declined(&at, old.declined.as_ref(), new.declined.as_ref());
                }
                self.structs(&at, index, old, new);
            }
            (TypeKind::Enum(old), TypeKind::Enum(new)) => self.enums(&at, old, new),
            (TypeKind::Union(old), TypeKind::Union(new)) => self.unions(&at, index, old, new),
            (TypeKind::Wrapper(one), TypeKind::Wrapper(other)) => {
                self.values(&at, Typed::new(&one.ty, stated(old, 0)), Typed::new(&other.ty, stated(new, 0)));
            }
            _ => self.changed(&at, &rules::TYPE_CHANGED, kind(&old.kind), kind(&new.kind)),
        }
    }

    /// Compares the properties whose values decline a request.
    fn declined(&mut self, at: &At, old: Option<&Declined>, new: Option<&Declined>) {
        let rule = match (old, new) {
            (None, Some(_)) => &rules::DECLINED_ADDED,
            (Some(_), None) => &rules::DECLINED_REMOVED,
            (Some(one), Some(other)) if one != other => &rules::DECLINED_CHANGED,
            _ => return,
        };
        let text = |declined: &Declined| format!("{}: {}", declined.path(), declined.values.texts().join(", "));
        self.keyword(at, "x-declined", rule, old.map(text), new.map(text));
    }

    /// Returns `true` if an origin is inside something that was renamed.
    fn is_part_of_renamed(&self, origin: &Origin) -> bool {
        let mut place = origin.clone();
        while place.pointer.last().is_some() {
            if self.renamed.contains(&place) {
                return true;
            }
            place.pointer.pop();
        }
        false
    }

    pub(super) fn is_one(&self, at: &At) -> bool {
        match at.owner {
            Owner::Root(_) => true,
            Owner::Pair(pair) => self.pairs[pair].is_one,
        }
    }

    pub(super) fn name_in_rust(&mut self, at: &At, old: &str, new: &str) {
        if old != new && self.is_one(at) {
            self.changed(at, &rules::NAME_IN_RUST_CHANGED, old, new);
        }
    }

    /// Returns `true` if a new type is `Eq`.
    pub(super) fn is_total(&self, ty: &TypeRef) -> bool {
        ty.with_inner().all(|ty| match ty {
            TypeRef::F32 | TypeRef::F64 => false,
            TypeRef::Named(id) => self.new.api[*id].total_equality,
            _ => true,
        })
    }
}

/// A condition for an item of the old side to be the same as one of the new side.
pub(super) type Same<'s, T> = &'s dyn Fn(&T, &T) -> bool;

/// Matches the items of two lists by one condition after the other.
pub(super) fn match_in_steps<T>(old: &[T], new: &[T], steps: &[Same<'_, T>]) -> Matching {
    let mut all: Matching = (Vec::new(), (0..old.len()).collect(), (0..new.len()).collect());
    for (step, same) in steps.iter().enumerate() {
        if step > 0 && all.1.len().saturating_mul(all.2.len()) > MOST_COMPARED {
            break;
        }
        let (matched, removed, added) = match_among(all.1, all.2, |one, other| same(&old[one], &new[other]));
        all.0.extend(matched);
        (all.1, all.2) = (removed, added);
    }
    all
}

/// Matches the items of two lists, by index.
pub(super) fn match_by<T>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> Matching {
    let (all_old, all_new) = ((0..old.len()).collect(), (0..new.len()).collect());
    match_among(all_old, all_new, |one, other| same(&old[one], &new[other]))
}

/// Matches some items of each list.
pub(super) fn match_among(old: Vec<usize>, mut new: Vec<usize>, same: impl Fn(usize, usize) -> bool) -> Matching {
    let (mut matched, mut removed) = (Vec::new(), Vec::new());
    for one in old {
        match new.iter().position(|other| same(one, *other)) {
            Some(position) => matched.push((one, new.remove(position))),
            None => removed.push(one),
        }
    }
    (matched, removed, new)
}

/// Matches some items of each list that have equal keys, in linear time.
pub(super) fn match_keys<K: Hash + Eq>(
    old: Vec<usize>,
    new: Vec<usize>,
    key_of_old: impl Fn(usize) -> K,
    key_of_new: impl Fn(usize) -> K,
) -> Matching {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
    for other in &new {
        waiting.entry(key_of_new(*other)).or_default().push_back(*other);
    }
    let (mut matched, mut removed, mut taken) = (Vec::new(), Vec::new(), HashSet::new());
    for one in old {
        match waiting.get_mut(&key_of_old(one)).and_then(VecDeque::pop_front) {
            Some(other) => {
                taken.insert(other);
                matched.push((one, other));
            }
            None => removed.push(one),
        }
    }
    (matched, removed, new.into_iter().filter(|other| !taken.contains(other)).collect())
}

/// The constraints of a part that the description states, checked or not.
pub(super) fn stated(definition: &TypeDef, part: usize) -> &[Check] {
    match definition.unchecked.parts.get(part) {
        Some(checks) => checks,
        None => definition.checks().get(part).map_or(&[], |checks| checks),
    }
}

pub(super) fn property_count(definition: &TypeDef) -> Option<Bounds> {
    definition.as_struct().and_then(|shape| shape.property_count).or(definition.unchecked.property_count)
}

/// A kind of types in words.
pub(super) fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "object",
        TypeKind::Enum(_) => "enumeration",
        TypeKind::Union(_) => "union",
        TypeKind::Wrapper(_) => "value that contains itself",
    }
}
