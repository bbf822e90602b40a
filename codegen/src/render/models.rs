//! The files of types, and the flat list of their names.

pub(super) mod debug;
mod enums;
mod structs;
mod unions;
mod wrappers;
mod writing;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::DocText;
use super::{ident, imports};
use crate::api::{Api, Module, TypeKind};

/// `models.rs`: every type under one path, whatever file it stands in.
pub(super) fn render_models(api: &Api) -> TokenStream {
    let docs = DocText::new().line("The types of requests, replies and reports.");
    let docs = docs.line("Types that are sent have a builder, types that are received do not.").inner();
    let mut modules: Vec<_> = api.modules.iter().collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    let declarations = modules.iter().map(|module| {
        let name = ident(&module.name);
        quote!(mod #name;)
    });
    let exports = modules.iter().map(|module| {
        let path = ident(&module.name);
        let names: BTreeSet<_> = module.types.iter().map(|id| ident(&api[*id].name)).collect();
        imports::render_export(&quote!(#path), &names.into_iter().collect::<Vec<_>>())
    });
    quote! {
        #docs
        #(#declarations)*
        #(#exports)*
    }
}

/// One file of types.
pub(super) fn render_module(api: &Api, module: &Module) -> TokenStream {
    let docs = DocText::new().line(&module.docs).inner();
    let imports = imports::for_models(api, module);
    let types = module.types.iter().map(|id| match &api[*id].kind {
        TypeKind::Struct(shape) => structs::render_struct(api, &api[*id], shape),
        TypeKind::Enum(shape) => enums::render_enum(&api[*id], shape),
        TypeKind::Union(shape) => unions::render_union(api, &api[*id], shape),
        TypeKind::Wrapper(shape) => wrappers::render_wrapper(api, &api[*id], shape),
    });
    quote! {
        #docs
        #imports
        #(#types)*
    }
}
