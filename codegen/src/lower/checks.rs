//! Which types have something to check, so that emitted code visits nothing in vain.

use super::reach::named_by;
use crate::api::{Api, Check, Field, TypeDef, TypeRef};

/// Marks the types with constraints in them, and takes the visits to all others out.
///
/// Only what is sent is checked. The body of a request always has its check, empty or not, so that a constraint in a later
/// description breaks no caller.
pub(super) fn spread_checks(api: &mut Api) {
    for definition in api.types.iter_mut().filter(|definition| !definition.direction.sent) {
        definition.fields_mut().iter_mut().for_each(|field| field.checks.clear());
    }
    let constrained: Vec<_> =
        api.types.iter().map(|definition| definition.fields().iter().any(is_constrained)).collect();
    let mut checked = constrained;
    loop {
        let next: Vec<_> = api
            .types
            .iter()
            .zip(&checked)
            .map(|(definition, known)| {
                *known || definition.direction.sent && named_by(definition).iter().any(|id| checked[id.0])
            })
            .collect();
        if next == checked {
            break;
        }
        checked = next;
    }
    for definition in &mut api.types {
        for field in definition.fields_mut() {
            let ty = field.ty.clone();
            prune(&mut field.checks, &ty, &checked);
        }
    }
    let fields = api.types.iter().flat_map(TypeDef::fields);
    api.checks_patterns = fields.flat_map(|field| &field.checks).any(has_pattern);
    let roots: Vec<_> = api.operations.iter().map(|operation| operation.request.ty).collect();
    for (definition, checked) in api.types.iter_mut().zip(checked) {
        definition.checked = checked;
    }
    for root in roots {
        api.types[root.0].checked = true;
    }
}

fn has_pattern(check: &Check) -> bool {
    match check {
        Check::Pattern { .. } => true,
        Check::Items(checks) | Check::Values(checks) => checks.iter().any(has_pattern),
        _ => false,
    }
}

fn is_constrained(field: &Field) -> bool {
    fn constrains(check: &Check) -> bool {
        match check {
            Check::Nested => false,
            Check::Items(checks) | Check::Values(checks) => checks.iter().any(constrains),
            _ => true,
        }
    }
    field.checks.iter().any(constrains)
}

/// Takes out the visits to types that have nothing to check.
fn prune(checks: &mut Vec<Check>, ty: &TypeRef, checked: &[bool]) {
    checks.retain_mut(|check| match (check, ty) {
        (Check::Nested, TypeRef::Named(id)) => checked[id.0],
        (Check::Items(inner) | Check::Values(inner), TypeRef::List(ty) | TypeRef::Map(ty)) => {
            prune(inner, ty, checked);
            !inner.is_empty()
        }
        _ => true,
    });
}
