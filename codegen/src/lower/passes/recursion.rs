//! Types that contain themselves: the parts that need a `Box`, and the types that have no finite value.

mod cycles;

use self::cycles::Cycles;
use crate::Diagnostics;
use crate::api::{TypeId, TypeRef};
use crate::lower::draft::{ByType, Shape, Types};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;

/// The fields or alternatives of each type that are behind a `Box`.
pub(crate) struct Boxes {
    pub is_boxed: ByType<Vec<bool>>,
}

/// A value that another one holds inline, not behind the allocation of a list or a map.
#[derive(Clone, Copy)]
struct Inline {
    ty: TypeId,
    /// `true` if every value of the outer type holds it.
    always: bool,
}

/// Puts each part behind a `Box` whose type contains the one that holds it, and refuses types without a finite value.
pub(crate) fn boxes(types: &Types, directions: &Directions, names: &TypeNames, diagnostics: &mut Diagnostics) -> Boxes {
    let inline = types.table(|(id, _)| inline_parts(types, directions, id));
    let cycles = |filter: fn(&Inline) -> bool| {
        let parts = |id: TypeId| inline[id].iter().flatten().filter(|part| filter(part)).map(|part| part.ty).collect();
        Cycles::of(types.table(|(id, _)| parts(id)))
    };
    let (all, certain) = (cycles(|_| true), cycles(|part| part.always));
    let mut is_boxed = |(id, part): (TypeId, Option<Inline>)| {
        let Some(Inline { ty, always }) = part else { return false };
        if always && certain.contain(id, ty) {
            diagnostics.infinite_type(&types[id].at, &names[id]);
        }
        all.contain(id, ty)
    };
    let is_boxed = types.table(|(id, _)| inline[id].iter().map(|part| is_boxed((id, *part))).collect());
    Boxes { is_boxed }
}

/// The value that each field or alternative holds inline, if it does.
fn inline_parts(types: &Types, directions: &Directions, id: TypeId) -> Vec<Option<Inline>> {
    let inline = |ty: &TypeRef, always: bool| match ty {
        TypeRef::Named(id) => Some(Inline { ty: *id, always }),
        TypeRef::Nullable(inner) => match **inner {
            TypeRef::Named(id) => Some(Inline { ty: id, always: false }),
            _ => None,
        },
        _ => None,
    };
    match &types[id].shape {
        Shape::Struct(shape) => {
            shape.fields.iter().map(|field| inline(&field.ty, field.is_required(directions[id]))).collect()
        }
        Shape::Union(shape) => {
            let is_only = shape.alternatives.len() == 1;
            shape.alternatives.iter().map(|alternative| inline(&alternative.ty, is_only)).collect()
        }
        Shape::Enum(_) | Shape::Wrapper(_) => Vec::new(),
    }
}

/// Refuses unions that are alternatives of themselves, with nothing around them that would make the value smaller.
pub(crate) fn refuse_endless_unions(types: &Types, diagnostics: &mut Diagnostics) {
    let cycles = Cycles::of(types.table(|(id, _)| alternatives(types, id)));
    for (union, definition) in types.entries() {
        if alternatives(types, union).into_iter().any(|id| cycles.contain(union, id)) {
            diagnostics.schema_in_itself(&definition.at);
        }
    }
}

/// The types of their own that are alternatives of a union.
fn alternatives(types: &Types, id: TypeId) -> Vec<TypeId> {
    let Shape::Union(shape) = &types[id].shape else { return Vec::new() };
    let named = |ty: &TypeRef| match ty.non_null() {
        TypeRef::Named(id) => Some(*id),
        _ => None,
    };
    shape.alternatives.iter().filter_map(|alternative| named(&alternative.ty)).collect()
}
