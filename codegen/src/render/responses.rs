//! `responses.rs`: the enums of responses whose status selects the body, and the headers of responses.

mod headers;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};

use super::docs::{DocText, code, line};
use super::scope::{Scope, gate, ident};
use super::types::render_type;
use crate::api::{Api, Operation, ResponseFormat, ResponseValue, Success, SuccessEnum};

/// Returns `true` if the crate has the file.
pub(crate) fn are_needed(api: &Api) -> bool {
    api.operations.iter().any(|operation| operation.success_enum.is_some() || operation.header_struct.is_some())
}

pub(crate) fn render_responses(scope: &Scope<'_>) -> TokenStream {
    let docs = DocText::new().line("Several kinds of success by their status, and the headers of responses.").inner();
    let items = scope.api.operations.iter().flat_map(|operation| {
        let success_enum = match (&operation.response.value, &operation.success_enum) {
            (ResponseValue::ByStatus(successes), Some(definition)) => {
                Some(render_enum(scope, operation, definition, successes))
            }
            _ => None,
        };
        let headers = operation.header_struct.as_ref();
        let headers = headers.map(|headers| headers::render_headers(scope, operation, headers));
        success_enum.into_iter().chain(headers)
    });
    let items = items.collect();
    scope.page(&docs, &items)
}

fn render_enum(
    scope: &Scope<'_>,
    operation: &Operation,
    definition: &SuccessEnum,
    successes: &[Success],
) -> TokenStream {
    let name = ident(&definition.name);
    let method = &operation.name;
    let docs = DocText::new()
        .line(format!("A successful response to [`Client::{method}`](crate::Client::{method}), by its status."))
        .source(&operation.origin.child("responses"))
        .outer();
    let eq = definition.total_equality.then(|| quote!(, Eq));
    let variants = successes.iter().map(|success| render_variant(scope, success));
    let other = (!has_range(successes)).then(|| {
        let (status, bytes) = (scope.runtime("StatusCode"), scope.runtime("Bytes"));
        quote! {
            /// A success with a status that is not described, and its body as received.
            Unknown(#status, #bytes),
        }
    });
    let debug = render_debug(scope, definition, successes);
    let from_success = render_from_success(scope, definition, successes);
    let gate = gate(scope.api, operation.feature.as_slice());
    quote! {
        #docs
        #gate
        #[derive(Clone, PartialEq #eq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other
        }

        #gate
        #debug

        #gate
        #from_success
    }
}

/// Returns `true` if the description has a response for all statuses that it does not list.
fn has_range(successes: &[Success]) -> bool {
    successes.iter().any(|success| success.status == "2XX")
}

fn render_variant(scope: &Scope<'_>, success: &Success) -> TokenStream {
    let name = ident(&success.name);
    let status = if success.status == "2XX" { "Any other success".to_owned() } else { code(&success.status) };
    let docs = match success.description.as_deref().map(line).filter(|text| !text.is_empty()) {
        Some(description) => DocText::new().line(format!("{status}: {description}")),
        None => DocText::new().line(format!("{status}.")),
    };
    let docs = docs.outer();
    let body = success.body.as_ref().map(|body| {
        let ty = render_type(scope, &body.ty);
        quote!((#ty))
    });
    quote!(#docs #name #body,)
}

/// `Debug`, which prints bodies as far as their own `Debug` does.
fn render_debug(scope: &Scope<'_>, definition: &SuccessEnum, successes: &[Success]) -> TokenStream {
    let arms = successes.iter().zip(&definition.redacted).map(|(success, redacted)| {
        let (name, text) = (ident(&success.name), &success.name);
        match (&success.body, redacted) {
            (None, _) => quote!(Self::#name => f.write_str(#text),),
            (Some(_), true) => {
                let text = format!("{text}([redacted])");
                quote!(Self::#name(_) => f.write_str(#text),)
            }
            (Some(_), false) => quote!(Self::#name(body) => f.debug_tuple(#text).field(body).finish(),),
        }
    });
    let other = (!has_range(successes)).then(|| {
        let redact = scope.runtime("redact");
        quote!(Self::Unknown(status, body) => f.debug_tuple("Unknown").field(status).field(&#redact(body)).finish(),)
    });
    let (name, fmt) = (ident(&definition.name), scope.std("fmt"));
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                match self {
                    #(#arms)*
                    #other
                }
            }
        }
    }
}

fn render_from_success(scope: &Scope<'_>, definition: &SuccessEnum, successes: &[Success]) -> TokenStream {
    let (range, listed): (Vec<_>, Vec<_>) = successes.iter().partition(|success| success.status == "2XX");
    let arms = listed.into_iter().map(|success| {
        let status = success
            .status
            .parse()
            .map_or_else(|_| quote!(_), |status| Literal::u16_unsuffixed(status).to_token_stream());
        let value = render_value(scope, success);
        quote!(#status => #value,)
    });
    let unknown = || quote!(Self::Unknown(success.status(), success.bytes()));
    let other = range.first().map_or_else(unknown, |success| render_value(scope, success));
    let name = ident(&definition.name);
    let [from_success, success, error] = ["FromSuccess", "Success", "JsonError"].map(|name| scope.runtime(name));
    let declined = render_declined(scope, successes);
    quote! {
        impl #from_success for #name {
            fn from_success(success: &#success<'_>) -> Result<Self, #error> {
                let response = match success.status().as_u16() {
                    #(#arms)*
                    _ => #other,
                };
                Ok(response)
            }

            #declined
        }
    }
}

fn render_value(scope: &Scope<'_>, success: &Success) -> TokenStream {
    let name = ident(&success.name);
    let decode = success.body.as_ref().map(|body| {
        let format = render_format(scope, body.format);
        quote!((success.decode(#format)?))
    });
    quote!(Self::#name #decode)
}

/// The predicate on a response that may decline the request.
fn render_declined(scope: &Scope<'_>, successes: &[Success]) -> Option<TokenStream> {
    let declinable =
        |success: &&Success| success.body.as_ref().is_some_and(|body| scope.api.declinable(body).is_some());
    let arms: Vec<_> = successes
        .iter()
        .filter(declinable)
        .map(|success| {
            let name = ident(&success.name);
            quote!(Self::#name(body) => body.is_declined(),)
        })
        .collect();
    (!arms.is_empty()).then(|| {
        quote! {
            fn is_declined(&self) -> bool {
                match self {
                    #(#arms)*
                    _ => false,
                }
            }
        }
    })
}

/// The format of a body for the runtime.
pub(super) fn render_format(scope: &Scope<'_>, format: ResponseFormat) -> TokenStream {
    let formats = scope.runtime("ResponseFormat");
    let name = ident(match format {
        ResponseFormat::Json => "Json",
        ResponseFormat::JsonOrText => "JsonOrText",
        ResponseFormat::Text => "Text",
        ResponseFormat::Bytes => "Bytes",
    });
    quote!(#formats::#name)
}
