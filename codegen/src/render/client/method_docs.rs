//! The documentation of calls and of the methods that start them.

use proc_macro2::TokenStream;

use super::rate_limits;
use crate::api::{MessageId, Operation, TypeRef};
use crate::render::docs::{DocText, clean, code};
use crate::render::examples;
use crate::render::scope::Scope;

/// What one call can be told; the setting of a feature has no link, which would lead nowhere without the feature.
pub(super) fn render_call_docs() -> TokenStream {
    let setting = |name: &str, what: &str| format!("[`{name}`](wirecrate_runtime::Call::{name}): {what}");
    let settings = [
        setting("timeout", "the time for the whole call, all attempts and all waiting included;"),
        setting("attempt_timeout", "the time for one attempt;"),
        setting("retry", "which failures are tried again, by a [`Retry`](crate::Retry);"),
        setting("header", "one more header of the request;"),
        setting("unchecked", "sends the request without checking its constraints;"),
        setting("max_reply_bytes", "how many bytes of the reply are read;"),
        setting("with_response", "gives status, headers and raw body beside the decoded body."),
    ];
    DocText::new()
        .line("A call, sent when it is awaited.")
        .line("Before that, it takes settings of its own:")
        .list(settings.into_iter())
        .line("With the feature `blocking`, `.wait()` stands in place of `.await` where the caller is not async.")
        .outer()
}

pub(super) fn render_method_docs(scope: &Scope<'_>, operation: &Operation) -> DocText {
    let mut docs = DocText::new()
        .docs(&operation.docs)
        .or(|| format!("`{}`.", operation.id))
        .line(format!("`{} {}`", operation.method, operation.path))
        .line("Await the call to send it; what is sent is checked first. [`Call`] tells what can be set for one call.");
    docs = reply_docs(parameter_docs(docs, scope, operation), operation);
    if let Some(id) = operation.request.as_ref().and_then(|request| request.message_id.as_ref()) {
        docs = docs.line(message_id(id));
    }
    if let Some(limits) = rate_limits::sentence(&operation.rate_limits) {
        docs = docs.line(limits);
    }
    docs = docs.line(credentials(operation));
    if operation.certificate {
        docs = docs.line(
            "The service may ask for a certificate of the client: bring an HTTP client that has one, with \
             [`http_client`](wirecrate_runtime::ClientBuilder::http_client).",
        );
    }
    if !operation.scopes.is_empty() {
        docs = docs.line(format!("Scopes, for those that have some: `{}`.", operation.scopes.join("`, `")));
    }
    if !operation.examples.is_empty() {
        docs = docs.line("# Examples");
    }
    for example in &operation.examples {
        docs = docs.text(example.summary.as_deref()).block(examples::doc_example(scope, operation, example));
    }
    errors(docs, operation).source(&operation.origin)
}

/// The parameters, by the names of the description, required ones first.
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

/// What is unusual about the reply.
fn reply_docs(mut docs: DocText, operation: &Operation) -> DocText {
    let reply = &operation.response;
    if reply.only_headers {
        docs = docs.line("The reply is its headers: [`Response::headers`](crate::Response::headers).");
    } else if reply.ty == Some(TypeRef::Bytes) {
        docs = docs.line(
            "The reply is the body as it came, as long as the client reads \
             ([`max_reply_bytes`](wirecrate_runtime::Call::max_reply_bytes)); \
             [`with_response`](wirecrate_runtime::Call::with_response) gives its `Content-Type`, too.",
        );
    }
    if reply.may_be_empty {
        docs = docs.line("`None` where a success comes without a body.");
    }
    let redirects = operation.statuses.iter().filter(|response| response.status.starts_with('3'));
    let redirects: Vec<_> = redirects.map(|response| code(&response.status)).collect();
    if !redirects.is_empty() {
        docs = docs.line(format!(
            "A redirect ({}) is not followed: it is an [`Error::Status`](crate::Error::Status), and \
             [`Error::headers`](crate::Error::headers) has the `Location` that it names.",
            redirects.join(", ")
        ));
    }
    docs
}

/// What it is good for to choose the id of a message.
fn message_id(MessageId { field, required }: &MessageId) -> String {
    let what = if *required {
        format!("The id in `{field}` is yours to choose:")
    } else {
        format!("Give the request an id of your own, in `{field}`:")
    };
    format!(
        "{what} a failure whose outcome is unknown carries it ([`Error::message_id`](crate::Error::message_id)), and \
         [`Retry::Ambiguous`](crate::Retry::Ambiguous) works only with it."
    )
}

fn credentials(operation: &Operation) -> String {
    let links = operation.credentials.iter().map(|name| format!("[`{name}`](crate::Credentials::{name})"));
    let links: Vec<_> = links.collect();
    if links.is_empty() {
        "Credentials: none are asked for.".to_owned()
    } else {
        format!("Credentials, any of: {}.", links.join(", "))
    }
}

/// When the call fails, and the statuses that the description names.
fn errors(docs: DocText, operation: &Operation) -> DocText {
    // Where no other success is described, `default` is the one.
    let has_success = operation.statuses.iter().any(|response| response.status.starts_with('2'));
    let failures = operation.statuses.iter().filter(move |response| match &*response.status {
        "default" => has_success,
        status => !status.starts_with('2'),
    });
    let statuses = failures
        .clone()
        .map(|response| format!("`{}`: {}", response.status, clean(&response.description).replace('\n', " ")));
    let names = if failures.clone().next().is_some() { " The description names these statuses:" } else { "" };
    docs.line("# Errors")
        .line("[`Error::Violations`](crate::Error::Violations) where the request breaks a constraint; nothing is sent then.")
        .line(format!("[`Error::Status`](crate::Error::Status) where the service refuses it.{names}"))
        .list(statuses)
        .line("The other variants tell of a call that got no reply, or one that cannot be read.")
        .line(
            "[`Error::outcome`](crate::Error::outcome) says of each failure whether the service can have acted on the request.",
        )
}
