//! The constraints that emitted code checks, and the types that have something to check.

use crate::Diagnostics;
use crate::api::{Bounds, Check, Direction, TypeId, TypeRef, Unchecked, Untranslatable};
use crate::lower::draft::{ByType, Draft, DraftBody, DraftType, Shape, UnionKeyword};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::overlap::Overlap;

/// The constraints that are checked.
pub(crate) struct Checks {
    pub of_types: ByType<TypeChecks>,
    /// Those of the body of each operation that has one, and those of it that are not checked.
    pub of_bodies: Vec<[Vec<Check>; 2]>,
    pub patterns: Patterns,
}

/// The types and bodies whose constraints include a regular expression.
pub(crate) struct Patterns {
    pub types: ByType<bool>,
    /// The body of each operation.
    pub bodies: Vec<bool>,
}

/// The constraints of one type.
#[derive(Default)]
pub(crate) struct TypeChecks {
    /// `true` if the type has a `validate` method.
    pub has_validate: bool,
    /// The constraints of each part, in the order of [`DraftType::parts`].
    pub parts: Vec<Vec<Check>>,
    pub property_count: Option<Bounds>,
    /// The constraints that the description states and that are not checked.
    pub unchecked: Unchecked,
}

/// Selects the constraints to check: those of values that are sent, and those that decide which alternative of a union was
/// received. The others are listed separately, and with them the patterns that cannot be checked. Checks of types that
/// have no constraint are removed.
///
/// The body of a request always has a `validate` method, empty or not, so that a constraint in a later description does
/// not change the emitted API.
pub(crate) fn checks(
    draft: &Draft,
    directions: &Directions,
    overlap: &Overlap,
    diagnostics: &mut Diagnostics,
) -> Checks {
    let types = &draft.types;
    let is_checked = types.table(|(id, _)| directions[id].sent || overlap.decoded_strictly[id]);
    let is_constrained = types.table(|(id, definition)| {
        is_checked[id] && (has_own_constraint(definition, directions[id], overlap.disjoint[id]))
    });
    // The types with a constraint of their own or inside.
    let has_checks = types.spread(is_constrained, |id| is_checked[id]);
    let mut of_types = types.table(|(id, definition)| {
        let has_validate = has_checks[id];
        let stated = stated(definition, directions[id]);
        if is_checked[id] || tries_alternatives(definition) {
            TypeChecks::checked(definition, has_validate, stated, &has_checks)
        } else {
            TypeChecks::unchecked(definition, has_validate, stated)
        }
    });
    for body in validated_bodies(draft) {
        of_types[body].has_validate = true;
    }
    let bodies = draft.operations.iter().map(|operation| operation.request.as_ref());
    let of_body = |body: &DraftBody| [pruned(&body.checks, &body.ty, &has_checks), Check::uncheckable(&body.checks)];
    let of_bodies: Vec<_> =
        bodies.map(|request| request.map(|request| of_body(&request.body)).unwrap_or_default()).collect();
    let patterns = Patterns {
        types: of_types.iter().map(|checks| checks.parts.iter().flatten().any(has_pattern)).collect(),
        bodies: of_bodies.iter().map(|[checked, _]| checked.iter().any(has_pattern)).collect(),
    };
    let of_sent = of_types.iter().zip(is_checked.iter()).filter(|(_, is_checked)| **is_checked);
    let unchecked = of_sent.flat_map(|(checks, _)| &checks.unchecked.parts);
    warn(unchecked.chain(of_bodies.iter().map(|[_, unchecked]| unchecked)).flatten(), diagnostics);
    Checks { of_types, of_bodies, patterns }
}

/// Reports the patterns that are not checked.
fn warn<'a>(unchecked: impl Iterator<Item = &'a Check>, diagnostics: &mut Diagnostics) {
    for check in unchecked {
        match check {
            Check::Pattern { translated: Err(Untranslatable { origin, reason }), .. } => {
                diagnostics.unchecked_pattern(origin, reason);
            }
            check => warn(check.inner().iter(), diagnostics),
        }
    }
}

impl TypeChecks {
    fn checked(definition: &DraftType, has_validate: bool, stated: Vec<Vec<Check>>, has_checks: &ByType<bool>) -> Self {
        let types = definition.parts().into_iter().map(|(ty, _)| ty);
        let parts = types.zip(&stated).map(|(ty, checks)| pruned(checks, ty, has_checks)).collect();
        let is_all_checked = stated.iter().all(|checks| Check::uncheckable(checks).is_empty());
        let unchecked = Unchecked { parts: if is_all_checked { Vec::new() } else { stated }, property_count: None };
        Self { has_validate, parts, property_count: property_count(definition), unchecked }
    }

