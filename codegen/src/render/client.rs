//! `client.rs`: the client and a method for each operation.

pub(crate) mod credentials;
pub(crate) mod errors;
mod rate_limits;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{DocText, clean, code};
use super::scope::{Scope, ident};
use super::types::{render_borrowed, render_type};
use super::{checks, examples};
use crate::api::{BodyFormat, Group, MessageId, Operation, RequestBody, ResponseFormat, TypeRef};

/// The media type that the runtime takes for granted.
const JSON: &str = "application/json";

pub(crate) fn render_client(scope: &Scope<'_>) -> TokenStream {
    let docs = DocText::new().line("The client: a method for each operation.").inner();
    // Without security schemes there is nothing to prove.
    let (state, start, next) = if scope.api.credentials.is_empty() {
        ("Anonymous", "anonymous", "Then")
    } else {
        ("NoCredentials", "new", "Give credentials, then")
    };
    let (state, start) = (scope.runtime(state), ident(start));
    let start_docs = DocText::new()
        .line(format!("Starts a client of the account at a base URL, such as `{}`.", scope.api.samples.base_url))
        .line(format!(
            "`https://` is added where there is no scheme; plain `http` is for servers on this machine. \
             {next} [`build`](wirecrate_runtime::ClientBuilder::build)."
        ))
        .outer();
    let is_grouped = |index: &usize| scope.api.groups.iter().any(|group| group.operations.contains(index));
    let own: Vec<_> = (0..scope.api.operations.len()).filter(|index| !is_grouped(index)).collect();
    let own: Vec<&Operation> = own.into_iter().map(|index| &scope.api.operations[index]).collect();
    let call_docs = render_call_docs();
    let [call, client, client_builder] = ["Call", "Client", "ClientBuilder"].map(|name| scope.runtime(name));
    let error_body = scope.krate("error::ErrorBody");
    let methods = own.iter().map(|operation| render_method(scope, operation));
    let groups = scope.api.groups.iter().map(|group| {
        let name = ident(&group.name);
        quote!(mod #name;)
    });
    let head = quote!(#docs #(#groups)*);
    let items = quote! {
        #call_docs
        pub type Call<'a, B, R> = #call<'a, B, R, #error_body>;

        /// Makes a [`Client`]; see [`Client::builder`].
        pub type ClientBuilder<C = #state> = #client_builder<Client, C>;

        /// Sends requests to the service. Cloning is cheap; clones share their connections.
        #[derive(Clone, Debug)]
        pub struct Client {
            inner: #client,
        }

        impl Client {
            #start_docs
            pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
                ClientBuilder::#start(base_url, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            }

            #(#methods)*
        }

        impl From<#client> for Client {
            fn from(inner: #client) -> Self {
                Self { inner }
            }
        }
    };
    scope.page(&head, &items)
}

/// `client/….rs`: the methods of one group.
pub(crate) fn render_group(scope: &Scope<'_>, group: &Group) -> TokenStream {
    let docs = DocText::new().line(format!("The methods of the client that are tagged {}.", code(&group.tag))).inner();
    let operations: Vec<&Operation> = group.operations.iter().map(|index| &scope.api.operations[*index]).collect();
    let methods = operations.iter().map(|operation| render_method(scope, operation));
    // The methods return calls.
    scope.parent("Call");
    let client = scope.parent("Client");
    let items = quote! {
        impl #client {
            #(#methods)*
        }
    };
    scope.page(&docs, &items)
}

