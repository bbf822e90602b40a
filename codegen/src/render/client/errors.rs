//! `error.rs`: the error of every call, and the bodies that tell why.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, ErrorBody};
use crate::render::docs::{DocText, first_sentence};
use crate::render::ident;
use crate::render::imports::render_use;

pub(crate) fn render_errors(api: &Api) -> TokenStream {
    let docs = DocText::new().line("What can go wrong.").inner();
    let alias_docs = DocText::new()
        .line("Why a call has no reply: says when it failed, and keeps the status, the headers and the body, if there were any.")
        .outer();
    if api.error_bodies.is_empty() {
        return quote! {
            #docs
            #alias_docs
            pub type Error = wirecrate_runtime::Error<std::convert::Infallible>;
            pub(crate) type ErrorBody = std::convert::Infallible;
        };
    }
    let names: Vec<_> = api.error_bodies.iter().map(|body| ident(&api[body.ty].name)).collect();
    let mut sorted = names.clone();
    sorted.sort();
    let imports = render_use(&quote!(crate::models), &sorted);
    let eq = api.error_bodies.iter().all(|body| api[body.ty].total_equality).then(|| quote!(, Eq));
    let variants = api.error_bodies.iter().map(|body| render_variant(api, body));
    let readers = render_readers(api);
    quote! {
        #docs
        use wirecrate_runtime::{FromErrorBody, StatusCode, json};
        #imports
        #alias_docs
        pub type Error = wirecrate_runtime::Error<ErrorBody>;

        /// What a reply with an error status says. Any of these may come with any such status.
        #[derive(Clone, Debug, PartialEq #eq)]
        #[non_exhaustive]
        pub enum ErrorBody {
            #(#variants)*
        }

        impl FromErrorBody for ErrorBody {
            fn from_error_body(_status: StatusCode, body: &[u8]) -> Option<Self> {
                #readers
            }
        }
    }
}

fn render_variant(api: &Api, body: &ErrorBody) -> TokenStream {
    let definition = &api[body.ty];
    let name = ident(&definition.name);
    let sentence = definition.docs.description.as_deref().map(first_sentence);
    let docs = DocText::new().text(sentence.as_deref()).or(|| format!("`{}`.", definition.name)).outer();
    quote! {
        #docs
        #name(#name),
    }
}

/// Tries one shape after the other.
fn render_readers(api: &Api) -> TokenStream {
    let read = |body: &ErrorBody| {
        let members = &body.known_by;
        (ident(&api[body.ty].name), quote!(json::decode_body(body, &[#(#members),*])))
    };
    let Some((last, first)) = api.error_bodies.split_last() else { return quote!(None) };
    let first = first
        .iter()
        .map(read)
        .map(|(name, read)| quote!(if let Some(error) = #read { return Some(Self::#name(error)); }));
    let (name, read) = read(last);
    quote!(#(#first)* #read.map(Self::#name))
}
