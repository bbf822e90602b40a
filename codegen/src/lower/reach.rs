//! What follows from which type contains which: directions, boxes, equality.

use std::collections::HashSet;

use crate::Diagnostics;
use crate::api::{Api, Direction, Enum, Field, TypeDef, TypeId, TypeKind, TypeRef};

/// The types that a definition names, in the order of its members.
pub(super) fn named_by(definition: &TypeDef) -> Vec<TypeId> {
    definition.fields().iter().filter_map(|field| field.ty.named()).collect()
}

/// The types that stand in replies and reports, as roots.
fn received_roots(api: &Api) -> Vec<TypeId> {
    let replies = api.operations.iter().filter_map(|operation| operation.reply.as_ref().and_then(TypeRef::named));
    let errors = api.error_bodies.iter().map(|body| body.ty);
    let callbacks = api.callbacks.iter().map(|callback| callback.ty);
    replies.chain(errors).chain(callbacks).collect()
}

/// Every type that each side uses first: requests, then replies, errors and reports, each once.
pub(super) fn roots(api: &Api) -> Vec<TypeId> {
    let mut seen = HashSet::new();
    let sent = api.operations.iter().map(|operation| operation.request.ty);
    sent.chain(received_roots(api)).filter(|root| seen.insert(*root)).collect()
}

/// Everything inside the given types, themselves included, in the order of members, parents first.
pub(super) fn reachable(api: &Api, roots: impl IntoIterator<Item = TypeId>) -> Vec<TypeId> {
    let mut seen = HashSet::new();
    let mut order = Vec::new();
    let mut stack: Vec<TypeId> = roots.into_iter().collect();
    stack.reverse();
    while let Some(id) = stack.pop() {
        if seen.insert(id) {
            order.push(id);
            stack.extend(named_by(&api[id]).into_iter().rev());
        }
    }
    order
}

/// Says of each type whether it is sent or received; enumerations that are received are open.
pub(super) fn spread_directions(api: &mut Api) {
    let sent = reachable(api, api.operations.iter().map(|operation| operation.request.ty));
    let received = reachable(api, received_roots(api));
    for id in sent {
        api.types[id.0].direction.sent = true;
    }
    for id in received {
        api.types[id.0].direction.received = true;
    }
    for definition in &mut api.types {
        let Direction { sent, received } = definition.direction;
        match &mut definition.kind {
            TypeKind::Enum(shape) => shape.other = received.then(|| other_variant(shape)),
            TypeKind::Struct(shape) => {
                for field in &mut shape.fields {
                    field.shown = field.sensitive.map_or_else(|| is_harmless(&field.ty, sent), |sensitive| !sensitive);
                }
            }
        }
    }
}

/// A name for what the description does not list, free of those that it does.
fn other_variant(shape: &Enum) -> String {
    let mut name = "Unknown".to_owned();
    while shape.variants.iter().any(|variant| variant.name == name) {
        name.push_str("Value");
    }
    name
}

/// What `Debug` shows without being told to: types of their own, which hide what they must, and of what is only received
/// the values that cannot hold a name, a number of a person or a text.
fn is_harmless(ty: &TypeRef, sent: bool) -> bool {
    match ty {
        TypeRef::Named(_) => true,
        TypeRef::List(inner) => is_harmless(inner, sent),
        TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::DateTime => !sent,
        _ => false,
    }
}

/// Puts members behind a `Box` whose type contains the one they stand in; refuses types that never end.
pub(super) fn box_cycles(api: &mut Api, diagnostics: &mut Diagnostics) {
    for index in 0..api.types.len() {
        let id = TypeId(index);
        let direct: Vec<_> =
            api.types[index].fields().iter().map(|field| (direct(&field.ty), field.required)).collect();
        for (field_index, (target, required)) in direct.into_iter().enumerate() {
            let Some(target) = target else { continue };
            if contains(api, target, id, |_| true) {
                if required && contains(api, target, id, |field| field.required) {
                    diagnostics.infinite_type(api.types[index].origin.clone(), &api.types[index].name);
                }
                if let TypeKind::Struct(shape) = &mut api.types[index].kind {
                    shape.fields[field_index].boxed = true;
                }
            }
        }
    }
}

/// The type that a value holds in itself, not behind the allocation of a list or a map.
fn direct(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        _ => None,
    }
}

/// Whether values of one type hold values of another, by members that the filter lets pass.
fn contains(api: &Api, outer: TypeId, inner: TypeId, filter: fn(&Field) -> bool) -> bool {
    let mut seen = HashSet::from([outer]);
    let mut waiting = vec![outer];
    while let Some(id) = waiting.pop() {
        if id == inner {
            return true;
        }
        for target in api[id].fields().iter().filter(|field| filter(field)).filter_map(|field| direct(&field.ty)) {
            if seen.insert(target) {
                waiting.push(target);
            }
        }
    }
    false
}

/// Floating-point numbers have no `Eq`, and neither has what contains one.
pub(super) fn mark_equality(api: &mut Api) {
    fn partial(ty: &TypeRef) -> bool {
        match ty {
            TypeRef::F32 | TypeRef::F64 => true,
            TypeRef::List(inner) | TypeRef::Map(inner) => partial(inner),
            _ => false,
        }
    }
    for definition in &mut api.types {
        definition.total_equality = !definition.fields().iter().any(|field| partial(&field.ty));
    }
    loop {
        let known: Vec<_> = api.types.iter().map(|definition| definition.total_equality).collect();
        for definition in &mut api.types {
            let parts = named_by(definition);
            definition.total_equality &= parts.iter().all(|id| known[id.0]);
        }
        if api.types.iter().map(|definition| definition.total_equality).eq(known) {
            break;
        }
    }
}
