//! `webhooks.rs`: events that the service posts to an address of the caller.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::DocText;
use super::scope::{Scope, gate, ident};
use crate::api::{Api, Batch, TypeId};

/// The union of all types of events, and its decoder.
pub(crate) fn render_webhooks(scope: &Scope<'_>) -> TokenStream {
    let docs = DocText::new().line("Events that the service posts to your webhook URL.").inner();
    let own_docs = render_own_docs(scope);
    let variants = scope.api.events.iter().map(|event| {
        let (name, ty) = (ident(&event.name), render_type(scope, event.ty));
        let docs = DocText::new().docs(&event.docs).or(|| format!("The `{}` event.", event.name)).outer();
        let gate = gate(scope.api, &event.features);
        quote!(#docs #gate #name(#ty),)
    });
    let shown = scope.api.events.iter().map(|event| {
        let (gate, text, name) = (gate(scope.api, &event.features), &event.name, ident(&event.name));
        quote!(#gate Self::#name(event) => f.debug_tuple(#text).field(event).finish(),)
    });
    let unknown = ident(&scope.api.unknown_event);
    let hidden = format!("{unknown}([redacted])");
    let read = render_read(scope);
    let (fmt, json_value) = (scope.std("fmt"), scope.runtime("JsonValue"));
    let items = quote! {
        #own_docs
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Webhook {
            #(#variants)*
            /// An event of an unknown type, as received.
            #unknown(#json_value),
        }

        #read

        impl #fmt::Debug for Webhook {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                match self {
                    #(#shown)*
                    Self::#unknown(_) => f.write_str(#hidden),
                }
            }
        }
    };
    scope.page(&docs, &items)
}

fn render_own_docs(scope: &Scope<'_>) -> TokenStream {
    let krate = scope.api.crate_name();
    let arms = scope
        .api
        .events
        .iter()
        .map(|event| format!("    Webhook::{}(event) => println!(\"{{event:?}}\"),\n", event.name));
    let has_batch = scope.api.events.iter().any(|event| event.batch.is_some());
    let malformed =
        if has_batch { "for item in &received.malformed {\n    eprintln!(\"{}\", item.error);\n}\n" } else { "" };
    let example = format!(
        "```no_run\nuse {krate}::Webhook;\n\n# fn example(body: &[u8]) -> Result<(), {krate}::EventError> {{\n\
         let received = Webhook::read(body)?;\n{malformed}\
         match received.event {{\n{}    _ => {{}}\n}}\n# Ok(())\n# }}\n```",
        arms.collect::<String>()
    );
    let docs = DocText::new()
        .line("An event that the service posts to your webhook URL.")
        .line(
            "A URL may receive several types of events, which are distinguished by their properties. Events of unknown types \
             are kept. If a URL receives only one type, [`from_json`](crate::from_json) can decode it as well.",
        )
        ;
    let docs = if has_batch { docs.line(MALFORMED) } else { docs };
    docs.heading("Examples").block(example).outer()
}

const MALFORMED: &str = "A malformed item of a batch does not affect the others: the event is decoded without it, and \
    [`Received::malformed`](crate::Received::malformed) contains its position and the error.";

/// A type by its path, since this file has names of its own.
fn render_type(scope: &Scope<'_>, id: TypeId) -> TokenStream {
    let name = ident(&scope.api[id].name);
    quote!(crate::models::#name)
}

fn render_read(scope: &Scope<'_>) -> TokenStream {
    let decode = decode(scope.api);
    let [event_error, event_kind, max_event_bytes, received] =
        ["EventError", "EventKind", "MAX_EVENT_BYTES", "Received"].map(|name| scope.runtime(name));
    let (json, read_event) = (scope.runtime("json"), scope.runtime("read_event"));
    let kinds = scope.api.events.iter().map(|event| {
        let name = ident(&event.name);
        let properties = event.discriminating_paths.iter().map(|path| quote!(&[#(#path),*]));
        let (has_all, batch) = (event.has_all, render_batch(scope, event.batch.as_ref()));
        let gate = gate(scope.api, &event.features);
        quote! {
            #gate
            #event_kind {
                properties: &[#(#properties),*],
                has_all: #has_all,
                decode: |body| #json::#decode(body).map(Webhook::#name),
                batch: #batch,
            }
        }
    });
    let unknown = ident(&scope.api.unknown_event);
    quote! {
        impl Webhook {
            /// Decodes the body of a webhook request of at most 1 MiB.
            ///
            /// # Errors
            ///
            /// Returns an error if the body is longer than 1 MiB, is not valid JSON, or does not match the
            /// event type indicated by its properties.
            pub fn read(body: &[u8]) -> Result<#received<Self>, #event_error> {
                Self::read_within(body, #max_event_bytes)
            }

            /// Decodes the body of a webhook request of at most `max_bytes` bytes.
            ///
            /// # Errors
            ///
            /// Returns an error if the body is longer than `max_bytes`, is not valid JSON, or does not match
            /// the event type indicated by its properties.
            pub fn read_within(body: &[u8], max_bytes: usize) -> Result<#received<Self>, #event_error> {
                const KINDS: &[#event_kind<Webhook>] = &[#(#kinds),*];
                #read_event(body, max_bytes, KINDS, Self::#unknown)
            }
        }
    }
}

fn render_batch(scope: &Scope<'_>, batch: Option<&Batch>) -> TokenStream {
    let Some(Batch { property, item }) = batch else { return quote!(None) };
    let (batch, json, decode, item) =
        (scope.runtime("EventBatch"), scope.runtime("json"), decode(scope.api), render_type(scope, *item));
    quote!(Some(#batch { property: #property, check: |item| #json::#decode::<#item>(item).map(drop) }))
}

/// The function of the runtime that decodes JSON.
pub(super) fn decode(api: &Api) -> Ident {
    ident(if api.whole_numbers { "decode_whole_numbers" } else { "decode" })
}
