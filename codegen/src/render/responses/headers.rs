//! The headers of responses, with a method for each.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{HeaderMethod, HeaderStruct, Operation, TypeRef};
use crate::render::docs::{DocText, code};
use crate::render::scope::{Scope, gate, ident};
use crate::render::types::render_type;

pub(super) fn render_headers(scope: &Scope<'_>, operation: &Operation, definition: &HeaderStruct) -> TokenStream {
    let name = ident(&definition.name);
    let method = &operation.name;
    let docs = DocText::new()
        .line(format!("The headers of a response to [`Client::{method}`](crate::Client::{method})."))
        .line(
            "Each header is converted when its method is called, which returns an error if the value is not of the \
             described type. A header may be absent, even if the description requires it.",
        )
        .source(&operation.origin.child("responses"))
        .outer();
    let [headers, header_map] = ["ResponseHeaders", "HeaderMap"].map(|name| scope.runtime(name));
    let methods = definition.headers.iter().map(|header| render_method(scope, header));
    let gate = gate(scope.api, operation.feature.as_slice());
    quote! {
        #docs
        #gate
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'r>(#headers<'r>);

        #gate
        impl<'r> #name<'r> {
            /// Reads the headers of a response or of an error.
            pub fn of(headers: &'r #header_map) -> Self {
                Self(#headers::new(headers))
            }

            #(#methods)*
        }
    }
}

fn render_method(scope: &Scope<'_>, header: &HeaderMethod) -> TokenStream {
    let (name, wire_name) = (ident(&header.name), &header.wire_name);
    let statuses = header.statuses.iter().map(|status| code(status)).collect::<Vec<_>>().join(", ");
    let docs = DocText::new()
        .text(header.description.as_deref())
        .line(format!("The header {}, described for {statuses}.", code(wire_name)))
        .outer();
    let (read, ty) = match &header.ty {
        TypeRef::List(item) => {
            let item = render_type(scope, item);
            (ident("list"), quote!(Vec<#item>))
        }
        ty => {
            let ty = render_type(scope, ty);
            (ident("value"), quote!(Option<#ty>))
        }
    };
    let error = scope.runtime("HeaderError");
    quote! {
        #docs
        pub fn #name(&self) -> Result<#ty, #error> {
            self.0.#read(#wire_name)
        }
    }
}
