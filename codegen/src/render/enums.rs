//! Enumerations: closed where they are sent, open where they are received.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::DocText;
use super::ident;
use super::structs::render_derives;
use crate::api::{Enum, TypeDef, Variant};

/// An enumeration of strings.
pub(super) fn render_enum(definition: &TypeDef, shape: &Enum) -> TokenStream {
    let name = ident(&definition.name);
    let docs = DocText::new().docs(&definition.docs).or(|| format!("`{}`.", definition.name));
    let docs = docs.source(&definition.origin).outer();
    let copy = shape.other.is_none().then(|| quote!(, Copy));
    let derives = render_derives(definition, &quote!(Clone #copy, Debug, PartialEq, Eq, Hash));
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
    }
}

fn render_variant(variant: &Variant) -> TokenStream {
    let name = ident(&variant.name);
    let value = &variant.value;
    let docs = DocText::new().line(format!("`{value}`.")).outer();
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