/// What one call can be told; the setting of a feature has no link, which would lead nowhere without the feature.
fn render_call_docs() -> TokenStream {
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

fn render_method(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let docs = render_method_docs(scope, operation).outer();
    let name = ident(&operation.name);
    let body = operation.request.as_ref().map(|request| render_borrowed(scope, &request.ty));
    let reply = render_reply(scope, operation);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated = "the description advises against it"]));
    let (operation_type, description) = (scope.runtime("Operation"), render_description(scope, operation));
    let parameters = operation.parameters.map(|id| scope.model(id));
    let call = render_start(scope, operation.request.as_ref());
    let checks = operation.request.as_ref().map(|request| render_body_settings(scope, request));
    let sets_parameters = parameters.as_ref().map(|ty| quote!(.parameters(parameters, #ty::validate, #ty::write)));
    let whole = operation.response.only_headers.then(|| quote!(.with_response()));
    // A second reference, which the call borrows, is told from the others by a lifetime.
    let (lifetime, call_type) = match &body {
        Some(body) => (quote!('a), quote!(Call<'a, #body, #reply>)),
        None => (TokenStream::new(), quote!(Call<'_, (), #reply>)),
    };
    let generics = body.as_ref().map(|_| quote!(<'a>));
    let parameters = parameters.map(|ty| quote!(, parameters: &#ty));
    let argument = operation.request.as_ref().zip(body).map(|(request, body)| {
        let name = ident(&request.argument);
        if request.required { quote!(, #name: &'a #body) } else { quote!(, #name: Option<&'a #body>) }
    });
    quote! {
        #docs
        #deprecated
        pub fn #name #generics(&#lifetime self #parameters #argument) -> #call_type {
            static OPERATION: #operation_type = #description;
            #call #checks #sets_parameters.build()#whole
        }
    }
}

/// The type of the reply, as the caller sees it.
fn render_reply(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let reply = &operation.response;
    if reply.only_headers {
        let response = scope.runtime("Response");
        return quote!(#response<()>);
    }
    let Some(ty) = &reply.ty else { return quote!(()) };
    let ty = render_type(scope, ty);
    if reply.may_be_empty { quote!(Option<#ty>) } else { ty }
}

/// What the runtime must know of an operation; what is usual is not said.
fn render_description(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (id, path, reply) = (&operation.id, &operation.path, &operation.response);
    let (operation_type, methods) = (scope.runtime("Operation"), scope.runtime("Method"));
    let method = ident(&operation.method);
    let request = operation.request.as_ref();
    let content_type = request
        .filter(|request| request.format != BodyFormat::Multipart && request.media_type != JSON)
        .map(|RequestBody { media_type, .. }| quote!(.content_type(#media_type)));
    let accept = &reply.accept;
    let format = match reply.format {
        ResponseFormat::Json => ident("Json"),
        ResponseFormat::Text => ident("Text"),
        ResponseFormat::Bytes => ident("Bytes"),
    };
    let is_usual = reply.format == ResponseFormat::Json && accept == JSON;
    let format = (!is_usual).then(|| {
        let formats = scope.runtime("ReplyFormat");
        quote!(.reply(#formats::#format, #accept))
    });
    let empty = reply.may_be_empty.then(|| quote!(.reply_may_be_empty()));
    let is_json = reply.ty.is_some() && reply.format == ResponseFormat::Json;
    let whole_numbers = (scope.api.whole_numbers && is_json).then(|| quote!(.whole_numbers()));
    let rate_limits = rate_limits::render_limits(scope, &operation.rate_limits);
    quote!(#operation_type::new(#id, #methods::#method, #path)#content_type #format #empty #whole_numbers #rate_limits)
}

/// The builder of a call, with the body if there is one.
fn render_start(scope: &Scope<'_>, request: Option<&RequestBody>) -> TokenStream {
    let builder = scope.runtime("CallBuilder");
    let Some(request) = request else { return quote!(#builder::without_body(&self.inner, &OPERATION)) };
    let argument = ident(&request.argument);
    let payload = || scope.runtime("Payload");
    let (ty, encode) = match request.format {
        BodyFormat::Json if request.required => {
            return quote!(#builder::json(&self.inner, &OPERATION, #argument));
        }
        BodyFormat::Json => (payload(), ident("json")),
        BodyFormat::Text => (payload(), ident("text")),
        BodyFormat::Bytes => (payload(), ident("bytes")),
        BodyFormat::Form | BodyFormat::Multipart => (render_borrowed(scope, &request.ty), ident("encode")),
    };
    let body = if request.required { quote!(Some(#argument)) } else { quote!(#argument) };
    quote!(#builder::new(&self.inner, &OPERATION, #body, #ty::#encode))
}

/// The check of a body, and where its id is.
fn render_body_settings(scope: &Scope<'_>, request: &RequestBody) -> TokenStream {
    let check = match scope.api.validated(&request.ty) {
        Some(id) => {
            let ty = scope.model(id);
            Some(quote!(#ty::validate))
        }
        None => checks::render_body_check(scope, &request.checks),
    };
    let check = check.map(|check| quote!(.check_with(#check)));
    let message_id = request.message_id.as_ref().map(|id| render_message_id(request, id));
    quote!(#check #message_id)
}

fn render_message_id(request: &RequestBody, id: &MessageId) -> TokenStream {
    let (argument, field) = (ident(&request.argument), ident(&id.field));
    let value = if id.required { quote!(Some(&#argument.#field)) } else { quote!(#argument.#field.as_deref()) };
    quote!(.message_id_with(|#argument| #value))
}

fn render_method_docs(scope: &Scope<'_>, operation: &Operation) -> DocText {
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
