//! Types that contain all values of another type.

use super::{constraints, shape};
use crate::api::{Alternative, Api, Check, Distinction, Enum, TypeKind, TypeRef, Union};

/// A type with the constraints of its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    pub ty: &'a TypeRef,
    pub checks: &'a [Check],
}

/// The relation between the values of two types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    /// The new type accepts every old value.
    Wider,
    /// The old type accepted every new value.
    Narrower,
    Other,
}

impl<'a> Typed<'a> {
    pub(super) fn new(ty: &'a TypeRef, checks: &'a [Check]) -> Self {
        Self { ty, checks }
    }

    /// The values without `null`, the items of a list, or the values of a map.
    pub(super) fn inside(self, ty: &'a TypeRef) -> Self {
        let inner = self.checks.iter().find_map(|check| match (self.ty, check) {
            (TypeRef::Nullable(_), Check::Present(inner))
            | (TypeRef::List(_), Check::Items(inner))
            | (TypeRef::Map(_), Check::Values(inner)) => Some(&**inner),
            _ => None,
        });
        Self { ty, checks: inner.unwrap_or_default() }
    }
}

/// The relation of the values of a new type to those of an old one.
pub(super) fn relation([old_api, new_api]: [&Api; 2], old: Typed<'_>, new: Typed<'_>) -> Relation {
    if old.ty == new.ty && !matches!(old.ty, TypeRef::Named(_)) {
        return Relation::Same;
    }
    match (takes_all([new_api, old_api], new, old), takes_all([old_api, new_api], old, new)) {
        (true, _) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}

/// Returns `true` if a type accepts every value of another one. Constraints count only where types are named; those of other
/// types are compared by themselves.
fn takes_all(apis: [&Api; 2], wide: Typed<'_>, narrow: Typed<'_>) -> bool {
    use TypeRef::{Any, F32, F64, I32, I64, I128, List, Map, Named, Never, Nullable, U64};
    let [wide_api, narrow_api] = apis;
    match (narrow.ty, wide.ty) {
        (_, Any)
        | (Never, _)
        | (F32, F64)
        | (I32, I64)
        | (I32 | I64 | U64 | I128, F32 | F64)
        | (I32 | I64 | U64, I128) => true,
        (one, other) if !matches!(one, Named(_) | List(_) | Map(_) | Nullable(_)) && one == other => true,
        (List(one), List(other)) | (Map(one), Map(other)) | (Nullable(one), Nullable(other)) => {
            takes_all(apis, wide.inside(other), narrow.inside(one))
        }
        (one, Nullable(other)) if !matches!(one, Named(_)) => takes_all(apis, wide.inside(other), narrow),
        (Named(one), Named(other)) if shape::same([narrow_api, wide_api], narrow.ty, wide.ty) => {
            narrow_api[*one].writing == wide_api[*other].writing
        }
        (Named(one), _) if matches!(narrow_api[*one].kind, TypeKind::Union(_)) => {
            let TypeKind::Union(union) = &narrow_api[*one].kind else { return false };
            union.is_plain() && union.typed().all(|alternative| takes_all(apis, wide, alternative))
        }
        (_, Named(other)) if matches!(wide_api[*other].kind, TypeKind::Union(_)) => {
            let TypeKind::Union(union) = &wide_api[*other].kind else { return false };
            match &union.distinction {
                Distinction::Discriminator { property, .. } => takes_tagged(apis, union, property, narrow),
                _ => takes_in_one_alternative(apis, union, narrow),
            }
        }
        (Named(one), ty) => match &narrow_api[*one].kind {
            TypeKind::Enum(values) => takes_values(wide_api, Typed { ty, ..wide }, values),
            _ => false,
        },
        (text, TypeRef::String) => is_text(text),
        _ => false,
    }
}

/// Returns `true` if an alternative accepts every value of a type, and no other alternative prevents that.
fn takes_in_one_alternative(apis: [&Api; 2], union: &Union, narrow: Typed<'_>) -> bool {
    let alternatives: Vec<_> = union.typed().collect();
    let is_alone = |index: usize| {
        let mut others = alternatives.iter().enumerate().filter(|(other, _)| *other != index);
        union.takes_each_alternative() || others.all(|(_, other)| is_apart(apis, other.ty, narrow.ty))
    };
    alternatives.iter().enumerate().any(|(index, alternative)| accepts(apis, *alternative, narrow) && is_alone(index))
}

/// Returns `true` if a type is an alternative of a union: it requires the discriminating property, which has no value but the tag.
fn takes_tagged([api, narrow_api]: [&Api; 2], union: &Union, tag: &str, narrow: Typed<'_>) -> bool {
    let TypeRef::Named(id) = narrow.ty else { return false };
    let Some(field) = narrow_api[*id].fields().iter().find(|field| field.wire_name == tag) else { return false };
    let TypeRef::Named(values) = field.ty else { return false };
    let TypeKind::Enum(values) = &narrow_api[values].kind else { return false };
    let has_tag = |alternative: &Alternative| {
        values.variants.iter().all(|variant| variant.value.as_str() == alternative.tag.as_deref())
    };
    let is_same = |alternative: &Alternative| {
        alternative.ty.named().is_some_and(|other| shape::same_without([narrow_api, api], *id, other, tag))
    };
    field.listed_as_required && union.variants.iter().any(|alternative| has_tag(alternative) && is_same(alternative))
}

/// Returns `true` if no value of a type as the description states it fits an alternative: it is of another kind, or lacks a
/// property that the alternative requires.
fn is_apart([api, narrow_api]: [&Api; 2], alternative: &TypeRef, narrow: &TypeRef) -> bool {
    let kinds = [json_kind(api, alternative), json_kind(narrow_api, narrow)];
    if let [Some(one), Some(other)] = kinds
        && one != other
    {
        return true;
    }
    let (TypeRef::Named(alternative), TypeRef::Named(narrow)) = (alternative, narrow) else { return false };
    let (alternative, narrow) = (&api[*alternative], &narrow_api[*narrow]);
    let is_stated = |name: &str| narrow.fields().iter().any(|field| field.wire_name == name);
    let keeps_others = narrow.as_struct().is_none_or(|shape| shape.unknown_properties.field().is_some());
    !keeps_others && alternative.fields().iter().any(|field| field.listed_as_required && !is_stated(&field.wire_name))
}

/// The type of all values in JSON; `None` if it is not known to be one.
fn json_kind(api: &Api, ty: &TypeRef) -> Option<&'static str> {
    Some(match ty {
        TypeRef::String => "string",
        ty if is_text(ty) => "string",
        TypeRef::I32 | TypeRef::I64 | TypeRef::U64 | TypeRef::I128 | TypeRef::F32 | TypeRef::F64 => "number",
        TypeRef::Bool => "boolean",
        TypeRef::List(_) => "array",
        TypeRef::Map(_) => "object",
        TypeRef::Named(id) => match &api[*id].kind {
            TypeKind::Struct(_) => "object",
            TypeKind::Enum(values) if values.is_text() => "string",
            _ => return None,
        },
        _ => return None,
    })
}

