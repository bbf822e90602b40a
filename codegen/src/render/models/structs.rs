//! Structs: objects that are sent or received.

use proc_macro2::TokenStream;
use quote::quote;

use super::declined::render_declined;
use super::{debug, writing};
use crate::api::{
    AdditionalField, Availability, Check, Direction, Field, Presence, SerdeTraits, Struct, TypeDef, TypeId, Writing,
};
use crate::render::docs::{DocText, code, facts, facts_of_part};
use crate::render::scope::{Scope, ident, runtime_path};
use crate::render::types::{render_additional_type, render_field_type};
use crate::render::{builders, checks};

/// A struct with its `Debug`, its check and its builder, if it has them.
pub(super) fn render_struct(scope: &Scope<'_>, id: TypeId, shape: &Struct) -> TokenStream {
    let definition = &scope.api[id];
    let name = ident(&definition.name);
    let docs = DocText::new().docs(&definition.docs).or(|| subject(scope, id));
    let docs = docs.source(&definition.origin).outer();
    let fields = shape.fields.iter().enumerate().map(|(index, field)| render_field(scope, definition, index, field));
    let additional =
        shape.unknown_properties.field().map(|additional| render_additional(scope, definition, additional));
    let camel_case = shape.camel_case.then(|| quote!(#[serde(rename_all = "camelCase")]));
    let closed = shape.closed.then(|| quote!(#[serde(deny_unknown_fields)]));
    let derives = render_struct_derives(scope, definition, shape);
    let debug = debug::render_debug(scope, definition, shape);
    let methods = render_methods(scope, definition, shape);
    quote! {
        #docs
        #derives
        #camel_case
        #closed
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #additional
        }

        #methods
        #debug
    }
}

/// The documentation of a type that the description does not describe.
fn subject(scope: &Scope<'_>, id: TypeId) -> String {
    match scope.method_with_parameters(id) {
        Some(method) => format!("Parameters of [`Client::{method}`](crate::Client::{method})."),
        None => format!("The `{}` type.", scope.api[id].name),
    }
}

fn render_field(scope: &Scope<'_>, definition: &TypeDef, index: usize, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let ty = render_field_type(scope, field);
    let docs = render_field_docs(definition, index, field, writing::place(&definition.writing, index, field));
    if matches!(definition.writing, Writing::Parameters(_) | Writing::Multipart(_)) {
        return quote!(#docs pub #name: #ty,);
    }
    let rename = field.renamed.then(|| {
        let wire_name = &field.wire_name;
        quote!(rename = #wire_name)
    });
    let presence = render_presence(field.presence);
    let attributes: Vec<_> = rename.into_iter().chain(presence).collect();
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote! {
        #docs
        #serde
        pub #name: #ty,
    }
}

/// The arguments of serde's attribute. Serde by itself decodes `null` as an absent property.
fn render_presence(presence: Presence) -> Option<TokenStream> {
    match presence {
        Presence::Required => None,
        Presence::RequiredNullable => {
            let decode = runtime_path("required_nullable");
            Some(quote!(deserialize_with = #decode))
        }
        Presence::Optional => Some(quote!(skip_serializing_if = "Option::is_none")),
        Presence::OptionalNullable => {
            let decode = runtime_path("present");
            Some(quote!(default, skip_serializing_if = "Option::is_none", deserialize_with = #decode))
        }
    }
}

fn render_field_docs(definition: &TypeDef, index: usize, field: &Field, place: Option<String>) -> TokenStream {
    let noun = if matches!(definition.writing, Writing::Parameters(_)) { "parameter" } else { "property" };
    let docs = DocText::new().docs(&field.docs).or(|| format!("The {} {noun}.", code(&field.wire_name)));
    let mut lines = facts_of_part(definition, index, &field.checks);
    lines.extend(field.format.as_ref().map(|format| format!("Format: {}.", code(format))));
    lines.extend(field.default.as_ref().map(|default| format!("Default: {}.", code(default))));
    lines.extend(place.or_else(|| field.renamed.then(|| format!("JSON name: {}.", code(&field.wire_name)))));
    lines.extend(field.read_only.then(|| "Read-only: set by the service, not accepted in requests.".to_owned()));
    lines.extend(field.write_only.then(|| write_only(definition.direction)).flatten().map(str::to_owned));
    lines.extend(field.deprecated.then(|| "Deprecated.".to_owned()));
    lines.into_iter().fold(docs, DocText::line).outer()
}

/// The meaning of `writeOnly`: the property travels with requests, to which events belong, and not with responses. In a
/// type of events alone there is nothing to know.
fn write_only(direction: Direction) -> Option<&'static str> {
    match (direction.posted, direction.sent || direction.returned) {
        (true, false) => None,
        (true, true) => Some("Write-only: accepted in requests and contained in events, not returned in responses."),
        (false, _) => Some("Write-only: accepted in requests, not returned by the service."),
    }
}

/// The field of additional properties.
fn render_additional(scope: &Scope<'_>, definition: &TypeDef, additional: &AdditionalField) -> TokenStream {
    let name = ident(&additional.name);
    let ty = render_additional_type(scope, additional);
    let docs = DocText::new().line("Properties that are not listed in the description.");
    let stated = [&*additional.checks, &definition.checked_by_service(definition.fields().len())].concat();
    let docs = facts(&[Check::Values(stated)]).into_iter().fold(docs, DocText::line).outer();
    let is_json = matches!(definition.writing, Writing::Json | Writing::Form);
    let flatten = is_json.then(|| quote!(#[serde(flatten)]));
    quote! {
        #docs
        #flatten
        pub #name: #ty,
    }
}

fn render_struct_derives(scope: &Scope<'_>, definition: &TypeDef, shape: &Struct) -> TokenStream {
    let debug = (!shape.redacted).then(|| quote!(, Debug));
    let default = shape.has_default.then(|| quote!(, Default));
    let eq = definition.total_equality.then(|| quote!(, Eq));
    render_derives(scope, definition, &quote!(Clone #debug #default, PartialEq #eq))
}

/// The derives, including the traits of serde; those behind a feature are in an attribute of their own.
pub(super) fn render_derives(scope: &Scope<'_>, definition: &TypeDef, others: &TokenStream) -> TokenStream {
    let SerdeTraits { serialize, deserialize } = definition.serde;
    let (mut derived, mut gated) = (Vec::new(), Vec::new());
    for (name, availability) in [("Serialize", serialize), ("Deserialize", deserialize)] {
        let path = ident(name);
        match availability {
            Availability::Used => derived.push(scope.serde(name)),
            Availability::ToCheck => derived.push(quote!(serde::#path)),
            Availability::Symmetric => gated.push(quote!(serde::#path)),
            Availability::Never => {}
        }
    }
    quote! {
        #[derive(#others #(, #derived)*)]
        #(#[cfg_attr(feature = "symmetric", derive(#gated))])*
    }
}

fn render_methods(scope: &Scope<'_>, definition: &TypeDef, shape: &Struct) -> Option<TokenStream> {
    let builder = shape.has_builder.then(|| builders::render_entry(scope, definition, shape));
    let check = definition.has_validate.then(|| checks::render_struct_checks(scope, shape));
    let declined = shape.declined.as_ref().map(|declined| render_declined(scope, declined));
    if builder.is_none() && check.is_none() && declined.is_none() {
        return None;
    }
    let name = ident(&definition.name);
    let write = writing::render_write(scope, definition, shape);
    Some(quote! {
        impl #name {
            #builder
            #check
            #declined
            #write
        }
    })
}
