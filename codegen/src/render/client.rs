//! `client.rs`: the client and a method for each operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{DocText, clean};
use super::types::render_type;
use super::{examples, ident, imports};
use crate::api::{Api, Credential, Operation, RateLimit};

pub(super) fn render_client(api: &Api) -> TokenStream {
    let docs = DocText::new().line("The client: a method for each operation.").inner();
    // Without security schemes there is nothing to prove.
    let (state, start, next) = if api.credentials.is_empty() {
        ("Anonymous", "anonymous", "Then [`build`](infobip_runtime::ClientBuilder::build).")
    } else {
        ("NoCredentials", "new", "Give credentials, then [`build`](infobip_runtime::ClientBuilder::build).")
    };
    let (state, start, next) = (ident(state), ident(start), DocText::new().line(next).outer());
    let imports = imports::for_client(api, &state);
    let methods = api.operations.iter().map(|operation| render_method(api, operation));
    quote! {
        #docs
        #imports

        /// A call, sent when it is awaited.
        ///
        /// Before that, it takes settings of its own:
        /// [`timeout`](infobip_runtime::Call::timeout), [`unchecked`](infobip_runtime::Call::unchecked)
        /// and [`with_response`](infobip_runtime::Call::with_response).
        pub type Call<'a, B, R> = infobip_runtime::Call<'a, B, R, ErrorBody>;

        /// Makes a [`Client`]; see [`Client::builder`].
        pub type ClientBuilder<C = #state> = infobip_runtime::ClientBuilder<Client, C>;

        /// Sends requests to the service. Cloning is cheap; clones share their connections.
        #[derive(Clone, Debug)]
        pub struct Client {
            inner: infobip_runtime::Client,
        }

        impl Client {
            /// Starts a client of the account at a base URL, such as `https://xyz.api.infobip.com`.
            ///
            /// `https://` is added where there is no scheme; plain `http` is for servers on this machine.
            #next
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

fn render_method(api: &Api, operation: &Operation) -> TokenStream {
    let docs = render_method_docs(api, operation).outer();
    let name = ident(&operation.name);
    let argument = ident(&operation.request.argument);
    let request = ident(&api[operation.request.ty].name);
    let reply = operation.reply.as_ref().map_or_else(|| quote!(()), |ty| render_type(api, ty));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated = "the description advises against it"]));
    let (id, path) = (&operation.id, &operation.path);
    let method = format_ident!("{}", operation.method);
    quote! {
        #docs
        #deprecated
        pub fn #name<'a>(&'a self, #argument: &'a #request) -> Call<'a, #request, #reply> {
            static OPERATION: Operation = Operation::new(#id, Method::#method, #path);
            self.inner.call(&OPERATION, #argument).check_with(#request::validate)
        }
    }
}

fn render_method_docs(api: &Api, operation: &Operation) -> DocText {
    let mut docs = DocText::new()
        .docs(&operation.docs)
        .or(|| format!("`{}`.", operation.id))
        .line(format!("`{} {}`", operation.method, operation.path))
        .line("Await the call to send it; what is sent is checked first. [`Call`] tells what can be set for one call.");
    for limit in &operation.rate_limits {
        docs = docs.line(rate_limit(*limit));
    }
    docs = docs.line(credentials(api, operation));
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

fn rate_limit(RateLimit { requests, seconds }: RateLimit) -> String {
    let period = match seconds {
        1 => "second".to_owned(),
        60 => "minute".to_owned(),
        3600 => "hour".to_owned(),
        86_400 => "day".to_owned(),
        seconds => format!("{seconds} seconds"),
    };
    let plural = if requests == 1 { "request" } else { "requests" };
    format!("Rate limit of the service: {requests} {plural} per {period} and account.")
}

fn credentials(api: &Api, operation: &Operation) -> String {
    let accepted = |credential: &&Credential| operation.credentials.contains(&credential.wire_name);
    let links = api
        .credentials
        .iter()
        .filter(accepted)
        .map(|credential| format!("[`{0}`](crate::Credentials::{0})", credential.name));
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
    let statuses =
        failures.map(|response| format!("`{}`: {}", response.status, clean(&response.description).replace('\n', " ")));
    docs.line("# Errors")
        .line("[`Error::Violations`](crate::Error::Violations) where the request breaks a constraint; nothing is sent then.")
        .line("[`Error::Status`](crate::Error::Status) where the service refuses it. The description names these statuses:")
        .list(statuses)
        .line("The other variants tell of a call that got no reply, or one that cannot be read.")
}
