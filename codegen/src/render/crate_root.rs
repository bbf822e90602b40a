//! `lib.rs`: what the crate is, and the names that everybody needs.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::DocText;
use crate::api::Api;

pub(super) fn render_crate_root(api: &Api) -> TokenStream {
    let mut docs = DocText::new()
        .text(Some(&api.title).filter(|title| !title.is_empty()).map(String::as_str))
        .text(api.description.as_deref())
        .line("# Operations")
        .block(operations(api))
        .line("Build a request with the builders in [`models`], hand it to a method of [`Client`], await the call. The request is \
               checked before it is sent; a failure is an [`Error`] that keeps status, headers and body.");
    if !api.callbacks.is_empty() {
        docs = docs
            .line("# Reports")
            .line("The service posts these to an address of yours; read the body with [`from_json`].")
            .block(callbacks(api));
    }
    let docs = docs.line("# Features").block(FEATURES).inner();
    let builders = super::builders::are_needed(api).then(|| {
        quote!(
            pub mod builders;
        )
    });
    let has_credentials = !api.credentials.is_empty();
    let credentials = has_credentials.then(|| {
        quote!(
            mod credentials;
        )
    });
    let credentials_export = has_credentials.then(|| {
        quote!(
            pub use credentials::Credentials;
        )
    });
    let error = if api.error_bodies.is_empty() { quote!(Error) } else { quote!({Error, ErrorBody}) };
    quote! {
        #docs
        #builders
        mod client;
        #credentials
        mod error;
        pub mod models;

        pub use client::{Call, Client, ClientBuilder};
        #credentials_export
        pub use error::#error;
        pub use infobip_runtime::json::decode as from_json;
        pub use infobip_runtime::{
            BaseUrlError, ConfigurationError, CredentialsError, DateTime, DateTimeError, DecodeError, HeaderMap, JsonError,
            JsonErrorCategory, JsonObject, JsonValue, Keyword, Response, StatusCode, StatusError, TransportError,
            TransportErrorKind, Violation, Violations, http_client_builder, reqwest,
        };
    }
}

const FEATURES: &str = "\
| Feature | Default | What it does |
|---|---|---|
| `rustls` | yes | TLS by rustls, with the certificate authorities that Mozilla trusts |
| `native-tls` | no | TLS by the library of the operating system |
| `symmetric` | no | What is sent can also be read, what is received can also be written |";

fn operations(api: &Api) -> String {
    let mut table = "| Method | Request |\n|---|---|".to_owned();
    for operation in &api.operations {
        // Writing to a string cannot fail.
        let _ = write!(table, "\n| [`Client::{}`] | `{} {}` |", operation.name, operation.method, operation.path);
    }
    table
}

fn callbacks(api: &Api) -> String {
    let mut table = "| Type | Posted to |\n|---|---|".to_owned();
    for callback in &api.callbacks {
        let name = &api[callback.ty].name;
        // Writing to a string cannot fail.
        let _ = write!(table, "\n| [`{name}`](models::{name}) | `{}` |", callback.expression.replace('|', "\\|"));
    }
    table
}
