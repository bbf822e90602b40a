//! `is_declined`: a response that declines the request although it is a success.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{Declined, DeclinedStep, DeclinedValues};
use crate::render::docs::{DocText, code};
use crate::render::scope::{Scope, ident};

/// The method, which follows the fields to the property and compares its value.
pub(super) fn render_declined(scope: &Scope<'_>, declined: &Declined) -> TokenStream {
    let docs = DocText::new()
        .line(format!(
            "Returns `true` if the service declined the request in an otherwise successful response: {}.",
            condition(declined)
        ))
        .outer();
    let mut property = Property { value: quote!(self), is_reference: false };
    let steps: Vec<_> = declined.steps.iter().map(|step| render_step(scope, step, &mut property)).collect();
    let comparison = render_comparison(scope, &declined.values, &property);
    quote! {
        #docs
        pub fn is_declined(&self) -> bool {
            #(#steps)*
            #comparison
        }
    }
}

/// The value of a property.
struct Property {
    value: TokenStream,
    is_reference: bool,
}

/// The binding of a property that may be absent or `null`. The others need none.
fn render_step(scope: &Scope<'_>, step: &DeclinedStep, property: &mut Property) -> Option<TokenStream> {
    let (name, holder) = (ident(&step.field), &property.value);
    let field = quote!(#holder.#name);
    if !step.optional && !step.nullable {
        *property = Property { value: field, is_reference: false };
        return None;
    }
    let value = if step.nullable {
        let nullable = scope.runtime("Nullable");
        quote!(#nullable::Value(#name))
    } else {
        quote!(#name)
    };
    let pattern = if step.optional { quote!(Some(#value)) } else { value };
    *property = Property { value: quote!(#name), is_reference: true };
    Some(quote!(let #pattern = &#field else { return false };))
}

fn render_comparison(scope: &Scope<'_>, values: &DeclinedValues, property: &Property) -> TokenStream {
    let Property { value, is_reference } = property;
    let (copied, borrowed) =
        if *is_reference { (quote!(*#value), quote!(#value)) } else { (quote!(#value), quote!(&#value)) };
    match values {
        DeclinedValues::Texts(texts) => match &**texts {
            [text] => quote!(#value == #text),
            texts => quote!([#(#texts),*].contains(&#value.as_str())),
        },
        DeclinedValues::Integers(integers) => {
            let integers: Vec<_> = integers.iter().map(|integer| Literal::i64_unsuffixed(*integer)).collect();
            match &*integers {
                [integer] => quote!(#copied == #integer),
                integers => quote!([#(#integers),*].contains(#borrowed)),
            }
        }
        DeclinedValues::Boolean(true) => copied,
        DeclinedValues::Boolean(false) => quote!(!#copied),
        DeclinedValues::Variants { ty, names } => {
            let (ty, names) = (scope.model(*ty), names.iter().map(|name| ident(name)));
            quote!(matches!(#value, #(#ty::#names)|*))
        }
    }
}

/// The condition in words: the property and its values.
fn condition(declined: &Declined) -> String {
    let values: Vec<_> = declined.values.texts().iter().map(|text| code(text)).collect();
    format!("{} is {}", code(&declined.path()), values.join(" or "))
}
