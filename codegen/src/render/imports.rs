//! The `use` lines that a file needs: std, then other crates, then this one.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{builders, debug, ident};
use crate::api::{Api, Field, Module, Struct, TypeDef, TypeId, TypeKind, TypeRef};
use crate::names;

/// For a file of types.
pub(super) fn for_models(api: &Api, module: &Module) -> TokenStream {
    let types: Vec<&TypeDef> = module.types.iter().map(|id| &api[*id]).collect();
    let fields: Vec<&Field> = types.iter().flat_map(|definition| definition.fields()).collect();
    let structs: Vec<&Struct> = types.iter().filter_map(|definition| shape(definition)).collect();
    let any = |test: fn(&&TypeDef) -> bool| types.iter().any(&test);

    let hides = structs.iter().any(|shape| !debug::is_derived(shape));
    let opens =
        types.iter().any(|definition| matches!(&definition.kind, TypeKind::Enum(shape) if shape.other.is_some()));
    let map = mentions(&fields, |ty| matches!(ty, TypeRef::Map(_))).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let fmt = (hides || opens).then(|| {
        quote!(
            use std::fmt;
        )
    });
    let runtime = render_use(
        &quote!(infobip_runtime),
        &wanted([
            (mentions(&fields, |ty| *ty == TypeRef::DateTime), "DateTime"),
            (structs.iter().any(|shape| shape.additional.is_some()), "JsonObject"),
            (mentions(&fields, |ty| *ty == TypeRef::Any), "JsonValue"),
            (any(|definition| definition.fields().iter().any(|field| !field.checks.is_empty())), "Location"),
            (any(|definition| definition.checked), "Violations"),
            (hides, "redact"),
        ]),
    );
    let serde = render_use(
        &quote!(serde),
        &wanted([
            (any(|definition| definition.direction.received), "Deserialize"),
            (any(|definition| definition.direction.sent), "Serialize"),
        ]),
    );
    let others = foreign(api, &fields, |id| !module.types.contains(&id));
    let others = render_use(&quote!(super), &others);
    let built: BTreeSet<_> = types
        .iter()
        .filter(|definition| definition.direction.sent && shape(definition).is_some())
        .map(|definition| builders::builder_name(definition))
        .collect();
    let built = render_use(&quote!(crate::builders), &built.into_iter().collect::<Vec<_>>());
    quote!(#map #fmt #runtime #serde #built #others)
}

/// For the client, whose builder starts in a state of this name.
pub(super) fn for_client(api: &Api, state: &Ident) -> TokenStream {
    let replies: Vec<&TypeRef> = api.operations.iter().filter_map(|operation| operation.reply.as_ref()).collect();
    let map = mentioned(&replies, |ty| matches!(ty, TypeRef::Map(_))).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let limits = api.operations.iter().any(|operation| !operation.rate_limits.is_empty());
    let duration = limits.then(|| {
        quote!(
            use std::time::Duration;
        )
    });
    let mut runtime = wanted([
        (mentioned(&replies, |ty| *ty == TypeRef::DateTime), "DateTime"),
        (mentioned(&replies, |ty| *ty == TypeRef::Any), "JsonValue"),
        (true, "Method"),
        (true, "Operation"),
        (limits, "RateLimit"),
    ]);
    runtime.push(state.clone());
    runtime.sort();
    let runtime = render_use(&quote!(infobip_runtime), &runtime);
    let requests = api.operations.iter().map(|operation| operation.request.ty);
    let received = replies.iter().filter_map(|reply| reply.named());
    let names: BTreeSet<_> = requests.chain(received).map(|id| &*api[id].name).collect();
    let names = names.into_iter().filter(|name| !names::is_used_by_client(name)).map(ident);
    let models = render_use(&quote!(crate::models), &names.collect::<Vec<_>>());
    quote!(#map #duration #runtime use crate::error::ErrorBody; #models)
}

/// For a file of builders.
pub(super) fn for_builders(api: &Api, module: &Module) -> TokenStream {
    let built = module.types.iter().map(|id| &api[*id]).filter(|definition| definition.direction.sent);
    let types: Vec<&TypeDef> = built.filter(|definition| shape(definition).is_some()).collect();
    let fields: Vec<&Field> = types.iter().flat_map(|definition| definition.fields()).collect();
    let stateful: Vec<&Struct> = types
        .iter()
        .filter_map(|definition| shape(definition))
        .filter(|shape| builders::slots(shape).next().is_some())
        .collect();

    let map = mentions(&fields, |ty| matches!(ty, TypeRef::Map(_))).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let fmt = (!stateful.is_empty()).then(|| {
        quote!(
            use std::fmt;
        )
    });
    let runtime = render_use(
        &quote!(infobip_runtime),
        &wanted([
            (mentions(&fields, |ty| *ty == TypeRef::DateTime), "DateTime"),
            (stateful.iter().any(|shape| shape.additional.is_some()), "JsonObject"),
            (mentions(&fields, |ty| *ty == TypeRef::Any), "JsonValue"),
            (!stateful.is_empty(), "Unset"),
        ]),
    );
    let required = (!stateful.is_empty()).then(|| {
        quote!(
            use super::required;
        )
    });
    let named: BTreeSet<_> = foreign(api, &fields, |_| true)
        .into_iter()
        .chain(types.iter().map(|definition| ident(&definition.name)))
        .collect();
    let models = render_use(&quote!(crate::models), &named.into_iter().collect::<Vec<_>>());
    quote!(#map #fmt #runtime #required #models)
}

/// `use path::{…};`, with nothing around a single name.
pub(super) fn render_use(path: &TokenStream, names: &[Ident]) -> Option<TokenStream> {
    match names {
        [] => None,
        [name] => Some(quote!(use #path::#name;)),
        names => Some(quote!(use #path::{#(#names),*};)),
    }
}

/// `pub use path::{…};`.
pub(super) fn render_export(path: &TokenStream, names: &[Ident]) -> Option<TokenStream> {
    render_use(path, names).map(|line| quote!(pub #line))
}

fn wanted<const N: usize>(names: [(bool, &str); N]) -> Vec<Ident> {
    names.into_iter().filter(|(wanted, _)| *wanted).map(|(_, name)| format_ident!("{name}")).collect()
}

fn shape(definition: &TypeDef) -> Option<&Struct> {
    match &definition.kind {
        TypeKind::Struct(shape) => Some(shape),
        TypeKind::Enum(_) => None,
    }
}

fn mentions(fields: &[&Field], wanted: fn(&TypeRef) -> bool) -> bool {
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    mentioned(&types, wanted)
}

fn mentioned(types: &[&TypeRef], wanted: fn(&TypeRef) -> bool) -> bool {
    types.iter().any(|ty| {
        wanted(ty)
            || match ty {
                TypeRef::List(inner) | TypeRef::Map(inner) => mentioned(&[inner], wanted),
                _ => false,
            }
    })
}

/// The named types in the members that the filter lets pass, sorted by name.
fn foreign(api: &Api, fields: &[&Field], filter: impl Fn(TypeId) -> bool) -> Vec<Ident> {
    let ids = fields.iter().filter_map(|field| field.ty.named()).filter(|id| filter(*id));
    let names: BTreeSet<_> = ids.map(|id| ident(&api[id].name)).collect();
    names.into_iter().collect()
}
