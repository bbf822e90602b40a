//! Conversions from values into unions.

use crate::api::TypeRef;
use crate::lower::draft::{ByType, DraftAlternative, DraftType, Shape, Types};

/// The alternatives of each union that have an implementation of `From`.
pub(crate) struct Conversions {
    pub has_from: ByType<Vec<bool>>,
}

/// Selects the alternatives with a type of its own that no other alternative of the union has.
pub(crate) fn conversions(types: &Types) -> Conversions {
    Conversions { has_from: types.table(|(_, definition)| converted(definition)) }
}

fn converted(definition: &DraftType) -> Vec<bool> {
    let Shape::Union(shape) = &definition.shape else { return Vec::new() };
    let is_only = |ty: &TypeRef| shape.alternatives.iter().filter(|other| other.ty == *ty).count() == 1;
    let has_from = |DraftAlternative { ty, .. }: &DraftAlternative| matches!(ty, TypeRef::Named(_)) && is_only(ty);
    shape.alternatives.iter().map(has_from).collect()
}
