//! `credentials.rs`: one constructor for each security scheme.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Credential, Scheme};
use crate::render::docs::{DocText, code};
use crate::render::scope::{Scope, ident};

pub(crate) fn render_credentials(scope: &Scope<'_>) -> TokenStream {
    let docs = DocText::new().line("The credentials of the client.").inner();
    let credentials = scope.runtime("Credentials");
    let constructors = scope.api.credentials.iter().map(|credential| render_constructor(credential, &credentials));
    let items = quote! {
        /// Credentials, sent in the `Authorization` header.
        ///
        /// They are validated when the client is built. `Debug` output never contains them.
        #[derive(Clone, Debug)]
        pub struct Credentials(#credentials);

        impl Credentials {
            #(#constructors)*
        }

        #[doc(hidden)]

        impl From<Credentials> for #credentials {
            fn from(credentials: Credentials) -> Self {
                credentials.0
            }
        }
    };
    scope.page(&docs, &items)
}

fn render_constructor(credential: &Credential, credentials: &TokenStream) -> TokenStream {
    let name = ident(&credential.name);
    let docs = DocText::new()
        .line(format!("Creates credentials for the security scheme {}.", code(&credential.wire_name)))
        .text(credential.description.as_deref())
        .source(&credential.origin)
        .outer();
    let (arguments, value) = match &credential.scheme {
        Scheme::Key { prefix: Some(prefix) } => {
            (quote!(secret: impl Into<String>), quote!(#credentials::with_prefix(#prefix, secret)))
        }
        Scheme::Key { prefix: None } => (quote!(secret: impl Into<String>), quote!(#credentials::plain(secret))),
        Scheme::Basic => (
            quote!(username: impl AsRef<str>, password: impl AsRef<str>),
            quote!(#credentials::basic(username, password)),
        ),
        Scheme::Bearer => (quote!(token: impl Into<String>), quote!(#credentials::bearer(token))),
    };
    quote! {
        #docs
        pub fn #name(#arguments) -> Self {
            Self(#value)
        }
    }
}
