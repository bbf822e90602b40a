//! Enumerations: closed if they are only sent, open if they are received.
//!
//! Serde identifies variants by strings; other values are compared one by one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::structs::render_derives;
use crate::api::{Availability, Enum, TypeDef, Variant};
use crate::render::docs::{DocText, code};
use crate::render::scope::{Scope, ident};

/// An enumeration.
pub(super) fn render_enum(scope: &Scope<'_>, definition: &TypeDef, shape: &Enum) -> TokenStream {
    if shape.is_text() { render_texts(scope, definition, shape) } else { render_literals(scope, definition, shape) }
}

/// An enumeration of strings.
fn render_texts(scope: &Scope<'_>, definition: &TypeDef, shape: &Enum) -> TokenStream {
    let name = ident(&definition.name);
    let docs = DocText::new().docs(&definition.docs).or(|| format!("The `{}` type.", definition.name));
    let docs = docs.source(&definition.origin).outer();
    let copy = shape.other.is_none().then(|| quote!(, Copy));
    let derived_debug = shape.other.is_none().then(|| quote!(, Debug));
    let derives = render_derives(scope, definition, &quote!(Clone #copy #derived_debug, PartialEq, Eq, Hash));
    let debug = shape.other.as_deref().map(|other| render_debug(scope, &name, shape, other));
    let open = shape.other.is_some().then(|| quote!(#[non_exhaustive]));
    let variants = shape.variants.iter().map(render_variant);
    let other = shape.other.as_deref().map(ident).map(|name| {
        quote! {
            /// A value that is not listed in the description, as received.
            #[serde(untagged)]
            #name(String),
        }
    });
    let as_str = render_as_str(shape);
    let check = render_check(scope, definition, shape);
    quote! {
        #docs
        #derives
        #open
        pub enum #name {
            #(#variants)*
            #other
        }

        impl #name {
            #as_str
            #check
        }

        #debug
    }
}

/// The check of an open enumeration: values that the description does not list may be received, but not sent.
fn render_check(scope: &Scope<'_>, definition: &TypeDef, shape: &Enum) -> Option<TokenStream> {
    let other = shape.other.as_deref().map(ident).filter(|_| definition.has_validate)?;
    let listed = shape.variants.iter().map(|variant| match &variant.value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    });
    let [keyword, location, violations] = ["Keyword", "Location", "Violations"].map(|name| scope.runtime(name));
    Some(quote! {
        pub(crate) fn check(&self, at: &#location<'_>, violations: &mut #violations) {
            if let Self::#other(_) = self {
                violations.refuse_unlisted(at, #keyword::Enum, &[#(#listed),*]);
            }
        }
    })
}

/// `Debug` of an open enumeration; a value that the description does not list may be private, so it is redacted.
fn render_debug(scope: &Scope<'_>, name: &Ident, shape: &Enum, other: &str) -> TokenStream {
    let arms = shape.variants.iter().map(|Variant { name: text, .. }| {
        let variant = ident(text);
        quote!(Self::#variant => #text,)
    });
    let hidden = format!("{other}([redacted])");
    let other = ident(other);
    let fmt = scope.std("fmt");
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.write_str(match self {
                    #(#arms)*
                    Self::#other(_) => #hidden,
                })
            }
        }
    }
}

fn render_variant(variant: &Variant) -> TokenStream {
    let name = ident(&variant.name);
    let value = text(variant);
    let docs = DocText::new().line(format!("The value {}.", code(value))).outer();
    quote! {
        #docs
        #[serde(rename = #value)]
        #name,
    }
}