    fn unchecked(definition: &DraftType, has_validate: bool, stated: Vec<Vec<Check>>) -> Self {
        Self {
            has_validate,
            parts: vec![Vec::new(); stated.len()],
            property_count: None,
            unchecked: Unchecked { parts: stated, property_count: property_count(definition) },
        }
    }
}

/// The constraints of each part, in order. Numbers in JSON are finite, so those that are only received need no check.
fn stated(definition: &DraftType, direction: Direction) -> Vec<Vec<Check>> {
    let parts = definition.parts().into_iter();
    parts.map(|(_, checks)| if direction.sent { checks.clone() } else { without_finite(checks) }).collect()
}

fn without_finite(checks: &[Check]) -> Vec<Check> {
    let inner = |checks: &[Check], wrap: fn(Vec<Check>) -> Check| {
        let checks = without_finite(checks);
        (!checks.is_empty()).then(|| wrap(checks))
    };
    let others = checks.iter().filter_map(|check| match check {
        Check::Finite => None,
        Check::Present(checks) => inner(checks, Check::Present),
        Check::Items(checks) => inner(checks, Check::Items),
        Check::Values(checks) => inner(checks, Check::Values),
        check => Some(check.clone()),
    });
    others.collect()
}

fn property_count(definition: &DraftType) -> Option<Bounds> {
    match &definition.shape {
        Shape::Struct(shape) => shape.property_count,
        _ => None,
    }
}

/// The types whose `validate` a method of the client calls.
fn validated_bodies(draft: &Draft) -> impl Iterator<Item = TypeId> {
    draft.operations.iter().flat_map(|operation| {
        let body = operation.request.as_ref().and_then(|request| draft.types.validated(&request.body.ty));
        operation.parameters.into_iter().chain(body)
    })
}

/// Returns `true` if the constraints of the alternatives decide which of them was received.
fn tries_alternatives(definition: &DraftType) -> bool {
    match &definition.shape {
        Shape::Union(shape) => !matches!(shape.keyword, UnionKeyword::Discriminator(..)),
        _ => false,
    }
}

fn has_pattern(check: &Check) -> bool {
    matches!(check, Check::Pattern { .. }) || check.inner().iter().any(has_pattern)
}

/// Returns `true` if a type has a constraint of its own, apart from those of its parts.
fn has_own_constraint(definition: &DraftType, direction: Direction, disjoint: bool) -> bool {
    fn constrains(check: &Check) -> bool {
        match check {
            Check::Nested | Check::Pattern { translated: Err(_), .. } => false,
            Check::Items(checks) | Check::Values(checks) | Check::Present(checks) => checks.iter().any(constrains),
            _ => true,
        }
    }
    let stated = stated(definition, direction);
    let of_the_whole = match &definition.shape {
        Shape::Struct(shape) => shape.property_count.is_some(),
        // A value that the description does not list may be received, but must not be sent.
        Shape::Enum(_) => direction.received(),
        Shape::Union(shape) => {
            let must_count = matches!(shape.keyword, UnionKeyword::OneOf) && !disjoint;
            must_count && direction.sent || direction.received()
        }
        Shape::Wrapper(_) => false,
    };
    of_the_whole || stated.iter().flatten().any(constrains)
}

/// The checks without those that cannot be made, and without those of types that have nothing to check.
fn pruned(checks: &[Check], ty: &TypeRef, has_checks: &ByType<bool>) -> Vec<Check> {
    let inner = |checks: &[Check], ty: &TypeRef| {
        let inner = pruned(checks, ty, has_checks);
        (!inner.is_empty()).then_some(inner)
    };
    let pruned = checks.iter().filter_map(|check| match (check, ty) {
        (Check::Nested, TypeRef::Named(id)) => has_checks[*id].then_some(Check::Nested),
        (Check::Items(checks), TypeRef::List(ty) | TypeRef::Map(ty)) => inner(checks, ty).map(Check::Items),
        (Check::Values(checks), TypeRef::List(ty) | TypeRef::Map(ty)) => inner(checks, ty).map(Check::Values),
        (Check::Present(checks), TypeRef::Nullable(ty)) => inner(checks, ty).map(Check::Present),
        (Check::Pattern { translated: Err(_), .. }, _) => None,
        (check, _) => Some(check.clone()),
    });
    pruned.collect()
}