/// Returns `true` if an alternative accepts every value of a type, under the constraints of both.
fn accepts(apis: [&Api; 2], alternative: Typed<'_>, narrow: Typed<'_>) -> bool {
    let is_enum =
        |api: &Api, ty: &TypeRef| matches!(ty, TypeRef::Named(id) if matches!(api[*id].kind, TypeKind::Enum(_)));
    // The values of an enumeration are compared with the constraints themselves.
    takes_all(apis, alternative, narrow)
        && (is_enum(apis[1], narrow.ty) || constraints::contain(alternative.checks, narrow.checks))
}

/// Returns `true` if a type accepts every value of an enumeration.
fn takes_values(api: &Api, wide: Typed<'_>, values: &Enum) -> bool {
    let has_type = |value: &serde_json::Value| match wide.ty {
        TypeRef::String => value.is_string(),
        TypeRef::Bool => value.is_boolean(),
        TypeRef::I32 | TypeRef::I64 => value.is_i64(),
        TypeRef::U64 => value.is_u64(),
        TypeRef::I128 => value.is_i64() || value.is_u64(),
        TypeRef::F32 | TypeRef::F64 => value.is_number(),
        TypeRef::Named(id) => match &api[*id].kind {
            TypeKind::Enum(shape) => shape.variants.iter().any(|variant| variant.value == *value),
            _ => false,
        },
        _ => false,
    };
    let is_allowed = |value: &serde_json::Value| wide.checks.iter().all(|check| check.allows(value));
    values.variants.iter().all(|variant| has_type(&variant.value) && is_allowed(&variant.value))
}

/// Returns `true` if every value is a string of some format.
fn is_text(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::DateTime | TypeRef::Date | TypeRef::IsoDuration | TypeRef::Uuid | TypeRef::Base64)
}

impl Union {
    /// The alternatives with their constraints.
    fn typed(&self) -> impl Iterator<Item = Typed<'_>> {
        self.variants.iter().map(|alternative| Typed::new(&alternative.ty, &alternative.checks))
    }

    /// Returns `true` if values have no discriminating property.
    fn is_plain(&self) -> bool {
        !matches!(self.distinction, Distinction::Discriminator { .. })
    }

    /// Returns `true` if every value of every alternative is a value of the union.
    fn takes_each_alternative(&self) -> bool {
        matches!(self.distinction, Distinction::AtLeastOne | Distinction::ExactlyOne { disjoint: true })
    }
}
