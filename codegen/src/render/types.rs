//! Types of fields and arguments.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::scope::{Scope, ident};
use crate::api::{AdditionalField, Field, Setter, TypeRef};

/// The type itself.
pub(super) fn render_type(scope: &Scope<'_>, ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::String => quote!(String),
        TypeRef::Bool => quote!(bool),
        TypeRef::I32 => quote!(i32),
        TypeRef::I64 => quote!(i64),
        TypeRef::U64 => quote!(u64),
        TypeRef::I128 => quote!(i128),
        TypeRef::F32 => quote!(f32),
        TypeRef::F64 => quote!(f64),
        TypeRef::DateTime => scope.runtime("DateTime"),
        TypeRef::Date => scope.runtime("Date"),
        TypeRef::IsoDuration => scope.runtime("IsoDuration"),
        TypeRef::Uuid => scope.runtime("Uuid"),
        TypeRef::Base64 => scope.runtime("Base64"),
        TypeRef::Any => scope.runtime("JsonValue"),
        TypeRef::Never => scope.runtime("Never"),
        TypeRef::Nullable(value) => {
            let (nullable, value) = (scope.runtime("Nullable"), render_type(scope, value));
            quote!(#nullable<#value>)
        }
        TypeRef::Bytes => scope.runtime("Bytes"),
        TypeRef::File => scope.runtime("File"),
        TypeRef::List(item) => {
            let item = render_type(scope, item);
            quote!(Vec<#item>)
        }
        TypeRef::Map(value) => render_map(scope, value),
        TypeRef::Named(id) => scope.model(*id).into_token_stream(),
    }
}

fn render_map(scope: &Scope<'_>, value: &TypeRef) -> TokenStream {
    let (map, value) = (scope.std("collections::BTreeMap"), render_type(scope, value));
    quote!(#map<String, #value>)
}

/// The type of the field with additional properties.
pub(super) fn render_additional_type(scope: &Scope<'_>, additional: &AdditionalField) -> TokenStream {
    if additional.ty == TypeRef::Any {
        return scope.runtime("JsonObject");
    }
    render_map(scope, &additional.ty)
}

/// A type that may be boxed.
pub(super) fn render_boxed(scope: &Scope<'_>, ty: &TypeRef, boxed: bool) -> TokenStream {
    match ty {
        TypeRef::Nullable(inner) if boxed => {
            let (nullable, inner) = (scope.runtime("Nullable"), render_type(scope, inner));
            quote!(#nullable<Box<#inner>>)
        }
        ty => {
            let ty = render_type(scope, ty);
            if boxed { quote!(Box<#ty>) } else { ty }
        }
    }
}

/// The type of a body behind a reference, such as `str` for `String`.
pub(super) fn render_borrowed(scope: &Scope<'_>, ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::String => quote!(str),
        TypeRef::Bytes => scope.runtime("ByteSource"),
        TypeRef::List(item) => {
            let item = render_type(scope, item);
            quote!([#item])
        }
        ty => render_type(scope, ty),
    }
}

/// The type of the value of a field, boxed if necessary.
pub(super) fn render_value_type(scope: &Scope<'_>, field: &Field) -> TokenStream {
    render_boxed(scope, &field.ty, field.boxed)
}

/// The type of a field: an `Option` unless it is required.
pub(super) fn render_field_type(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let ty = render_value_type(scope, field);
    if field.required { ty } else { quote!(Option<#ty>) }
}

/// The type of the argument of a setter, and the expression that converts it to the value.
pub(super) fn render_argument(scope: &Scope<'_>, field: &Field) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let ty = render_type(scope, &field.ty);
    let item = || match &field.ty {
        TypeRef::List(item) => render_type(scope, item),
        _ => ty.clone(),
    };
    let (argument, value) = match field.setter {
        Setter::Into => (quote!(impl Into<#ty>), quote!(#name.into())),
        Setter::Items => {
            let item = item();
            (quote!(impl IntoIterator<Item = #item>), quote!(#name.into_iter().collect()))
        }
        Setter::IntoItems => {
            let item = item();
            (quote!(impl IntoIterator<Item = impl Into<#item>>), quote!(#name.into_iter().map(Into::into).collect()))
        }
        Setter::None | Setter::Exact => (ty, quote!(#name)),
    };
    match (&field.ty, field.boxed) {
        (_, false) => (argument, value),
        (TypeRef::Nullable(_), true) => (argument, quote!(#value.map(Box::new))),
        (_, true) => (argument, quote!(Box::new(#value))),
    }
}
