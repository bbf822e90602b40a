//! The functions that write parameters and forms, one line for each field.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{
    Field, Parameter, ParameterLocation, ParameterStyle, Part, PartKind, Struct, TypeDef, TypeKind, TypeRef, Writing,
};
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
            let additional = shape.unknown_properties.field().map(|additional| {
                let name = ident(&additional.name);
                quote!(form.properties(&self.#name)?;)
            });
            let [form, payload, json_error] = ["Multipart", "Payload", "JsonError"].map(|name| scope.runtime(name));
            Some(quote! {
                pub(crate) fn encode(&self) -> Result<#payload, #json_error> {
                    let mut form = #form::new();
                    #(#lines)*
                    #additional
                    form.finish()
                }
            })
        }
    }
}

fn render_parameter(scope: &Scope<'_>, field: &Field, parameter: Parameter) -> TokenStream {
    let (name, style) = (&field.wire_name, render_style(scope, parameter));
    let value = ident(&field.name);
    let add = ident(match parameter.location {
        ParameterLocation::Path => return quote!(to.path(#name, #style, &self.#value);),
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    });
    let value = if field.required { quote!(Some(&self.#value)) } else { quote!(self.#value.as_ref()) };
    quote!(to.#add(#name, #style, #value);)
}

/// The style, with those settings that are not the usual ones.
fn render_style(scope: &Scope<'_>, parameter: Parameter) -> TokenStream {
    let Parameter { style, explode, allow_reserved, allow_empty_value, .. } = parameter;
    let ty = scope.runtime("Style");
    let constant = ident(match style {
        ParameterStyle::Simple => "SIMPLE",
        ParameterStyle::Label => "LABEL",
        ParameterStyle::Matrix => "MATRIX",
        ParameterStyle::Form => "FORM",
        ParameterStyle::SpaceDelimited => "SPACE_DELIMITED",
        ParameterStyle::PipeDelimited => "PIPE_DELIMITED",
        ParameterStyle::DeepObject => "DEEP_OBJECT",
        ParameterStyle::Json => "JSON",
    });
    let explode = (explode != (style == ParameterStyle::Form)).then(|| quote!(.explode(#explode)));
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    let empty = allow_empty_value.then(|| quote!(.allow_empty_value()));
    quote!(#ty::#constant #explode #reserved #empty)
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
    match writing {
        Writing::Json => None,
        Writing::Parameters(places) => places.get(index).map(|place| place_of_parameter(*place, &field.wire_name)),
        Writing::Form | Writing::Multipart(_) => Some(format!("Form field: {}.", code(&field.wire_name))),
    }
}

fn place_of_parameter(Parameter { location, style, .. }: Parameter, name: &str) -> String {
    let json = if style == ParameterStyle::Json { ", as JSON" } else { "" };
    let (place, name) = match location {
        ParameterLocation::Path => ("Path parameter", code(&format!("{{{name}}}"))),
        ParameterLocation::Query => ("Query parameter", code(name)),
        ParameterLocation::Header => ("Header", code(name)),
        ParameterLocation::Cookie => ("Cookie", code(name)),
    };
    format!("{place}: {name}{json}.")
}
