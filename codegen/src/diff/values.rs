//! The types of values: named types, `null`, lists and maps.

use super::{At, Comparison, Owner, Pair, rules};
use crate::api::{Api, TypeId, TypeKind, TypeRef};

/// The relation between the values of two types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    /// The new type accepts every old value.
    Wider,
    /// The old type accepted every new value.
    Narrower,
    Other,
}

impl Comparison<'_> {
    /// Compares the types of a value, and everything inside.
    pub(super) fn values(&mut self, at: &At, old: &TypeRef, new: &TypeRef) {
        match (old, new) {
            (TypeRef::Nullable(old), TypeRef::Nullable(new)) => self.values(at, old, new),
            (old, TypeRef::Nullable(new)) if *old != TypeRef::Any => {
                self.noted(at, &rules::BECAME_NULLABLE);
                self.values(at, old, new);
            }
            (TypeRef::Nullable(old), new) if *new != TypeRef::Any => {
                self.noted(at, &rules::NO_LONGER_NULLABLE);
                self.values(at, old, new);
            }
            (TypeRef::List(old), TypeRef::List(new)) => self.values(&at.inside("[]"), old, new),
            (TypeRef::Map(old), TypeRef::Map(new)) => self.values(&at.inside(".*"), old, new),
            (TypeRef::Named(old), TypeRef::Named(new)) if self.have_one_kind(*old, *new) => self.pair(at, *old, *new),
            _ => self.types_of(at, old, new),
        }
    }

    fn types_of(&mut self, at: &At, old: &TypeRef, new: &TypeRef) {
        let rule = match relation(self.old.api, old, self.new.api, new) {
            Relation::Same => return,
            Relation::Wider => &rules::TYPE_WIDENED,
            Relation::Narrower => &rules::TYPE_NARROWED,
            Relation::Other => &rules::TYPE_CHANGED,
        };
        let words = [describe(self.old.api, old), describe(self.new.api, new)];
        let keyword = if words[0].split(' ').next() == words[1].split(' ').next() { "format" } else { "type" };
        let [old, new] = words.map(Some);
        self.keyword(at, keyword, rule, old, new);
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
        if inner.iter().all(|(known, _)| *known != index) {
            inner.push((index, at.location.clone()));
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

/// The relation of the values of a new type to those of an old one.
fn relation(old_api: &Api, old: &TypeRef, new_api: &Api, new: &TypeRef) -> Relation {
    if old == new && !matches!(old, TypeRef::Named(_)) {
        return Relation::Same;
    }
    match (takes_all(new, old_api, old), takes_all(old, new_api, new)) {
        (true, _) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}

/// Returns `true` if a type accepts every value of another, different type.
fn takes_all(wide: &TypeRef, api: &Api, narrow: &TypeRef) -> bool {
    use TypeRef::{Any, F32, F64, I32, I64, Never, String};
    match (narrow, wide) {
        (_, Any) | (Never, _) | (I32, I64 | F32 | F64) | (I64, F32 | F64) | (F32, F64) => true,
        (text, String) => is_text(api, text),
        _ => false,
    }
}

/// Returns `true` if every value is a string of some format or of a list.
fn is_text(api: &Api, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::DateTime | TypeRef::Date | TypeRef::IsoDuration | TypeRef::Uuid | TypeRef::Base64 => true,
        TypeRef::Named(id) => match &api[*id].kind {
            TypeKind::Enum(shape) => shape.is_text(),
            _ => false,
        },
        _ => false,
    }
}

/// A type in the terms of a description.
pub(super) fn describe(api: &Api, ty: &TypeRef) -> String {
    let text = match ty {
        TypeRef::String => "string",
        TypeRef::Bool => "boolean",
        TypeRef::I32 => "integer (int32)",
        TypeRef::I64 => "integer (int64)",
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
