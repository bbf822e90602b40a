//! Enumerations: closed where they are sent, open where they are received.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{DocText, code};
use super::ident;
use super::structs::render_derives;
use crate::api::{Enum, TypeDef, Variant};

/// An enumeration of strings.
pub(super) fn render_enum(definition: &TypeDef, shape: &Enum) -> TokenStream {
    let name = ident(&definition.name);
    let docs = DocText::new().docs(&definition.docs).or(|| format!("`{}`.", definition.name));
    let docs = docs.source(&definition.origin).outer();
    let copy = shape.other.is_none().then(|| quote!(, Copy));
    let derived_debug = shape.other.is_none().then(|| quote!(, Debug));
    let derives = render_derives(definition, &quote!(Clone #copy #derived_debug, PartialEq, Eq, Hash));
    let debug = shape.other.as_deref().map(|other| render_debug(&name, shape, other));
    let open = shape.other.is_some().then(|| quote!(#[non_exhaustive]));
    let variants = shape.variants.iter().map(render_variant);
    let other = shape.other.as_deref().map(ident).map(|name| {
        quote! {
            /// A value that the description does not name, as it came.
            #[serde(untagged)]
            #name(String),
        }
    });
    let as_str = render_as_str(shape);
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
        }

        #debug
    }
}

/// A value that the description does not name may be anything, so it is not shown.
fn render_debug(name: &Ident, shape: &Enum, other: &str) -> TokenStream {
    let arms = shape.variants.iter().map(|Variant { name: text, .. }| {
        let variant = ident(text);
        quote!(Self::#variant => #text,)
    });
    let hidden = format!("{other}([redacted])");
    let other = ident(other);
    quote! {
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
    let value = &variant.value;
    let docs = DocText::new().line(format!("{}.", code(value))).outer();
    quote! {
        #docs
        #[serde(rename = #value)]
        #name,
    }
}

fn render_as_str(shape: &Enum) -> TokenStream {
    let arms = shape.variants.iter().map(|Variant { name, value }| {
        let name = ident(name);
        quote!(Self::#name => #value,)
    });
    let other = shape.other.as_deref().map(ident).map(|name| quote!(Self::#name(value) => value,));
    let (receiver, returned) = match other {
        Some(_) => (quote!(&self), quote!(&str)),
        None => (quote!(self), quote!(&'static str)),
    };
    quote! {
        /// The value as JSON has it.
        pub fn as_str(#receiver) -> #returned {
            match self {
                #(#arms)*
                #other
            }
        }
    }
}
