//! `Debug` that redacts private values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Field, Struct, TypeDef};
use crate::render::scope::{Scope, ident};

/// The number of calls in one expression. Longer ones take stack in this program and in the compiler.
pub(super) const LONGEST_CHAIN: usize = 200;

/// An `impl Debug` that redacts values, if any must be redacted.
pub(super) fn render_debug(scope: &Scope<'_>, definition: &TypeDef, shape: &Struct) -> Option<TokenStream> {
    if !shape.redacted {
        return None;
    }
    let name = ident(&definition.name);
    let text = &definition.name;
    let (fmt, redact) = (scope.std("fmt"), scope.runtime("redact"));
    let fields = shape.fields.iter().map(|field| render_field(field, &redact));
    let additional = shape.unknown_properties.field().map(|additional| {
        let (field, name) = (ident(&additional.name), &additional.name);
        quote!(.field(#name, &#redact(&self.#field)))
    });
    let fields: Vec<_> = fields.chain(additional).collect();
    let body = if fields.len() <= LONGEST_CHAIN {
        quote!(f.debug_struct(#text) #(#fields)* .finish())
    } else {
        quote! {
            let mut shown = f.debug_struct(#text);
            #(shown #fields;)*
            shown.finish()
        }
    };
    Some(quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                #body
            }
        }
    })
}

fn render_field(field: &Field, redact: &TokenStream) -> TokenStream {
    let name = ident(&field.name);
    let text = &field.name;
    match (field.redacted, field.required) {
        (false, _) => quote!(.field(#text, &self.#name)),
        (true, true) => quote!(.field(#text, &#redact(&self.#name))),
        (true, false) => quote!(.field(#text, &self.#name.as_ref().map(#redact))),
    }
}
