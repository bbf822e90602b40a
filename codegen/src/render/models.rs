//! The files of types, and the list of their names.

pub(super) mod debug;
mod declined;
mod enums;
mod structs;
mod unions;
mod wrappers;
mod writing;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::DocText;
use super::layout;
use super::scope::{Scope, gate, ident, render_export};
use crate::api::{Api, Module, TypeKind};

/// `models.rs`: every type under one path, independent of its file.
pub(crate) fn render_models(api: &Api) -> TokenStream {
    let docs = DocText::new().line("Types of requests, responses, and events.");
    let docs = docs.line("Types that are sent have builders.").inner();
    let mut modules: Vec<_> = api.modules.iter().collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    let declarations = modules.iter().map(|module| {
        let (gate, name) = (gate(api, &module.features), ident(&module.name));
        quote!(#gate mod #name;)
    });
    let exports = modules.iter().map(|module| {
        let gate = gate(api, &module.features);
        let export = render_export(&module.name, module.types.iter().map(|id| &*api[*id].name));
        quote!(#gate #export)
    });
    quote! {
        #docs
        #(#declarations)*
        #(#exports)*
    }
}

/// One file of types.
pub(crate) fn render_module(scope: &Scope<'_>, module: &Module) -> String {
    let docs = DocText::new().line(&module.docs).inner();
    let types = module.types.iter().map(|id| match &scope.api[*id].kind {
        TypeKind::Struct(shape) => structs::render_struct(scope, *id, shape),
        TypeKind::Enum(shape) => enums::render_enum(scope, &scope.api[*id], shape),
        TypeKind::Union(shape) => unions::render_union(scope, &scope.api[*id], shape),
        TypeKind::Wrapper(shape) => wrappers::render_wrapper(scope, &scope.api[*id], shape),
    });
    let types: String = types.map(layout::print).collect();
    scope.printed_page(&docs, &types)
}