fn render_as_str(shape: &Enum) -> TokenStream {
    let arms = shape.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), text(variant));
        quote!(Self::#name => #value,)
    });
    let other = shape.other.as_deref().map(ident).map(|name| quote!(Self::#name(value) => value,));
    let (receiver, returned) = match other {
        Some(_) => (quote!(&self), quote!(&str)),
        None => (quote!(self), quote!(&'static str)),
    };
    quote! {
        /// Returns the value as it appears in JSON.
        pub fn as_str(#receiver) -> #returned {
            match self {
                #(#arms)*
                #other
            }
        }
    }
}

/// The string of a variant in an enumeration of strings.
fn text(variant: &Variant) -> &str {
    variant.value.as_str().unwrap_or_default()
}

/// An enumeration of any values.
fn render_literals(scope: &Scope<'_>, definition: &TypeDef, shape: &Enum) -> TokenStream {
    let name = ident(&definition.name);
    let docs = DocText::new().docs(&definition.docs).or(|| format!("The `{}` type.", definition.name));
    let docs = docs.source(&definition.origin).outer();
    let other = shape.other.as_deref();
    let (copy, open) = match other {
        None => (quote!(, Copy, Debug), None),
        Some(_) => (quote!(), Some(quote!(#[non_exhaustive]))),
    };
    let debug = other.map(|other| render_debug(scope, &name, shape, other));
    let variants = shape.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), variant.value.to_string());
        let docs = DocText::new().line(format!("The value {}.", code(&value))).outer();
        quote!(#docs #name,)
    });
    let other_variant = other.map(ident).map(|name| {
        let json_value = scope.runtime("JsonValue");
        quote! {
            /// A value that is not listed in the description, as received.
            #name(#json_value),
        }
    });
    let check = render_check(scope, definition, shape).map(|check| quote!(impl #name { #check }));
    let (serialize, deserialize) =
        (render_serialize(scope, definition, shape), render_deserialize(scope, definition, shape));
    quote! {
        #docs
        #[derive(Clone #copy, PartialEq, Eq)]
        #open
        pub enum #name {
            #(#variants)*
            #other_variant
        }

        #check
        #debug
        #serialize
        #deserialize
    }
}

fn render_serialize(scope: &Scope<'_>, definition: &TypeDef, shape: &Enum) -> TokenStream {
    let name = ident(&definition.name);
    let gate = gate(definition.serde.serialize);
    let literals = scope.runtime_behind(gate.as_ref(), "literal");
    let arms = shape.variants.iter().map(|variant| {
        let (name, literal) = (ident(&variant.name), render_literal(&variant.value));
        quote!(Self::#name => #literals::Literal::#literal,)
    });
    let other = shape
        .other
        .as_deref()
        .map(ident)
        .map(|name| quote!(Self::#name(value) => return serde::Serialize::serialize(value, serializer),));
    quote! {
        #gate
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let literal = match self {
                    #(#arms)*
                    #other
                };
                serde::Serialize::serialize(&literal, serializer)
            }
        }
    }
}

fn render_deserialize(scope: &Scope<'_>, definition: &TypeDef, shape: &Enum) -> TokenStream {
    let name = ident(&definition.name);
    let gate = gate(definition.serde.deserialize);
    let literals = scope.runtime_behind(gate.as_ref(), "literal");
    let listed = shape.variants.iter().map(|variant| {
        let (name, literal) = (ident(&variant.name), render_literal(&variant.value));
        quote!((#literals::Literal::#literal, Self::#name))
    });
    let listed = quote!([#(#listed),*]);
    let decode = if let Some(other) = shape.other.as_deref().map(ident) {
        quote!(#literals::decode_open(deserializer, #listed, Self::#other))
    } else {
        quote!(#literals::decode(deserializer, #listed))
    };
    quote! {
        #gate
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #decode
            }
        }
    }
}

/// The feature for an implementation of a trait that is not always there.
pub(super) fn gate(availability: Availability) -> Option<TokenStream> {
    (availability == Availability::Symmetric).then(|| quote!(#[cfg(feature = "symmetric")]))
}

fn render_literal(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(Null),
        Value::Bool(value) => quote!(Bool(#value)),
        Value::String(text) => quote!(Text(#text)),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => {
                let literal = Literal::i64_unsuffixed(integer);
                quote!(Integer(#literal))
            }
            None if number.is_f64() => {
                let literal = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
                quote!(Number(#literal))
            }
            None => {
                let text = number.to_string();
                quote!(Json(#text))
            }
        },
        Value::Array(_) | Value::Object(_) => {
            let text = value.to_string();
            quote!(Json(#text))
        }
    }
}
