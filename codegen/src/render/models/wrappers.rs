//! Types that contain themselves through lists and maps only, which an alias cannot.

use proc_macro2::TokenStream;
use quote::quote;

use super::structs::render_derives;
use crate::api::{TypeDef, Wrapper};
use crate::render::checks;
use crate::render::docs::{DocText, facts_of_part};
use crate::render::scope::{Scope, ident};
use crate::render::types::render_type;

/// A struct around one value.
pub(super) fn render_wrapper(scope: &Scope<'_>, definition: &TypeDef, shape: &Wrapper) -> TokenStream {
    let name = ident(&definition.name);
    let text = format!("{}([redacted])", definition.name);
    let ty = render_type(scope, &shape.ty);
    let docs = DocText::new().docs(&definition.docs).or(|| format!("The `{}` type.", definition.name));
    let docs = facts_of_part(definition, 0, &shape.checks).into_iter().fold(docs, DocText::line);
    let docs = docs.source(&definition.origin).outer();
    let eq = definition.total_equality.then(|| quote!(, Eq));
    let derives = render_derives(scope, definition, &quote!(Clone, PartialEq #eq));
    let check = definition.has_validate.then(|| {
        let check = checks::render_whole(scope, &shape.checks, &quote!(value));
        let check = if shape.checks.is_empty() { Vec::new() } else { vec![quote!(let value = &self.0; #check)] };
        let validate = checks::render_validate(scope, &check);
        quote!(impl #name { #validate })
    });
    let fmt = scope.std("fmt");
    quote! {
        #docs
        #derives
        #[serde(transparent)]
        pub struct #name(
            /// The value.
            pub #ty,
        );

        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }

        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.write_str(#text)
            }
        }

        #check
    }
}
