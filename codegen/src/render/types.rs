//! What a field says of its type.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::api::{Api, Field, Kept, TypeId, TypeKind, TypeRef};

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
        TypeRef::Date => quote!(Date),
        TypeRef::TimeSpan => quote!(TimeSpan),
        TypeRef::Uuid => quote!(Uuid),
        TypeRef::Base64 => quote!(Base64),
        TypeRef::Any => quote!(JsonValue),
        TypeRef::Never => quote!(Never),
        TypeRef::Nullable(value) => {
            let value = render_type_with(value, named);
            quote!(Nullable<#value>)
        }
        TypeRef::Bytes => quote!(wirecrate_runtime::Bytes),
        TypeRef::File => quote!(wirecrate_runtime::File),
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

/// The name that a type has in the runtime, if it is from there.
pub(super) fn runtime_name(ty: &TypeRef) -> Option<&'static str> {
    Some(match ty {
        TypeRef::DateTime => "DateTime",
        TypeRef::Date => "Date",
        TypeRef::TimeSpan => "TimeSpan",
        TypeRef::Uuid => "Uuid",
        TypeRef::Base64 => "Base64",
        TypeRef::Any => "JsonValue",
        TypeRef::Never => "Never",
        TypeRef::Nullable(_) => "Nullable",
        _ => return None,
    })
}

/// The type of members without a name of their own.
pub(super) fn render_kept_type(api: &Api, kept: &Kept) -> TokenStream {
    if kept.ty == TypeRef::Any {
        return quote!(JsonObject);
    }
    let value = render_type(api, &kept.ty);
    quote!(BTreeMap<String, #value>)
}

/// A type that may have to stand behind a `Box`.
pub(super) fn render_boxed(api: &Api, ty: &TypeRef, boxed: bool) -> TokenStream {
    match ty {
        TypeRef::Nullable(inner) if boxed => {
            let inner = render_type(api, inner);
            quote!(Nullable<Box<#inner>>)
        }
        ty => {
            let ty = render_type(api, ty);
            if boxed { quote!(Box<#ty>) } else { ty }
        }
    }
}

/// The type of a body behind a reference: what can be borrowed from more than one type is.
pub(super) fn render_borrowed_with(ty: &TypeRef, named: &impl Fn(TypeId) -> TokenStream) -> TokenStream {
    match ty {
        TypeRef::String => quote!(str),
        TypeRef::Bytes => quote!([u8]),
        TypeRef::List(item) => {
            let item = render_type_with(item, named);
            quote!([#item])
        }
        ty => render_type_with(ty, named),
    }
}

/// The type of a member that is there: behind a `Box` where it must be.
pub(super) fn render_value_type(api: &Api, field: &Field) -> TokenStream {
    render_boxed(api, &field.ty, field.boxed)
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
    let converts = match &field.ty {
        TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::F32 | TypeRef::F64 | TypeRef::Never => false,
        TypeRef::Named(id) => matches!(api[*id].kind, TypeKind::Union(_) | TypeKind::Wrapper(_)),
        _ => true,
    };
    let (argument, value) = if converts { (quote!(impl Into<#ty>), quote!(#name.into())) } else { (ty, quote!(#name)) };
    match (&field.ty, field.boxed) {
        (_, false) => (argument, value),
        (TypeRef::Nullable(_), true) => (argument, quote!(#value.map(Box::new))),
        (_, true) => (argument, quote!(Box::new(#value))),
    }
}
