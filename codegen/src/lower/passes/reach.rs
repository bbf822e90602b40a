//! What follows from which type contains which: directions, boxes, equality.

use std::collections::HashSet;

use crate::Diagnostics;
use crate::api::{Api, Direction, TypeDef, TypeId, TypeKind, TypeRef};
use crate::names;

/// The types that a definition names, in the order of its members.
pub(in crate::lower) fn named_by(definition: &TypeDef) -> Vec<TypeId> {
    definition.parts().into_iter().filter_map(TypeRef::named).collect()
}

/// The types that stand in replies and reports, as roots.
fn received_roots(api: &Api) -> Vec<TypeId> {
    let replies = api.operations.iter().filter_map(|operation| operation.reply.ty.as_ref().and_then(TypeRef::named));
    let errors = api.error_bodies.iter().map(|body| body.ty);
    let callbacks = api.callbacks.iter().map(|callback| callback.ty);
    replies.chain(errors).chain(callbacks).collect()
}

/// The types that stand in requests, as roots.
fn sent_roots(api: &Api) -> impl Iterator<Item = TypeId> {
    api.operations.iter().flat_map(|operation| {
        let body = operation.request.as_ref().and_then(|request| request.ty.named());
        operation.parameters.into_iter().chain(body)
    })
}

/// Every type that each side uses first: requests, then replies, errors and reports, each once.
pub(in crate::lower) fn roots(api: &Api) -> Vec<TypeId> {
    let mut seen = HashSet::new();
    sent_roots(api).chain(received_roots(api)).filter(|root| seen.insert(*root)).collect()
}

/// Everything inside the given types, themselves included, in the order of members, parents first.
pub(in crate::lower) fn reachable(api: &Api, roots: impl IntoIterator<Item = TypeId>) -> Vec<TypeId> {
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

/// Says of each type whether it is sent or received, and what follows from it: enumerations and unions that are received
/// are open, and what one side never sets is required by neither.
pub(in crate::lower) fn spread_directions(api: &mut Api) {
    let sent = reachable(api, sent_roots(api));
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
            TypeKind::Enum(shape) => {
                shape.other = received.then(|| other_variant(shape.variants.iter().map(|variant| &*variant.name)));
            }
            TypeKind::Union(shape) => {
                shape.other = received.then(|| other_variant(shape.variants.iter().map(|variant| &*variant.name)));
                for variant in &mut shape.variants {
                    variant.shown = is_harmless(&variant.ty, sent);
                }
            }
            TypeKind::Struct(shape) => {
                for field in &mut shape.fields {
                    field.shown = field.sensitive.map_or_else(|| is_harmless(&field.ty, sent), |sensitive| !sensitive);
                    field.required &= !(field.read_only && sent || field.write_only && received);
                }
            }
            TypeKind::Wrapper(_) => {}
        }
    }
}

/// A name for what the description does not list, free of those that it does.
fn other_variant<'a>(listed: impl Iterator<Item = &'a str>) -> String {
    let listed: HashSet<_> = listed.collect();
    names::free("Unknown", |name| !listed.contains(name))
}

/// What `Debug` shows without being told to: types of their own, which hide what they must, and of what is only received
/// the values that cannot hold a name, a number of a person or a text.
fn is_harmless(ty: &TypeRef, sent: bool) -> bool {
    match ty {
        TypeRef::Named(_) => true,
        TypeRef::List(inner) | TypeRef::Nullable(inner) => is_harmless(inner, sent),
        TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::DateTime | TypeRef::TimeSpan | TypeRef::Never => !sent,
        _ => false,
    }
}

/// A value that another one holds in itself, not behind the allocation of a list or a map.
struct Held {
    ty: TypeId,
    /// Whether every value of the outer type holds it.
    always: bool,
}

/// Puts members and forms behind a `Box` whose type contains the one they stand in; refuses types that never end.
pub(in crate::lower) fn box_cycles(api: &mut Api, diagnostics: &mut Diagnostics) {
    for index in 0..api.types.len() {
        let id = TypeId(index);
        for (part, held) in held(&api.types[index]).into_iter().enumerate() {
            let Some(Held { ty, always }) = held else { continue };
            if !contains(api, ty, id, |_| true) {
                continue;
            }
            if always && contains(api, ty, id, |held| held.always) {
                diagnostics.infinite_type(api.types[index].origin.clone(), &api.types[index].name);
            }
            match &mut api.types[index].kind {
                TypeKind::Struct(shape) => shape.fields[part].boxed = true,
                TypeKind::Union(shape) => shape.variants[part].boxed = true,
                TypeKind::Enum(_) | TypeKind::Wrapper(_) => {}
            }
        }
    }
}

/// Refuses unions that are forms of themselves, with nothing around them that would make the value smaller.
pub(in crate::lower) fn refuse_endless_unions(api: &Api, diagnostics: &mut Diagnostics) {
    for index in 0..api.types.len() {
        let mut seen = HashSet::new();
        let mut waiting = forms(api, TypeId(index));
        while let Some(id) = waiting.pop() {
            if id.0 == index {
                diagnostics.schema_in_itself(api.types[index].origin.clone());
                break;
            }
            if seen.insert(id) {
                waiting.extend(forms(api, id));
            }
        }
    }
}

/// The types of their own that are forms of a union.
fn forms(api: &Api, id: TypeId) -> Vec<TypeId> {
    match &api[id].kind {
        TypeKind::Union(shape) => {
            let forms = shape.variants.iter().filter_map(|variant| match variant.ty.non_null() {
                TypeRef::Named(id) => Some(*id),
                _ => None,
            });
            forms.collect()
        }
        _ => Vec::new(),
    }
}

/// What a type holds in itself, one for each field or form.
fn held(definition: &TypeDef) -> Vec<Option<Held>> {
    let direct = |ty: &TypeRef, always: bool| match ty {
        TypeRef::Named(id) => Some(Held { ty: *id, always }),
        TypeRef::Nullable(inner) => match **inner {
            TypeRef::Named(id) => Some(Held { ty: id, always: false }),
            _ => None,
        },
        _ => None,
    };
    match &definition.kind {
        TypeKind::Struct(shape) => shape.fields.iter().map(|field| direct(&field.ty, field.required)).collect(),
        TypeKind::Union(shape) => {
            let is_alone = shape.variants.len() == 1;
            shape.variants.iter().map(|variant| direct(&variant.ty, is_alone)).collect()
        }
        TypeKind::Enum(_) | TypeKind::Wrapper(_) => Vec::new(),
    }
}

/// Whether values of one type hold values of another, as far as the filter lets pass.
fn contains(api: &Api, outer: TypeId, inner: TypeId, filter: fn(&Held) -> bool) -> bool {
    let mut seen = HashSet::from([outer]);
    let mut waiting = vec![outer];
    while let Some(id) = waiting.pop() {
        if id == inner {
            return true;
        }
        let held = held(&api[id]).into_iter().flatten().filter(filter);
        waiting.extend(held.map(|held| held.ty).filter(|id| seen.insert(*id)));
    }
    false
}

/// Floating-point numbers have no `Eq`, and neither has what contains one.
pub(in crate::lower) fn mark_equality(api: &mut Api) {
    fn partial(ty: &TypeRef) -> bool {
        match ty {
            TypeRef::F32 | TypeRef::F64 => true,
            TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => partial(inner),
            _ => false,
        }
    }
    for definition in &mut api.types {
        definition.total_equality = !definition.parts().into_iter().any(partial);
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
