//! The types whose values can be compared with `Eq`.

use crate::api::TypeRef;
use crate::lower::draft::{ByType, Draft, Types};

/// The types that are `Eq`.
pub(crate) struct Equality {
    pub is_total: ByType<bool>,
    /// `true` if every error body is.
    pub of_errors: bool,
}

impl Equality {
    /// Returns `true` if values of a type are `Eq`.
    pub(crate) fn is_total_type(&self, ty: &TypeRef) -> bool {
        !has_floats(ty) && ty.named().is_none_or(|id| self.is_total[id])
    }
}

/// Floating-point numbers have no `Eq`, and neither has a type that contains one.
pub(crate) fn equality(draft: &Draft) -> Equality {
    let is_total = is_total(&draft.types);
    let of_errors = draft.error_bodies.iter().all(|body| is_total[*body]);
    Equality { is_total, of_errors }
}

fn is_total(types: &Types) -> ByType<bool> {
    let has_own_floats = types.table(|(_, definition)| definition.parts().into_iter().any(|(ty, _)| has_floats(ty)));
    types.spread(has_own_floats, |_| true).into_iter().map(|has_floats| !has_floats).collect()
}

fn has_floats(ty: &TypeRef) -> bool {
    ty.with_inner().any(|ty| matches!(ty, TypeRef::F32 | TypeRef::F64))
}
