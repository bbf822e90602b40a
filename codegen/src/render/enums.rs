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
    let copy = (!shape.open).then(|| quote!(, Copy));
    let derives = render_derives(definition, &quote!(Clone #copy, Debug, PartialEq, Eq, Hash));
    let open = shape.open.then(|| quote!(#[non_exhaustive]));
    let variants = shape.variants.iter().map(render_variant);
    let other = shape.open.then(|| {
        quote! {
            /// A value that the description does not name, as it came.
            #[serde(untagged)]
            Unknown(String),
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
    let (receiver, other) =
        if shape.open { (quote!(&self), Some(quote!(Self::Unknown(value) => value,))) } else { (quote!(self), None) };
    let returned = if shape.open { quote!(&str) } else { quote!(&'static str) };
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
