//! The types of values: named types, `null`, lists and maps.

use super::relation::{Relation, Typed, relation};
use super::types::kind;
use super::{At, Comparison, Held, Owner, Pair, rules};
use crate::api::{Api, TypeId, TypeRef};

impl Comparison<'_> {
    /// Compares the types of a value with everything inside, and its constraints.
    pub(super) fn values(&mut self, at: &At, old: Typed<'_>, new: Typed<'_>) {
        self.types_of(at, old, new);
        if self.have_comparable_constraints(old.ty, new.ty) {
            self.constraints(at, old.checks, new.checks);
        }
    }

    /// Compares values of named types.
    pub(super) fn named_types(&mut self, at: &At, old: TypeId, new: TypeId) {
        self.values(at, Typed::new(&TypeRef::Named(old), &[]), Typed::new(&TypeRef::Named(new), &[]));
    }

    fn types_of(&mut self, at: &At, old: Typed<'_>, new: Typed<'_>) {
        match (old.ty, new.ty) {
            (TypeRef::Nullable(one), TypeRef::Nullable(other)) => self.types_of(at, old.inside(one), new.inside(other)),
            (ty, TypeRef::Nullable(other)) if *ty != TypeRef::Any => {
                self.noted(at, &rules::BECAME_NULLABLE);
                self.types_of(at, old, new.inside(other));
            }
            (TypeRef::Nullable(one), ty) if *ty != TypeRef::Any => {
                self.noted(at, &rules::NO_LONGER_NULLABLE);
                self.types_of(at, old.inside(one), new);
            }
            (TypeRef::List(one), TypeRef::List(other)) => {
                self.types_of(&at.inside("[]"), old.inside(one), new.inside(other));
            }
            (TypeRef::Map(one), TypeRef::Map(other)) => {
                self.types_of(&at.inside(".*"), old.inside(one), new.inside(other));
            }
            (TypeRef::Named(one), TypeRef::Named(other)) if self.have_one_kind(*one, *other) => {
                self.pair(at, *one, *other);
            }
            _ => self.unlike_types(at, old, new),
        }
    }

    fn unlike_types(&mut self, at: &At, old: Typed<'_>, new: Typed<'_>) {
        let rule = match relation([self.old.api, self.new.api], old, new) {
            Relation::Same => return,
            Relation::Wider => &rules::TYPE_WIDENED,
            Relation::Narrower => &rules::TYPE_NARROWED,
            Relation::Other => &rules::TYPE_CHANGED,
        };
        let mut words = [describe(self.old.api, old.ty), describe(self.new.api, new.ty)];
        if words[0] == words[1] {
            // Types of different kinds, both named after their location.
            words = [describe_kind(self.old.api, old.ty), describe_kind(self.new.api, new.ty)];
        }
        if let (TypeRef::Named(old), TypeRef::Named(new)) = (old.ty, new.ty) {
            self.unlike.insert((*old, *new));
        }
        let keyword = if words[0].split(' ').next() == words[1].split(' ').next() { "format" } else { "type" };
        let [old, new] = words.map(Some);
        self.keyword(at, keyword, rule, old, new);
    }

    /// Returns `true` unless only one side has a type definition at the innermost value, or both are of different kinds.
    /// The relation of such types includes their constraints.
    fn have_comparable_constraints(&self, old: &TypeRef, new: &TypeRef) -> bool {
        match (old.named(), new.named()) {
            (Some(old), Some(new)) => self.have_one_kind(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    fn have_one_kind(&self, old: TypeId, new: TypeId) -> bool {
        let kind = |api: &Api, id: TypeId| std::mem::discriminant(&api[id].kind);
        kind(self.old.api, old) == kind(self.new.api, new)
    }

    /// Registers two named types to be compared, once for all locations.
    fn pair(&mut self, at: &At, old: TypeId, new: TypeId) {
        let index = self.pair_index(old, new);
        if !self.pairs[index].is_one {
            let [old, new] = [&self.old.api[old].name, &self.new.api[new].name].map(Clone::clone);
            self.changed(at, &rules::TYPE_REPLACED, old, new);
        }
        let inner = match at.owner {
            Owner::Root(root) => &mut self.roots[root].pairs,
            Owner::Pair(pair) => &mut self.pairs[pair].pairs,
        };
        if inner.iter().all(|held| held.pair != index || !at.travels.without(held.travels).is_empty()) {
            inner.push(Held { pair: index, path: at.location.clone(), travels: at.travels });
        }
    }

    pub(super) fn pair_index(&mut self, old: TypeId, new: TypeId) -> usize {
        if let Some(index) = self.pairs.get_index_of(&(old, new)) {
            return index;
        }
        let [old_name, new_name] = [&*self.old.api[old].name, &*self.new.api[new].name];
        let is_renamed = !self.old.names.contains_key(new_name) && !self.new.names.contains_key(old_name);
        let is_one = old_name == new_name || is_renamed;
        let pair = Pair { old, new, is_one, pairs: Vec::new() };
        let (index, _) = self.pairs.insert_full((old, new), pair);
        self.waiting.push_back(index);
        index
    }
}

/// The kind and the name of a type definition.
fn describe_kind(api: &Api, ty: &TypeRef) -> String {
    let words = describe(api, ty);
    ty.named().map_or(words.clone(), |id| format!("{} {words}", kind(&api[id].kind)))
}

/// A type in the terms of a description.
pub(super) fn describe(api: &Api, ty: &TypeRef) -> String {
    let text = match ty {
        TypeRef::String => "string",
        TypeRef::Bool => "boolean",
        TypeRef::I32 => "integer (int32)",
        TypeRef::I64 => "integer (int64)",
        TypeRef::U64 => "integer (uint64)",
        TypeRef::I128 => "integer (int128)",
        TypeRef::F32 => "number (float)",
        TypeRef::F64 => "number (double)",
        TypeRef::DateTime => "string (date-time)",
        TypeRef::Date => "string (date)",
        TypeRef::IsoDuration => "string (duration)",
        TypeRef::Uuid => "string (uuid)",
        TypeRef::Base64 => "string (byte)",
        TypeRef::Any => "any value",
        TypeRef::Never => "no value",
        TypeRef::Bytes => "bytes",
        TypeRef::File => "file",
        TypeRef::Nullable(inner) => return format!("{} or null", describe(api, inner)),
        TypeRef::List(inner) => return format!("array of {}", describe(api, inner)),
        TypeRef::Map(inner) => return format!("map of {}", describe(api, inner)),
        TypeRef::Named(id) => &api[*id].name,
    };
    text.to_owned()
}
