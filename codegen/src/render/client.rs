//! `client.rs`: the client and a method for each operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{DocText, clean};
use super::types::render_type_with;
use super::{examples, ident, imports, limits};
use crate::api::{Api, MessageId, Operation, RequestBody, TypeId};
use crate::names;

pub(super) fn render_client(api: &Api) -> TokenStream {
    let docs = DocText::new().line("The client: a method for each operation.").inner();
    // Without security schemes there is nothing to prove.
    let (state, start, next) = if api.credentials.is_empty() {
        ("Anonymous", "anonymous", "Then")
    } else {
        ("NoCredentials", "new", "Give credentials, then")
    };
    let (state, start) = (ident(state), ident(start));
    let start_docs = DocText::new()
        .line(format!("Starts a client of the account at a base URL, such as `{}`.", api.samples.base_url))
        .line(format!(
            "`https://` is added where there is no scheme; plain `http` is for servers on this machine. \
             {next} [`build`](infobip_runtime::ClientBuilder::build)."
        ))
        .outer();
    let imports = imports::for_client(api, &state);
    let call_docs = render_call_docs();
    let methods = api.operations.iter().map(|operation| render_method(api, operation));
    quote! {
        #docs
        #imports

        #call_docs
        pub type Call<'a, B, R> = infobip_runtime::Call<'a, B, R, ErrorBody>;

        /// Makes a [`Client`]; see [`Client::builder`].
        pub type ClientBuilder<C = #state> = infobip_runtime::ClientBuilder<Client, C>;

        /// Sends requests to the service. Cloning is cheap; clones share their connections.
        #[derive(Clone, Debug)]
        pub struct Client {
            inner: infobip_runtime::Client,
        }

        impl Client {
            #start_docs
            pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
                ClientBuilder::#start(base_url, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            }

            #(#methods)*
        }

        impl From<infobip_runtime::Client> for Client {
            fn from(inner: infobip_runtime::Client) -> Self {
                Self { inner }
            }
        }
    }
}

/// What one call can be told; the setting of a feature has no link, which would lead nowhere without the feature.
fn render_call_docs() -> TokenStream {
    let setting = |name: &str, what: &str| format!("[`{name}`](infobip_runtime::Call::{name}): {what}");
    let settings = [
        setting("timeout", "the time for the whole call, all attempts and all waiting included;"),
        setting("attempt_timeout", "the time for one attempt;"),
        setting("retry", "which failures are tried again, by a [`Retry`](crate::Retry);"),
        setting("header", "one more header of the request;"),
        setting("unchecked", "sends the request without checking its constraints;"),
        setting("with_response", "gives status, headers and raw body beside the decoded body."),
    ];
    DocText::new()
        .line("A call, sent when it is awaited.")
        .line("Before that, it takes settings of its own:")
        .list(settings.into_iter())
        .line("With the feature `blocking`, `.wait()` stands in place of `.await` where the caller is not async.")
        .outer()
}

fn render_method(api: &Api, operation: &Operation) -> TokenStream {
    let docs = render_method_docs(api, operation).outer();
    let name = ident(&operation.name);
    let argument = ident(&operation.request.argument);
    let named = |id| render_model(api, id);
    let request = named(operation.request.ty);
    let reply = operation.reply.as_ref().map_or_else(|| quote!(()), |ty| render_type_with(ty, &named));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated = "the description advises against it"]));
    let (id, path) = (&operation.id, &operation.path);
    let method = format_ident!("{}", operation.method);
    let rate_limits = limits::render_limits(&operation.rate_limits);
    let message_id = operation.request.message_id.as_ref().map(|id| render_message_id(&operation.request, id));
    quote! {
        #docs
        #deprecated
        pub fn #name<'a>(&'a self, #argument: &'a #request) -> Call<'a, #request, #reply> {
            static OPERATION: Operation = Operation::new(#id, Method::#method, #path)#rate_limits;
            self.inner.call(&OPERATION, #argument).check_with(#request::validate)#message_id
        }
    }
}

/// A type of the description, by its path where this file uses its name for something else.
fn render_model(api: &Api, id: TypeId) -> TokenStream {
    let name = &api[id].name;
    let ident = ident(name);
    if names::is_used_by_client(name) { quote!(crate::models::#ident) } else { quote!(#ident) }
}

fn render_message_id(request: &RequestBody, id: &MessageId) -> TokenStream {
    let (argument, field) = (ident(&request.argument), ident(&id.field));
    let value = if id.required { quote!(Some(&#argument.#field)) } else { quote!(#argument.#field.as_deref()) };
    quote!(.message_id_with(|#argument| #value))
}

fn render_method_docs(api: &Api, operation: &Operation) -> DocText {
    let mut docs = DocText::new()
        .docs(&operation.docs)
        .or(|| format!("`{}`.", operation.id))
        .line(format!("`{} {}`", operation.method, operation.path))
        .line("Await the call to send it; what is sent is checked first. [`Call`] tells what can be set for one call.");
    if let Some(id) = &operation.request.message_id {
        docs = docs.line(message_id(id));
    }
    if let Some(limits) = limits::sentence(&operation.rate_limits) {
        docs = docs.line(limits);
    }
    docs = docs.line(credentials(operation));
    if !operation.scopes.is_empty() {
        docs = docs.line(format!("Scopes, for those that have some: `{}`.", operation.scopes.join("`, `")));
    }
    if !operation.examples.is_empty() {
        docs = docs.line("# Examples");
    }
    for example in &operation.examples {
        docs = docs.text(example.summary.as_deref()).block(examples::doc_example(api, operation, example));
    }
    errors(docs, operation).source(&operation.origin)
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
    let failures = operation.responses.iter().filter(|response| !response.status.starts_with('2'));
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
