//! The functions that write parameters and forms, one line for each field.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Field, Parameter, ParameterLocation, Part, PartKind, Struct, TypeDef, TypeKind, TypeRef, Writing};
use crate::render::docs::code;
use crate::render::scope::{Scope, ident};

/// The function that writes a value; `None` for JSON.
pub(super) fn render_write(scope: &Scope<'_>, definition: &TypeDef, shape: &Struct) -> Option<TokenStream> {
    match &definition.writing {
        Writing::Json | Writing::Form => None,
        Writing::Parameters(places) => {
            let lines = shape.fields.iter().zip(places).map(|(field, place)| render_parameter(scope, field, *place));
            let parameters = scope.runtime("Parameters");
            Some(quote! {
                pub(crate) fn write(&self, to: &mut #parameters) {
                    #(#lines)*
                }
            })
        }
        Writing::Multipart(parts) => {
            let lines = shape.fields.iter().zip(parts).map(|(field, part)| render_part(scope, field, part));
            let [form, payload, json_error] = ["Multipart", "Payload", "JsonError"].map(|name| scope.runtime(name));
            Some(quote! {
                pub(crate) fn encode(&self) -> Result<#payload, #json_error> {
                    let mut form = #form::new();
                    #(#lines)*
                    form.finish()
                }
            })
        }
    }
}

fn render_parameter(scope: &Scope<'_>, field: &Field, Parameter { location, separator }: Parameter) -> TokenStream {
    let (name, values) = (&field.wire_name, render_texts(scope, field));
    match (location, separator) {
        (ParameterLocation::Path, _) => quote!(to.path(#name, #values);),
        (ParameterLocation::Header, _) => quote!(to.header(#name, #values);),
        (ParameterLocation::Query, None) => quote!(to.query(#name, #values);),
        (ParameterLocation::Query, Some(separator)) => quote!(to.query_joined(#name, #separator, #values);),
    }
}

fn render_part(scope: &Scope<'_>, field: &Field, Part { kind, media_type, .. }: &Part) -> TokenStream {
    let name = &field.wire_name;
    let stated = media_type.as_ref().map_or_else(|| quote!(None), |media_type| quote!(Some(#media_type)));
    match kind {
        PartKind::File => {
            let values = render_values(field);
            quote!(form.file(#name, #stated, #values);)
        }
        PartKind::Json => {
            let values = render_values(field);
            quote!(form.json(#name, #stated, #values)?;)
        }
        PartKind::Text => {
            let values = render_texts(scope, field);
            quote!(form.text(#name, #stated, #values);)
        }
    }
}

/// An iterator over the values of a field: none, one, or the items of a list.
fn render_values(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    match (&field.ty, field.required) {
        (TypeRef::List(_), false) => quote!(self.#name.iter().flatten()),
        (TypeRef::List(_), true) => quote!(&self.#name),
        (_, false) => quote!(self.#name.iter()),
        (_, true) => quote!(Some(&self.#name)),
    }
}

/// The same with values that implement `Display`.
fn render_texts(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let item = match &field.ty {
        TypeRef::List(item) => item,
        ty => ty,
    };
    let TypeRef::Named(id) = item else { return render_values(field) };
    let TypeKind::Enum(shape) = &scope.api[*id].kind else { return render_values(field) };
    if !shape.is_text() {
        let (literals, values) = (scope.runtime("literal"), render_values(field));
        return match (&field.ty, field.required) {
            (TypeRef::List(_), true) => quote!(self.#name.iter().map(#literals::text)),
            (_, false) => quote!(#values.map(#literals::text)),
            (_, true) => quote!(Some(#literals::text(&self.#name))),
        };
    }
    // An enumeration that is only sent is passed by value to its own function.
    let text = quote!(|value| value.as_str());
    match (&field.ty, field.required) {
        (TypeRef::List(_), true) => quote!(self.#name.iter().map(#text)),
        (TypeRef::List(_), false) => quote!(self.#name.iter().flatten().map(#text)),
        (_, true) => quote!(Some(self.#name.as_str())),
        (_, false) => quote!(self.#name.iter().map(#text)),
    }
}

/// The location of a field in the request, unless it is a JSON property.
pub(super) fn place(writing: &Writing, index: usize, field: &Field) -> Option<String> {
    let name = code(&field.wire_name);
    match writing {
        Writing::Json => None,
        Writing::Parameters(places) => Some(match places.get(index).map(|place| place.location) {
            Some(ParameterLocation::Path) => format!("Path parameter: {}.", code(&format!("{{{}}}", field.wire_name))),
            Some(ParameterLocation::Header) => format!("Header: {name}."),
            _ => format!("Query parameter: {name}."),
        }),
        Writing::Form | Writing::Multipart(_) => Some(format!("Form field: {name}.")),
    }
}
