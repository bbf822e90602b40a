//! What a field says of its type.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::api::{Api, Field, TypeId, TypeRef};

/// The type itself.
pub(super) fn render_type(api: &Api, ty: &TypeRef) -> TokenStream {
    render_type_with(ty, &|id| {
        let name = ident(&api[id].name);
        quote!(#name)
    })
}

/// The type itself, where types of the description are written in some way of their own.
pub(super) fn render_type_with(ty: &TypeRef, named: &impl Fn(TypeId) -> TokenStream) -> TokenStream {
    match ty {
        TypeRef::String => quote!(String),
        TypeRef::Bool => quote!(bool),
        TypeRef::I32 => quote!(i32),
        TypeRef::I64 => quote!(i64),
        TypeRef::F32 => quote!(f32),
        TypeRef::F64 => quote!(f64),
        TypeRef::DateTime => quote!(DateTime),
        TypeRef::Any => quote!(JsonValue),
        TypeRef::List(item) => {
            let item = render_type_with(item, named);
            quote!(Vec<#item>)
        }
        TypeRef::Map(value) => {
            let value = render_type_with(value, named);
            quote!(BTreeMap<String, #value>)
        }
        TypeRef::Named(id) => named(*id),
    }
}

/// The type of a member that is there: behind a `Box` where it must be.
pub(super) fn render_value_type(api: &Api, field: &Field) -> TokenStream {
    let ty = render_type(api, &field.ty);
    if field.boxed { quote!(Box<#ty>) } else { ty }
}

/// The type of a member: an `Option` unless it is required.
pub(super) fn render_field_type(api: &Api, field: &Field) -> TokenStream {
    let ty = render_value_type(api, field);
    if field.required { ty } else { quote!(Option<#ty>) }
}

/// How a setter takes a value, and what makes the member of it.
pub(super) fn render_argument(api: &Api, field: &Field) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let ty = render_type(api, &field.ty);
    let (argument, value) = match field.ty {
        TypeRef::String | TypeRef::DateTime | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Any => {
            (quote!(impl Into<#ty>), quote!(#name.into()))
        }
        _ => (ty, quote!(#name)),
    };
    if field.boxed { (argument, quote!(Box::new(#value))) } else { (argument, value) }
}
