//! The documentation of calls and of the methods that start them.

use proc_macro2::TokenStream;

use super::rate_limits;
use crate::api::{BodyFormat, MessageId, Operation, ResponseValue, SecurityRequirement, StatusKind, TypeRef};
use crate::render::docs::{DocText, code, line};
use crate::render::examples;
use crate::render::scope::Scope;

/// The documentation of `Call`. The setting of a feature has no link, since it would be broken without the feature.
pub(super) fn render_call_docs() -> TokenStream {
    let setting = |name: &str, what: &str| format!("[`{name}`](wirecrate_runtime::Call::{name}): {what}");
    let settings = [
        setting("timeout", "sets the timeout for the whole call, including all attempts and waits;"),
        setting("attempt_timeout", "sets the timeout for each attempt;"),
        setting("retry", "sets the [`Retry`](crate::Retry) policy;"),
        setting("header", "adds a header to the request;"),
        setting("unchecked", "skips checking the constraints;"),
        setting("max_response_bytes", "limits the size of the response body;"),
        setting("with_response", "returns the status, the headers, and the raw body together with the decoded body."),
    ];
    DocText::new()
        .line("A call of an operation, which is sent when it is awaited.")
        .line("Settings of a single call:")
        .list(settings.into_iter())
        .line("With the feature `blocking`, use `.wait()` instead of `.await` in programs without an async runtime.")
        .outer()
}

pub(super) fn render_method_docs(scope: &Scope<'_>, operation: &Operation) -> DocText {
    let mut docs = DocText::new()
        .docs(&operation.docs)
        .or(|| format!("The {} operation.", code(&operation.id)))
        .line(code(&format!("{} {}", operation.method, operation.path)))
        .line(
            "Returns a [`Call`], which checks and sends the request when it is awaited. See [`Call`] for its settings.",
        );
    docs = body_docs(docs, scope, operation);
    docs = response_docs(parameter_docs(docs, scope, operation), operation);
    if let Some(id) = operation.response.bodies().find_map(|body| scope.api.declinable(body)) {
        let name = &scope.api[id].name;
        docs = docs.line(format!(
            "The service may decline the request in an otherwise successful response. Call \
             [`is_declined`](crate::models::{name}::is_declined) on the response to find out."
        ));
    }
    if let Some(id) = operation.request.as_ref().and_then(|request| request.message_id.as_ref()) {
        docs = docs.line(message_id(id));
    }
    if let Some(limits) = rate_limits::sentence(&operation.rate_limits) {
        docs = docs.line(limits);
    }
    docs = docs.line(credentials(operation));
    if operation.certificate() {
        docs = docs.line(
            "To send a client certificate, configure the builder of an HTTP client with it, and pass the builder to \
             [`http_client`](wirecrate_runtime::ClientBuilder::http_client).",
        );
    }
    if !operation.scopes.is_empty() {
        let scopes: Vec<_> = operation.scopes.iter().map(|scope| code(scope)).collect();
        docs = docs.line(format!("Scopes, for credentials that have scopes: {}.", scopes.join(", ")));
    }
    if !operation.examples.is_empty() {
        docs = docs.heading("Examples");
    }
    for example in &operation.examples {
        docs = docs.text(example.summary.as_deref()).block(examples::doc_example(scope, operation, example));
    }
    errors(docs, scope, operation).source(&operation.origin)
}

/// The media type of the body if there are several, and the methods for the others.
fn body_docs(docs: DocText, scope: &Scope<'_>, operation: &Operation) -> DocText {
    let Some(request) = operation.request.as_ref() else { return docs };
    let docs = if request.format == BodyFormat::Bytes {
        docs.line(format!(
            "The media type of the body is {}, unless its [`ByteSource`](crate::ByteSource) has another one.",
            code(&request.media_type)
        ))
    } else {
        docs
    };
    if request.media_types.len() < 2 && operation.variant.is_none() {
        return docs;
    }
    let others = scope.api.operations.iter();
    let others = others.filter(|other| other.origin == operation.origin && other.name != operation.name);
    let others = others.filter_map(|other| {
        let media_type = code(&other.request.as_ref()?.media_type);
        Some(format!("[`{0}`](crate::Client::{0}) ({media_type})", other.name))
    });
    match others.collect::<Vec<_>>() {
        others if others.is_empty() => docs,
        others => docs.line(format!(
            "The body is sent as {}. For other media types, use {}.",
            code(&request.media_type),
            others.join(", ")
        )),
    }
}

/// The parameters by their names in the description, required ones first.
fn parameter_docs(docs: DocText, scope: &Scope<'_>, operation: &Operation) -> DocText {
    let Some(id) = operation.parameters else { return docs };
    let names = |required: bool| {
        let fields = scope.api[id].fields().iter().filter(move |field| field.required == required);
        fields.map(|field| code(&field.wire_name)).collect::<Vec<_>>().join(", ")
    };
    let sentence = match (names(true), names(false)) {
        (required, optional) if optional.is_empty() => format!("Parameters: {required}."),
        (required, optional) if required.is_empty() => format!("Parameters, all optional: {optional}."),
        (required, optional) => format!("Parameters: {required}; optional: {optional}."),
    };
    docs.line(sentence)
}

