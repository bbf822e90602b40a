//! `credentials.rs`: one constructor for each security scheme.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::api::{AUTHORIZATION, Credential, Scheme, Slot};
use crate::render::docs::{DocText, code};
use crate::render::scope::{Scope, ident};

pub(crate) fn render_credentials(scope: &Scope<'_>) -> TokenStream {
    let docs = DocText::new().line("The credentials of the client.").inner();
    let required: Vec<_> =
        scope.api.credentials.iter().filter_map(|credential| Some((credential, credential.slot.as_ref()?))).collect();
    let items = if required.is_empty() { render_plain(scope) } else { render_stateful(scope, &required) };
    scope.page(&docs, &items)
}

/// Credentials of any schemes.
fn render_plain(scope: &Scope<'_>) -> TokenStream {
    let (type_docs, credentials) = (render_type_docs(&scope.api.credentials), scope.runtime("Credentials"));
    let constructors = scope
        .api
        .credentials
        .iter()
        .map(|credential| render_constructor(credential, &credentials, |value| quote!(Self(#value))));
    let join = (scope.api.credentials.len() > 1).then(|| {
        let docs = render_join_docs();
        quote! {
            #docs
            #[must_use]
            pub fn and(self, other: Self) -> Self {
                Self(self.0.and(other.0))
            }
        }
    });
    quote! {
        #type_docs
        #[derive(Clone, Debug)]
        pub struct Credentials(#credentials);

        impl Credentials {
            #(#constructors)*
            #join
        }

        #[doc(hidden)]

        impl From<Credentials> for #credentials {
            fn from(credentials: Credentials) -> Self {
                credentials.0
            }
        }
    }
}

/// Credentials whose type shows which of the required ones they include; see `credentials::states` in the runtime.
fn render_stateful(scope: &Scope<'_>, required: &[(&Credential, &Slot)]) -> TokenStream {
    let (type_docs, credentials) = (render_type_docs(&scope.api.credentials), scope.runtime("Credentials"));
    let [held, unset, join] = ["Held", "Unset", "Join"].map(|name| scope.runtime(name));
    let phantom = scope.std("marker::PhantomData");
    let parameters: Vec<_> = required.iter().map(|(_, slot)| ident(&slot.parameter)).collect();
    let others: Vec<_> = parameters.iter().map(|name| format_ident!("Other{name}")).collect();
    let markers: Vec<_> = required.iter().map(|(_, slot)| ident(&slot.marker)).collect();
    let constructors = scope.api.credentials.iter().map(|credential| {
        let states = required.iter().map(|(other, _)| if other.name == credential.name { &held } else { &unset });
        let constructor =
            render_constructor(credential, &credentials, |value| quote!(Self { inner: #value, held: #phantom }));
        quote! {
            impl Credentials<#(#states),*> {
                #constructor
            }
        }
    });
    let traits =
        required.iter().zip(&markers).map(|((credential, _), marker)| render_marker(credential, marker, &held));
    let join_docs = render_join_docs();
    quote! {
        #type_docs
        #[derive(Clone, Debug)]
        pub struct Credentials<#(#parameters = #held),*> {
            inner: #credentials,
            held: #phantom<(#(#parameters,)*)>,
        }

        #(#constructors)*

        impl<#(#parameters),*> Credentials<#(#parameters),*> {
            #join_docs
            #[must_use]
            pub fn and<#(#others),*>(self, other: Credentials<#(#others),*>) -> Credentials<#(#parameters::Joined),*>
            where
                #(#parameters: #join<#others>,)*
            {
                Credentials { inner: self.inner.and(other.inner), held: #phantom }
            }
        }

        #(#traits)*

        #[doc(hidden)]

        impl<#(#parameters: #markers),*> From<Credentials<#(#parameters),*>> for #credentials {
            fn from(credentials: Credentials<#(#parameters),*>) -> Self {
                credentials.inner
            }
        }
    }
}

/// The trait whose message the compiler prints if required credentials are missing.
fn render_marker(credential: &Credential, marker: &Ident, held: &TokenStream) -> TokenStream {
    let name = &credential.name;
    let docs = DocText::new().line(format!("Implemented if the credentials include those for {}.", code(name))).outer();
    let message = format!("the credentials for `{name}` are missing");
    let label = format!("add `.and(Credentials::{name}(..))`");
    quote! {
        #docs
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = "every operation of the service requires them")]
        pub trait #marker {}

        #[doc(hidden)]
        impl #marker for #held {}
    }
}

fn render_join_docs() -> TokenStream {
    DocText::new().line("Adds other credentials. They replace those of the same schemes.").outer()
}

fn render_type_docs(credentials: &[Credential]) -> TokenStream {
    let in_header = credentials.iter().all(|credential| credential.scheme.slot().1 == AUTHORIZATION);
    let mut docs = DocText::new()
        .line(if in_header {
            "Credentials, sent in the `Authorization` header."
        } else {
            "Credentials, sent with each request that requires them."
        })
        .line("They are validated when the client is built. `Debug` output never contains them.");
    let required: Vec<_> = credentials.iter().filter(|credential| credential.slot.is_some()).collect();
    let links: Vec<_> = required.iter().map(|credential| format!("[`{0}`](Self::{0})", credential.name)).collect();
    if !links.is_empty() {
        docs = docs.line(format!("Every operation requires {}.", links.join(" and ")));
    }
    if credentials.len() > 1 {
        docs = docs.line(
            "Use [`and`](Self::and) to hold the credentials of several schemes. A request is sent with the first of the \
             alternatives in the documentation of its operation for which all credentials are present.",
        );
    }
    docs.outer()
}

/// A constructor; `wrap` makes the result from the credentials of the runtime.
fn render_constructor(
    credential: &Credential,
    credentials: &TokenStream,
    wrap: impl Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let scheme = &credential.name;
    let name = ident(scheme);
    let docs = DocText::new()
        .line(format!("Creates credentials for the security scheme {}.", code(&credential.wire_name)))
        .text(place(&credential.scheme).as_deref())
        .text(credential.description.as_deref())
        .source(&credential.origin)
        .outer();
    let (arguments, value) = match &credential.scheme {
        Scheme::Header { prefix: Some(prefix), .. } => {
            (quote!(secret: impl Into<String>), quote!(with_prefix(#scheme, #prefix, secret)))
        }
        Scheme::Header { name, prefix: None } => {
            (quote!(secret: impl Into<String>), quote!(header(#scheme, #name, secret)))
        }
        Scheme::Query { name } => (quote!(secret: impl Into<String>), quote!(query(#scheme, #name, secret))),
        Scheme::Cookie { name } => (quote!(secret: impl Into<String>), quote!(cookie(#scheme, #name, secret))),
        Scheme::Basic => {
            (quote!(username: impl AsRef<str>, password: impl AsRef<str>), quote!(basic(#scheme, username, password)))
        }
        Scheme::Bearer => (quote!(token: impl Into<String>), quote!(bearer(#scheme, token))),
        Scheme::Http { scheme: word } => {
            (quote!(credentials: impl Into<String>), quote!(http(#scheme, #word, credentials)))
        }
    };
    let value = wrap(quote!(#credentials::#value));
    quote! {
        #docs
        pub fn #name(#arguments) -> Self {
            #value
        }
    }
}

/// The part of a request that a secret is, unless its constructor shows it.
fn place(scheme: &Scheme) -> Option<String> {
    match scheme {
        Scheme::Header { name, .. } if name == AUTHORIZATION => None,
        Scheme::Header { name, .. } => Some(format!("The secret is sent in the header {}.", code(name))),
        Scheme::Query { name } => Some(format!("The secret is sent in the query, as {}.", code(name))),
        Scheme::Cookie { name } => Some(format!("The secret is sent in the cookie {}.", code(name))),
        Scheme::Http { scheme } => Some(format!(
            "The credentials are sent in the `Authorization` header after the word {}, unchanged with each request.",
            code(scheme)
        )),
        Scheme::Basic | Scheme::Bearer => None,
    }
}
