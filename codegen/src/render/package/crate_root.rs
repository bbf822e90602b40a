//! `lib.rs`: the documentation of the crate, and the names at its root.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::LeftOut;
use crate::api::{Api, FeatureId, Operation};
use crate::names;
use crate::render::docs::{DocText, code, code_in_table, first_sentence, line};
use crate::render::responses;
use crate::render::scope::{gate, render_export};
use crate::render::webhooks::decode;

pub(crate) fn render_crate_root(api: &Api) -> TokenStream {
    let mut docs = DocText::new()
        .text(Some(&api.title).filter(|title| !title.is_empty()).map(String::as_str))
        .text(api.description.as_deref());
    let calls = !api.operations.is_empty();
    if calls {
        docs = describe_calls(docs, api);
    }
    if !api.callbacks.is_empty() {
        docs = docs
            .heading("Webhooks")
            .line("The service posts these events to your webhook URL. [`Webhook::read`] determines their type and decodes them.")
            .block(callbacks(api));
    }
    let docs = describe_left_out(docs, &api.left_out).heading("Features").block(features(api)).inner();
    let builders = crate::render::builders::are_needed(api).then(|| {
        quote!(
            pub mod builders;
        )
    });
    let responses = responses::are_needed(api).then(|| {
        quote!(
            pub mod responses;
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
    let has_events = !api.events.is_empty();
    let gate = gate(api, &api.event_features);
    let webhooks = has_events.then(|| {
        quote!(
            #gate
            mod webhooks;
        )
    });
    let webhooks_export = has_events.then(|| {
        quote!(
            #gate
            pub use webhooks::Webhook;
        )
    });
    let decode = decode(api);
    let runtime = render_export("wirecrate_runtime", names::runtime::exports());
    let error = if api.error_bodies.is_empty() { quote!(Error) } else { quote!({Error, ErrorBody}) };
    let modules = calls.then(|| {
        quote!(
            mod client;
            #credentials
            mod error;
        )
    });
    let exports = calls.then(|| {
        quote!(
            pub use client::{Call, Client, ClientBuilder};
            #credentials_export
            pub use error::#error;
        )
    });
    quote! {
        #docs
        #builders
        #modules
        pub mod models;
        #responses
        #webhooks

        #exports
        pub use wirecrate_runtime::json::#decode as from_json;
        #runtime
        #webhooks_export
    }
}

/// The operations, and how requests are sent.
fn describe_calls(docs: DocText, api: &Api) -> DocText {
    docs.heading("Operations")
        .block(operations(api))
        .line(
            "Build a request with the builders in [`models`], pass it to a method of [`Client`], and await the call. The request \
             is checked before it is sent. A failed call returns an [`Error`] with the status, the headers, and the body of the response.",
        )
        .heading("Sending")
        .line("A request takes effect at most once, unless [`Retry::Ambiguous`] is set. Every failure has an [`Outcome`]:")
        .block(OUTCOMES)
        .line(
            "Each attempt waits until the rate limits of its operation allow it. Use [`Limiter`] to change the limits, or to share \
             them between clients and processes. A single timeout covers the whole call, including all attempts and waits. \
             To send many requests concurrently, use [`Bulk`].",
        )
}

/// The operations that the generator does not support.
fn describe_left_out(docs: DocText, left_out: &[LeftOut]) -> DocText {
    if left_out.is_empty() {
        return docs;
    }
    let of_operation =
        |LeftOut { operation, error }: &LeftOut| format!("{}: {}", code(&operation.to_string()), line(&error.message));
    docs.heading("Operations that are left out")
        .line("The description also has these operations, which the generator does not support:")
        .list(left_out.iter().map(of_operation))
}

const FEATURES: &str = "\
| Feature | Default | Effect |
|---|---|---|
| `rustls` | yes | TLS with rustls and Mozilla's root certificates |
| `native-tls` | no | TLS with the operating system's library |
| `blocking` | no | `.wait()` instead of `.await`, for programs without an async runtime |
| `tracing` | no | A span for each call and an event for each attempt, without secrets or content |
| `symmetric` | no | `Deserialize` for types that are only sent, `Serialize` for types that are only received |";

const OUTCOMES: &str = "\
| Outcome | Meaning | Retried |
|---|---|---|
| [`NotSent`](Outcome::NotSent) | the service did not receive the request | if another attempt can succeed |
| [`Rejected`](Outcome::Rejected) | the service rejected the request | after status 429 |
| [`Unknown`](Outcome::Unknown) | the service may have acted on the request | only with [`Retry::Ambiguous`], or if the operation is read-only |";

/// The operations: a table for each feature, and one for the others.
fn operations(api: &Api) -> String {
    let others = api.operations.iter().filter(|operation| operation.feature.is_none());
    let mut tables = table(others).unwrap_or_default();
    for (id, feature) in api.features.iter().enumerate() {
        let own = api.operations.iter().filter(|operation| operation.feature == Some(FeatureId(id)));
        if let Some(table) = table(own) {
            let separator = if tables.is_empty() { "" } else { "\n\n" };
            // Writing to a string cannot fail.
            let _ = write!(tables, "{separator}## {}\n\n{table}", line(&feature.tag));
        }
    }
    tables
}

fn table<'a>(operations: impl Iterator<Item = &'a Operation>) -> Option<String> {
    let mut table = String::new();
    for operation in operations {
        let request = code_in_table(&format!("{} {}", operation.method, operation.path));
        // Writing to a string cannot fail.
        let _ = write!(table, "\n| [`Client::{}`] | {request} |", operation.name);
    }
    (!table.is_empty()).then(|| format!("| Method | Request |\n|---|---|{table}"))
}

/// The table of features: those of every crate, and those of this description.
fn features(api: &Api) -> String {
    let mut table = FEATURES.to_owned();
    for feature in &api.features {
        let text = feature.description.as_deref().unwrap_or(&feature.tag);
        // Writing to a string cannot fail.
        let text = first_sentence(text).unwrap_or_default().replace('|', "\\|");
        let _ = write!(table, "\n| `{}` | yes | {text} |", feature.name);
    }
    table
}

fn callbacks(api: &Api) -> String {
    let mut table = "| Type | Callback URL or webhook |\n|---|---|".to_owned();
    for callback in &api.callbacks {
        let name = &api[callback.ty].name;
        let place = code_in_table(callback.expression.as_ref().unwrap_or(&callback.name));
        // Writing to a string cannot fail.
        let _ = write!(table, "\n| [`{name}`](models::{name}) | {place} |");
    }
    table
}
