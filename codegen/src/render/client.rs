//! `client.rs`: the client and a method for each operation.

pub(crate) mod credentials;
pub(crate) mod errors;
mod method_docs;
mod methods;
mod rate_limits;

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{DocText, code};
use super::scope::{Scope, gate, ident};
use crate::api::{Group, Operation};

pub(crate) fn render_client(scope: &Scope<'_>) -> TokenStream {
    let docs = DocText::new().line("The client, with a method for each operation.").inner();
    let (state, start, next) = match (scope.api.needs_credentials(), scope.api.credentials.is_empty()) {
        (true, _) => ("NoCredentials", "new", "Set the credentials, then call"),
        (false, false) => ("Anonymous", "anonymous", "Set credentials for the operations that require them, then call"),
        (false, true) => ("Anonymous", "anonymous", "Call"),
    };
    let (state, start) = (scope.runtime(state), ident(start));
    let start_docs = DocText::new()
        .line(format!(
            "Returns a builder for a client of the account at `base_url`, such as {}.",
            code(&scope.api.samples.base_url)
        ))
        .line(format!(
            "`https://` is assumed if the URL has no scheme. Plain `http` is accepted only for servers on the local machine. \
             {next} [`build`](wirecrate_runtime::ClientBuilder::build)."
        ))
        .outer();
    let grouped: HashSet<usize> = scope.api.groups.iter().flat_map(|group| &group.operations).copied().collect();
    let operations = scope.api.operations.iter().enumerate();
    let own = operations.filter(|(index, _)| !grouped.contains(index)).map(|(_, operation)| operation);
    let call_docs = method_docs::render_call_docs();
    let [call, client, client_builder] = ["Call", "Client", "ClientBuilder"].map(|name| scope.runtime(name));
    let error_body = scope.krate("error::ErrorBody");
    let methods = own.map(|operation| methods::render_method(scope, operation));
    let groups = scope.api.groups.iter().map(|group| {
        let gate = group.feature.and_then(|feature| gate(scope.api, &[feature]));
        let name = ident(&group.name);
        quote!(#gate mod #name;)
    });
    // Without its features, the crate may have no method.
    let has_gated = scope.api.groups.iter().any(|group| group.feature.is_some());
    let unread = has_gated.then(|| quote!(#[cfg_attr(not(feature = "default"), allow(dead_code))]));
    let head = quote!(#docs #(#groups)*);
    let items = quote! {
        #call_docs
        pub type Call<'a, B, R> = #call<'a, B, R, #error_body>;

        /// A builder for [`Client`], returned by [`Client::builder`].
        pub type ClientBuilder<C = #state> = #client_builder<Client, C>;

        /// A client for the service. Cloning is cheap, and clones share one connection pool.
        #[derive(Clone, Debug)]
        pub struct Client {
            #unread
            inner: #client,
        }

        impl Client {
            #start_docs
            pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
                ClientBuilder::#start(base_url, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            }

            #(#methods)*
        }

        #[doc(hidden)]
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
    let docs =
        DocText::new().line(format!("Methods of the client for operations with the tag {}.", code(&group.tag))).inner();
    let operations: Vec<&Operation> = group.operations.iter().map(|index| &scope.api.operations[*index]).collect();
    let methods = operations.iter().map(|operation| methods::render_method(scope, operation));
    // The return type of the methods.
    scope.parent("Call");
    let client = scope.parent("Client");
    let items = quote! {
        impl #client {
            #(#methods)*
        }
    };
    scope.page(&docs, &items)
}
