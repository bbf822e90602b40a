//! The `use` lines that a file needs: std, then other crates, then this one.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::models::debug;
use super::types::runtime_name;
use super::{builders, ident};
use crate::api::{
    Api, Direction, Distinction, Field, Module, Operation, Struct, TypeDef, TypeId, TypeKind, TypeRef, Writing,
};
use crate::names;

/// For a file of types.
pub(super) fn for_models(api: &Api, module: &Module) -> TokenStream {
    let types: Vec<&TypeDef> = module.types.iter().map(|id| &api[*id]).collect();
    let structs: Vec<&Struct> = types.iter().filter_map(|definition| definition.as_struct()).collect();
    let mut parts: Vec<&TypeRef> =
        types.iter().flat_map(|definition| definition.fields()).map(|field| &field.ty).collect();
    parts.extend(
        structs
            .iter()
            .filter_map(|shape| shape.additional.kept())
            .map(|kept| &kept.ty)
            .filter(|ty| **ty != TypeRef::Any),
    );
    parts.extend(
        types.iter().filter(|definition| definition.as_struct().is_none()).flat_map(|definition| definition.parts()),
    );
    let any = |test: fn(&&TypeDef) -> bool| types.iter().any(&test);

    let hides = structs.iter().any(|shape| !debug::is_derived(shape));
    let shows = types.iter().any(|definition| match &definition.kind {
        TypeKind::Enum(shape) => shape.other.is_some(),
        TypeKind::Struct(_) => false,
        TypeKind::Union(_) | TypeKind::Wrapper(_) => true,
    });
    let map = needs_map(&parts, &structs).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let fmt = (hides || shows).then(|| {
        quote!(
            use std::fmt;
        )
    });
    let mut runtime = runtime_names(&parts, &structs);
    runtime.extend(wanted([
        (any(|definition| definition.checked && visits(definition)), "Location"),
        (any(|definition| definition.checked), "Violations"),
        (hides, "redact"),
    ]));
    let runtime = render_use(&quote!(wirecrate_runtime), &runtime.into_iter().collect::<Vec<_>>());
    let serde = render_use(
        &quote!(serde),
        &wanted([
            (any(|definition| derives(definition).1), "Deserialize"),
            (any(|definition| derives(definition).0), "Serialize"),
        ]),
    );
    let others = foreign(api, &parts, |id| !module.types.contains(&id));
    let others = render_use(&quote!(super), &others);
    let built: BTreeSet<_> = types
        .iter()
        .filter(|definition| definition.direction.sent && definition.as_struct().is_some())
        .map(|definition| builders::builder_name(definition))
        .collect();
    let built = render_use(&quote!(crate::builders), &built.into_iter().collect::<Vec<_>>());
    quote!(#map #fmt #serde #runtime #built #others)
}

/// For the client, whose builder starts in a state of this name.
pub(super) fn for_client(api: &Api, operations: &[&Operation], state: &Ident) -> TokenStream {
    let (foreign, models) = for_methods(api, operations, Some(state));
    quote!(#foreign use crate::error::ErrorBody; #models)
}

/// For a group of the client's methods.
pub(super) fn for_group(api: &Api, operations: &[&Operation]) -> TokenStream {
    let (foreign, models) = for_methods(api, operations, None);
    quote!(#foreign use super::{Call, Client}; #models)
}

/// What methods need of others, and of the models.
fn for_methods(api: &Api, operations: &[&Operation], state: Option<&Ident>) -> (TokenStream, Option<TokenStream>) {
    let replies = operations.iter().filter_map(|operation| operation.reply.ty.as_ref());
    let requests = operations.iter().filter_map(|operation| Some(&operation.request.as_ref()?.ty));
    let types: Vec<&TypeRef> = replies.chain(requests).collect();
    let map = mentioned(&types, |ty| matches!(ty, TypeRef::Map(_))).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let limits = operations.iter().any(|operation| !operation.rate_limits.is_empty());
    let duration = limits.then(|| {
        quote!(
            use std::time::Duration;
        )
    });
    let mut runtime = runtime_names(&types, &[]);
    let any = !operations.is_empty();
    runtime.extend(wanted([(any, "Method"), (any, "Operation"), (limits, "RateLimit")]));
    runtime.extend(state.cloned());
    let runtime: Vec<_> = runtime.into_iter().collect();
    let runtime = render_use(&quote!(wirecrate_runtime), &runtime);
    let parameters = operations.iter().filter_map(|operation| operation.parameters);
    let bodies = types.iter().filter_map(|ty| ty.named());
    let names: BTreeSet<_> = parameters.chain(bodies).map(|id| &*api[id].name).collect();
    let names = names.into_iter().filter(|name| !names::is_used_by_client(name)).map(ident);
    let models = render_use(&quote!(crate::models), &names.collect::<Vec<_>>());
    (quote!(#map #duration #runtime), models)
}

/// For a file of builders.
pub(super) fn for_builders(api: &Api, module: &Module) -> TokenStream {
    let built = module.types.iter().map(|id| &api[*id]).filter(|definition| definition.direction.sent);
    let types: Vec<&TypeDef> = built.filter(|definition| definition.as_struct().is_some()).collect();
    let structs: Vec<&Struct> = types.iter().filter_map(|definition| definition.as_struct()).collect();
    let stateful: Vec<&Struct> =
        structs.iter().copied().filter(|shape| builders::slots(shape).next().is_some()).collect();
    // What is neither set nor held by the builder is not named in its file.
    let fields: Vec<&Field> = structs
        .iter()
        .flat_map(|shape| {
            let is_held = builders::slots(shape).next().is_some();
            shape.fields.iter().filter(move |field| is_held || !field.read_only)
        })
        .collect();
    let kept = structs.iter().filter_map(|shape| shape.additional.kept());
    let parts: Vec<&TypeRef> = fields.iter().map(|field| &field.ty).chain(kept.map(|kept| &kept.ty)).collect();

    let map = needs_map(&parts, &stateful).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let fmt = (!stateful.is_empty()).then(|| {
        quote!(
            use std::fmt;
        )
    });
    let mut runtime = runtime_names(&parts, &stateful);
    runtime.extend(wanted([(!stateful.is_empty(), "Unset")]));
    let runtime = render_use(&quote!(wirecrate_runtime), &runtime.into_iter().collect::<Vec<_>>());
    let required = (!stateful.is_empty()).then(|| {
        quote!(
            use super::required;
        )
    });
    let named: BTreeSet<_> = foreign(api, &parts, |_| true)
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

/// Which of `Serialize` and `Deserialize` a type derives by name, and not behind the feature.
fn derives(definition: &TypeDef) -> (bool, bool) {
    let Direction { sent, received } = definition.direction;
    match &definition.kind {
        _ if definition.writing != Writing::Json => (false, false),
        TypeKind::Enum(shape) if !shape.is_text() => (false, false),
        TypeKind::Union(_) => (sent, false),
        _ => (sent, received),
    }
}

/// Whether the check of a type has to say where it is.
fn visits(definition: &TypeDef) -> bool {
    let of_the_whole = match &definition.kind {
        TypeKind::Struct(shape) => shape.property_count.is_some(),
        TypeKind::Union(shape) => {
            shape.distinction == Distinction::ExactlyOne { disjoint: false } || shape.other.is_some()
        }
        TypeKind::Enum(_) => true,
        TypeKind::Wrapper(_) => false,
    };
    of_the_whole || definition.checks().into_iter().any(|checks| !checks.is_empty())
}

/// The names that types have in the runtime, sorted.
fn runtime_names(parts: &[&TypeRef], keeping: &[&Struct]) -> BTreeSet<Ident> {
    let mut names: BTreeSet<&str> = parts.iter().flat_map(|ty| ty.with_inner()).filter_map(runtime_name).collect();
    // Members of any kind are kept as they are.
    let keeps = |shape: &&Struct| shape.additional.kept().is_some_and(|kept| kept.ty == TypeRef::Any);
    if keeping.iter().any(keeps) {
        names.insert("JsonObject");
    }
    names.into_iter().map(ident).collect()
}

fn needs_map(parts: &[&TypeRef], keeping: &[&Struct]) -> bool {
    let keeps = |shape: &&Struct| shape.additional.kept().is_some_and(|kept| kept.ty != TypeRef::Any);
    keeping.iter().any(keeps) || mentioned(parts, |ty| matches!(ty, TypeRef::Map(_)))
}

fn mentioned(types: &[&TypeRef], wanted: fn(&TypeRef) -> bool) -> bool {
    types.iter().flat_map(|ty| ty.with_inner()).any(wanted)
}

/// The named types in these, as far as the filter lets pass, sorted by name.
fn foreign(api: &Api, parts: &[&TypeRef], filter: impl Fn(TypeId) -> bool) -> Vec<Ident> {
    let ids = parts.iter().filter_map(|ty| ty.named()).filter(|id| filter(*id));
    let names: BTreeSet<_> = ids.map(|id| ident(&api[id].name)).collect();
    names.into_iter().collect()
}
