//! The structure of types on the wire, regardless of their names.

use std::collections::HashSet;

use crate::api::{Api, Field, TypeDef, TypeId, TypeKind, TypeRef, UnknownProperties};

/// Returns `true` if two types have the same values, with the same property names and constraints.
pub(super) fn same(apis: [&Api; 2], old: &TypeRef, new: &TypeRef) -> bool {
    Shapes { apis, open: HashSet::new() }.types(old, new)
}

/// Returns `true` if two properties differ only in their names.
pub(super) fn same_fields(apis: [&Api; 2], old: &Field, new: &Field) -> bool {
    Shapes { apis, open: HashSet::new() }.fields(old, new)
}

/// Returns `true` if an old struct without one of its properties has the same values as a new one.
pub(super) fn same_without(apis: [&Api; 2], old: TypeId, new: TypeId, property: &str) -> bool {
    let mut shapes = Shapes { apis, open: HashSet::from([(old, new)]) };
    let (Some(old), Some(new)) = (apis[0][old].as_struct(), apis[1][new].as_struct()) else { return false };
    let rest: Vec<_> = old.fields.iter().filter(|field| field.wire_name != property).collect();
    let mut pairs = rest.iter().zip(&new.fields);
    rest.len() == new.fields.len()
        && old.property_count.is_none()
        && new.property_count.is_none()
        && shapes.additional(&old.unknown_properties, &new.unknown_properties)
        && pairs.all(|(a, b)| a.wire_name == b.wire_name && shapes.fields(a, b))
}

struct Shapes<'a> {
    apis: [&'a Api; 2],
    /// Pairs that are being compared; inside one another they count as equal.
    open: HashSet<(TypeId, TypeId)>,
}

impl Shapes<'_> {
    fn types(&mut self, old: &TypeRef, new: &TypeRef) -> bool {
        match (old, new) {
            (TypeRef::Nullable(old), TypeRef::Nullable(new))
            | (TypeRef::List(old), TypeRef::List(new))
            | (TypeRef::Map(old), TypeRef::Map(new)) => self.types(old, new),
            (TypeRef::Named(old), TypeRef::Named(new)) => {
                let [old_api, new_api] = self.apis;
                !self.open.insert((*old, *new)) || self.definitions(&old_api[*old], &new_api[*new])
            }
            (old, new) => old == new,
        }
    }

    fn definitions(&mut self, old: &TypeDef, new: &TypeDef) -> bool {
        let same_constraints = old.checks() == new.checks() && old.unchecked == new.unchecked;
        if !same_constraints || old.writing != new.writing {
            return false;
        }
        match (&old.kind, &new.kind) {
            (TypeKind::Struct(one), TypeKind::Struct(other)) => {
                let named = |a: &Field, b: &Field| a.wire_name == b.wire_name;
                one.fields.len() == other.fields.len()
                    && one.property_count == other.property_count
                    && self.additional(&one.unknown_properties, &other.unknown_properties)
                    && one.fields.iter().zip(&other.fields).all(|(a, b)| named(a, b) && self.fields(a, b))
            }
            (TypeKind::Enum(one), TypeKind::Enum(other)) => {
                let values =
                    |shape: &crate::api::Enum| shape.variants.iter().map(|variant| variant.value.clone()).collect();
                let [one, other]: [Vec<_>; 2] = [values(one), values(other)];
                one == other
            }
            (TypeKind::Union(one), TypeKind::Union(other)) => {
                one.distinction == other.distinction
                    && one.variants.len() == other.variants.len()
                    && one.variants.iter().zip(&other.variants).all(|(a, b)| a.tag == b.tag && self.types(&a.ty, &b.ty))
            }
            (TypeKind::Wrapper(one), TypeKind::Wrapper(other)) => self.types(&one.ty, &other.ty),
            _ => false,
        }
    }

    fn fields(&mut self, old: &Field, new: &Field) -> bool {
        old.required == new.required
            && old.checks == new.checks
            && old.default == new.default
            && old.format == new.format
            && (old.read_only, old.write_only) == (new.read_only, new.write_only)
            && self.types(&old.ty, &new.ty)
    }

    fn additional(&mut self, old: &UnknownProperties, new: &UnknownProperties) -> bool {
        match (old, new) {
            (UnknownProperties::Kept(old), UnknownProperties::Kept(new)) => self.types(&old.ty, &new.ty),
            (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
        }
    }
}
