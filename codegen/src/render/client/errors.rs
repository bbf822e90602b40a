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
    let readers = render_readers(scope);
    let (from_error_body, status_code) = (scope.runtime("FromErrorBody"), scope.runtime("StatusCode"));
    let items = quote! {
        #alias_docs
        pub type Error = #error<ErrorBody>;

        /// The body of a response with an error status. Any variant may occur with any error status.
        #[derive(Clone, Debug, PartialEq #eq)]
        #[non_exhaustive]
        pub enum ErrorBody {
            #(#variants)*
        }

        impl #from_error_body for ErrorBody {
            fn from_error_body(_status: #status_code, body: &[u8]) -> Option<Self> {
                #readers
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

/// The attempts to decode one type after the other.
fn render_readers(scope: &Scope<'_>) -> TokenStream {
    let json = scope.runtime("json");
    let read = |body: &ErrorBody| {
        let properties = &body.known_by;
        (scope.model(body.ty), quote!(#json::decode_body(body, &[#(#properties),*])))
    };
    let Some((last, first)) = scope.api.error_bodies.split_last() else { return quote!(None) };
    let first = first
        .iter()
        .map(read)
        .map(|(name, read)| quote!(if let Some(error) = #read { return Some(Self::#name(error)); }));
    let (name, read) = read(last);
    quote!(#(#first)* #read.map(Self::#name))
}
