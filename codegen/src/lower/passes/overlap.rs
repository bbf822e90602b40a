//! Values that fit several alternatives of a union.
//!
//! If there are some, a value is tried with all alternatives before it is sent, to check that exactly one fits. For this,
//! types can be decoded although they are only sent.

use crate::api::{TypeId, TypeRef};
use crate::lower::draft::{ByType, Shape, Types, UnionKeyword};

/// The types of a JSON value, one bit for each.
const NULL: u8 = 1;
const BOOL: u8 = 2;
const NUMBER: u8 = 4;
const TEXT: u8 = 8;
const LIST: u8 = 16;
const OBJECT: u8 = 32;
const ALL: u8 = 63;

/// The depth of types without an object between them.
const MAX_DEPTH: usize = 128;

/// The unions whose alternatives are found by trying, and what follows from it for the types inside.
pub(crate) struct Overlap {
    /// `true` if no value fits two alternatives of the union; `false` for all but `oneOf` without a discriminator.
    pub disjoint: ByType<bool>,
    /// `true` if values are read although they are only sent, to count the alternatives that fit.
    pub decoded_to_check: ByType<bool>,
    /// `true` if the type is part of an alternative that is tried, so that reading it is strict: a value that does not fit
    /// may fit another alternative.
    pub decoded_strictly: ByType<bool>,
}

/// Compares the alternatives of each union.
pub(crate) fn overlap(types: &Types) -> Overlap {
    let mut json_types = JsonTypes { types, known: types.table(|_| None), depth: 0 };
    let disjoint = types.table(|(_, definition)| match &definition.shape {
        Shape::Union(shape) if matches!(shape.keyword, UnionKeyword::OneOf) => {
            are_disjoint(shape.alternatives.iter().map(|alternative| json_types.of(&alternative.ty)))
        }
        _ => false,
    });
    let (mut counted, mut tried) = (Vec::new(), Vec::new());
    for (id, definition) in types.entries() {
        let Shape::Union(shape) = &definition.shape else { continue };
        if matches!(shape.keyword, UnionKeyword::Discriminator(..)) {
            continue;
        }
        tried.extend(shape.alternatives.iter().filter_map(|alternative| alternative.ty.named()));
        if matches!(shape.keyword, UnionKeyword::OneOf) && !disjoint[id] {
            counted.push(id);
        }
    }
    Overlap { disjoint, decoded_to_check: types.are_reachable(counted), decoded_strictly: types.are_reachable(tried) }
}

/// Returns `true` if no two sets have a bit in common.
fn are_disjoint(sets: impl Iterator<Item = u8>) -> bool {
    let mut seen = 0;
    for set in sets {
        if seen & set != 0 {
            return false;
        }
        seen |= set;
    }
    true
}

/// The types of the JSON values that each type accepts, those that were asked for.
struct JsonTypes<'a, 'd> {
    types: &'a Types<'d>,
    known: ByType<Option<u8>>,
    /// The number of types around the current one.
    depth: usize,
}

impl JsonTypes<'_, '_> {
    /// The types of the JSON values that a type accepts.
    fn of(&mut self, ty: &TypeRef) -> u8 {
        match ty {
            TypeRef::String
            | TypeRef::DateTime
            | TypeRef::Date
            | TypeRef::IsoDuration
            | TypeRef::Uuid
            | TypeRef::Base64 => TEXT,
            TypeRef::Bool => BOOL,
            TypeRef::I32 | TypeRef::I64 | TypeRef::U64 | TypeRef::I128 | TypeRef::F32 | TypeRef::F64 => NUMBER,
            TypeRef::Any => ALL,
            // Bytes and files are not encoded as JSON.
            TypeRef::Never | TypeRef::Bytes | TypeRef::File => 0,
            TypeRef::Nullable(inner) => NULL | self.of(inner),
            TypeRef::List(_) => LIST,
            TypeRef::Map(_) => OBJECT,
            TypeRef::Named(id) => self.of_named(*id),
        }
    }

    fn of_named(&mut self, id: TypeId) -> u8 {
        if let Some(known) = self.known[id] {
            return known;
        }
        // A type that is an alternative of itself has any value, until it is refused; so has one in too many unions.
        if self.depth == MAX_DEPTH {
            return ALL;
        }
        self.depth += 1;
        self.known[id] = Some(ALL);
        let types = self.types;
        let found = match &types[id].shape {
            Shape::Struct(_) => OBJECT,
            Shape::Enum(shape) => shape.variants.iter().fold(0, |all, variant| all | json_type(&variant.value)),
            Shape::Union(shape) => shape.alternatives.iter().fold(0, |all, alternative| all | self.of(&alternative.ty)),
            Shape::Wrapper(shape) => self.of(&shape.ty),
        };
        self.depth -= 1;
        self.known[id] = Some(found);
        found
    }
}

fn json_type(value: &serde_json::Value) -> u8 {
    use serde_json::Value;
    match value {
        Value::Null => NULL,
        Value::Bool(_) => BOOL,
        Value::Number(_) => NUMBER,
        Value::String(_) => TEXT,
        Value::Array(_) => LIST,
        Value::Object(_) => OBJECT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_disjoint_without_a_common_type() {
        #[track_caller]
        fn check(sets: &[u8], expected: bool) {
            assert_eq!(are_disjoint(sets.iter().copied()), expected);
        }
        check(&[], true);
        check(&[TEXT, NUMBER, LIST], true);
        check(&[TEXT, NUMBER | TEXT], false);
        check(&[OBJECT, OBJECT], false);
        check(&[0, 0, ALL], true);
    }
}
