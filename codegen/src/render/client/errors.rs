//! `error.rs`: the error of a call, and the bodies of error responses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::ErrorBody;
use crate::render::docs::{DocText, first_sentence};
use crate::render::scope::Scope;

pub(crate) fn render_errors(scope: &Scope<'_>) -> TokenStream {
    let docs = DocText::new().line("Errors of calls.").inner();
    let alias_docs = DocText::new()
        .line("An error of a failed call. It contains the status, the headers, and the body of the response, if there was one.")
        .outer();
    let error = scope.runtime("Error");
    if scope.api.error_bodies.is_empty() {
        let items = quote! {
            #alias_docs
            pub type Error = #error<std::convert::Infallible>;
            pub(crate) type ErrorBody = std::convert::Infallible;
        };
        return scope.page(&docs, &items);
    }
    let eq = scope.api.equality_of_errors.then(|| quote!(, Eq));
    let variants = scope.api.error_bodies.iter().map(|body| render_variant(scope, body));
    let names = scope.api.error_bodies.iter().map(|body| &*scope.api[body.ty].name);
    let readers = scope.api.error_bodies.iter().map(|body| render_reader(scope, body));
    let from_error_body = scope.runtime("FromErrorBody");
    let is_by_status = scope.api.operations.iter().any(|operation| !operation.error_types.is_empty());
    let body_docs = DocText::new().line(if is_by_status {
        "The body of a response with an error status. The documentation of a method lists the variants of each status."
    } else {
        "The body of a response with an error status. Any variant may occur with any error status."
    });
    let body_docs = body_docs.outer();
    let items = quote! {
        #alias_docs
        pub type Error = #error<ErrorBody>;

        #body_docs
        #[derive(Clone, Debug, PartialEq #eq)]
        #[non_exhaustive]
        pub enum ErrorBody {
            #(#variants)*
        }

        impl #from_error_body for ErrorBody {
            const TYPES: &'static [&'static str] = &[#(#names),*];

            fn from_error_body(ty: &str, body: &[u8]) -> Option<Self> {
                match ty {
                    #(#readers)*
                    _ => None,
                }
            }
        }
    };
    scope.page(&docs, &items)
}

fn render_variant(scope: &Scope<'_>, body: &ErrorBody) -> TokenStream {
    let definition = &scope.api[body.ty];
    let name = scope.model(body.ty);
    let sentence = definition.docs.description.as_deref().and_then(first_sentence);
    let docs =
        DocText::new().line(sentence.unwrap_or_else(|| format!("A body of type `{}`.", definition.name))).outer();
    quote! {
        #docs
        #name(#name),
    }
}

/// The arm that decodes one of the types.
fn render_reader(scope: &Scope<'_>, body: &ErrorBody) -> TokenStream {
    let (json, name, properties) = (scope.runtime("json"), scope.model(body.ty), &body.known_by);
    let text = &scope.api[body.ty].name;
    quote!(#text => #json::decode_body(body, &[#(#properties),*]).map(Self::#name),)
}
