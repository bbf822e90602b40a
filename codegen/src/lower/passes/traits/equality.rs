//! The types whose values can be compared with `Eq`.

use crate::api::TypeRef;
use crate::lower::draft::{ByType, Types};

/// The types that are `Eq`.
pub(crate) struct Equality {
    pub is_total: ByType<bool>,
}

/// Floating-point numbers have no `Eq`, and neither has a type that contains one.
pub(crate) fn equality(types: &Types) -> Equality {
    let mut is_total = types.table(|(_, definition)| !definition.parts().into_iter().any(|(ty, _)| has_floats(ty)));
    loop {
        let next =
            types.table(|(id, definition)| is_total[id] && definition.named_parts().iter().all(|part| is_total[*part]));
        if next.iter().eq(is_total.iter()) {
            return Equality { is_total };
        }
        is_total = next;
    }
}

fn has_floats(ty: &TypeRef) -> bool {
    ty.with_inner().any(|ty| matches!(ty, TypeRef::F32 | TypeRef::F64))
}