/// The ways to receive bytes.
const BYTES: &str = "The call returns the body as received; [`max_response_bytes`](wirecrate_runtime::Call::max_response_bytes) limits its size, \
     [`stream`](wirecrate_runtime::Call::stream) returns it in pieces, and \
     [`with_response`](wirecrate_runtime::Call::with_response) also returns its `Content-Type`.";

/// The response, as far as its type does not describe it.
fn response_docs(mut docs: DocText, operation: &Operation) -> DocText {
    match &operation.response.value {
        ResponseValue::Headers => {
            docs =
                docs.line("The response only contains headers; see [`Response::headers`](crate::Response::headers).");
        }
        ResponseValue::Body { body, may_be_empty } => {
            if body.ty == TypeRef::Bytes {
                docs = docs.line(BYTES);
            }
            if *may_be_empty {
                docs = docs.line("Returns `None` if a successful response has no body.");
            }
        }
        ResponseValue::Nothing | ResponseValue::ByStatus(_) => {}
    }
    if let Some(definition) = &operation.header_struct {
        let names: Vec<_> = definition.headers.iter().map(|header| code(&header.wire_name)).collect();
        docs = docs.line(format!(
            "Headers of responses: {}; see [`{name}`](crate::responses::{name}).",
            names.join(", "),
            name = definition.name
        ));
    }
    let redirects = operation.statuses.iter().filter(|response| response.kind == StatusKind::Redirect);
    let redirects: Vec<_> = redirects.map(|response| code(&response.status)).collect();
    if !redirects.is_empty() {
        docs = docs.line(format!(
            "A redirect ({}) is not followed but returned as [`Error::Status`](crate::Error::Status), with its `Location` \
             in [`Error::headers`](crate::Error::headers).",
            redirects.join(", ")
        ));
    }
    docs
}

/// The benefit of choosing the id of a message.
fn message_id(MessageId { field, required }: &MessageId) -> String {
    let what = if *required {
        format!("Choose the id in `{field}` yourself.")
    } else {
        format!("Set `{field}` to an id of your choice.")
    };
    format!(
        "{what} If the outcome is unknown, the error contains this id ([`Error::message_id`](crate::Error::message_id)). \
         [`Retry::Ambiguous`](crate::Retry::Ambiguous) requires it."
    )
}

/// The alternatives, in the order in which the client tries them.
fn credentials(operation: &Operation) -> String {
    let link = |name: &str| format!("[`{name}`](crate::Credentials::{name})");
    let together = |requirement: &SecurityRequirement| {
        let links = requirement.names().into_iter().map(link);
        links
            .chain(requirement.certificate.then(|| "a client certificate".to_owned()))
            .collect::<Vec<_>>()
            .join(" and ")
    };
    let mut alternatives: Vec<String> = Vec::new();
    for text in operation.security.iter().map(together).filter(|text| !text.is_empty()) {
        if !alternatives.contains(&text) {
            alternatives.push(text);
        }
    }
    let optional = if operation.is_anonymous() { ", optional" } else { "" };
    match &alternatives[..] {
        [] => "Credentials: none.".to_owned(),
        [only] => format!("Credentials{optional}: {only}."),
        several if several.iter().any(|text| text.contains(" and ")) => {
            format!("Credentials{optional}: either {}.", several.join(", or "))
        }
        several => format!("Credentials{optional}: any of {}.", several.join(", ")),
    }
}

/// The errors of the call, and the statuses that the description lists.
fn errors(docs: DocText, scope: &Scope<'_>, operation: &Operation) -> DocText {
    let failures = operation.statuses.iter().filter(|response| response.kind != StatusKind::Success);
    let statuses = failures.clone().map(|response| {
        let types = if operation.error_types.is_empty() { &[][..] } else { &*response.error_bodies };
        let types = types.iter().map(|id| &*scope.api[*id].name);
        let types: Vec<_> = types.map(|name| format!("[`{name}`](crate::models::{name})")).collect();
        let body = if types.is_empty() { String::new() } else { format!(" (body: {})", types.join(" or ")) };
        format!("{}{body}: {}", code(&response.status), line(&response.description))
    });
    let names = if failures.clone().next().is_some() { " Documented statuses:" } else { "" };
    docs.heading("Errors")
        .line("Returns [`Error::Violations`](crate::Error::Violations) if the request violates a constraint. In that case, nothing is sent.")
        .line(format!("Returns [`Error::Status`](crate::Error::Status) if the service responds with an error status.{names}"))
        .list(statuses)
        .line("Returns another variant if there is no response or if the response cannot be decoded.")
        .line("[`Error::outcome`](crate::Error::outcome) indicates whether the service may have acted on the request.")
}
