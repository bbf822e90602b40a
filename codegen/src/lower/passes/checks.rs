//! Which types have something to check, so that emitted code visits nothing in vain.

use super::reach::named_by;
use crate::api::{Api, Check, Distinction, Operation, TypeDef, TypeId, TypeKind, TypeRef};

/// Marks the types with constraints in them, and takes the visits to all others out.
///
/// Only what is sent is checked, and what a form of a union is told by; what else is stated is put aside. The body of a
/// request always has its check, empty or not, so that a constraint in a later description breaks no caller.
pub(in crate::lower) fn spread_checks(api: &mut Api) {
    for definition in api.types.iter_mut().filter(|definition| !is_checked(definition) && !tries_forms(definition)) {
        definition.unchecked.parts =
            definition.checks_mut().into_iter().map(|(_, checks)| std::mem::take(checks)).collect();
        if let TypeKind::Struct(shape) = &mut definition.kind {
            definition.unchecked.property_count = shape.property_count.take();
        }
    }
    let mut checked: Vec<_> =
        api.types.iter().map(|definition| is_checked(definition) && is_constrained(definition)).collect();
    loop {
        let next: Vec<_> = api
            .types
            .iter()
            .zip(&checked)
            .map(|(definition, known)| {
                *known || is_checked(definition) && named_by(definition).iter().any(|id| checked[id.0])
            })
            .collect();
        if next == checked {
            break;
        }
        checked = next;
    }
    for definition in &mut api.types {
        for (ty, checks) in definition.checks_mut() {
            prune(checks, ty, &checked);
        }
    }
    for request in api.operations.iter_mut().filter_map(|operation| operation.request.as_mut()) {
        let ty = request.ty.clone();
        prune(&mut request.checks, &ty, &checked);
    }
    let bodies = api.operations.iter().filter_map(|operation| Some(&operation.request.as_ref()?.checks));
    api.checks_patterns = api.types.iter().flat_map(TypeDef::checks).chain(bodies).flatten().any(has_pattern);
    let roots: Vec<_> = api.operations.iter().flat_map(|operation| validated(api, operation)).collect();
    for (definition, checked) in api.types.iter_mut().zip(checked) {
        definition.checked = checked;
    }
    for root in roots {
        api.types[root.0].checked = true;
    }
}

/// The types whose `validate` a method of the client names.
fn validated(api: &Api, operation: &Operation) -> impl Iterator<Item = TypeId> + use<> {
    let body = operation.request.as_ref().and_then(|request| request.ty.validated(api));
    operation.parameters.into_iter().chain(body)
}

/// Whether the constraints of a type are of use: it is sent, or decides which form of a union came.
fn is_checked(definition: &TypeDef) -> bool {
    definition.direction.sent || definition.tried
}

/// Whether the checks of the forms tell which of them came.
fn tries_forms(definition: &TypeDef) -> bool {
    match &definition.kind {
        TypeKind::Union(shape) => !matches!(shape.distinction, Distinction::Tag(_)),
        _ => false,
    }
}

fn has_pattern(check: &Check) -> bool {
    match check {
        Check::Pattern { .. } => true,
        Check::Items(checks) | Check::Values(checks) | Check::Present(checks) => checks.iter().any(has_pattern),
        _ => false,
    }
}

/// Whether a type has a constraint of its own.
fn is_constrained(definition: &TypeDef) -> bool {
    fn constrains(check: &Check) -> bool {
        match check {
            Check::Nested => false,
            Check::Items(checks) | Check::Values(checks) | Check::Present(checks) => checks.iter().any(constrains),
            _ => true,
        }
    }
    let of_the_whole = match &definition.kind {
        TypeKind::Struct(shape) => shape.property_count.is_some(),
        // What a service may send beyond its description must not be sent to it.
        TypeKind::Union(shape) => {
            let overlaps = shape.distinction == Distinction::ExactlyOne { disjoint: false };
            overlaps && definition.direction.sent || shape.other.is_some()
        }
        TypeKind::Enum(shape) => shape.other.is_some(),
        TypeKind::Wrapper(_) => false,
    };
    of_the_whole || definition.checks().into_iter().flatten().any(constrains)
}

/// Takes out the visits to types that have nothing to check.
fn prune(checks: &mut Vec<Check>, ty: &TypeRef, checked: &[bool]) {
    checks.retain_mut(|check| match (check, ty) {
        (Check::Nested, TypeRef::Named(id)) => checked[id.0],
        (Check::Items(inner) | Check::Values(inner), TypeRef::List(ty) | TypeRef::Map(ty))
        | (Check::Present(inner), TypeRef::Nullable(ty)) => {
            prune(inner, ty, checked);
            !inner.is_empty()
        }
        _ => true,
    });
}
