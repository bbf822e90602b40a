//! Unions: closed if they are only sent, open if they are received.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::debug::LONGEST_CHAIN;
use super::enums::gate;
use crate::api::{Alternative, Availability, Check, Distinction, TagType, TypeDef, TypeRef, Union};
use crate::render::checks;
use crate::render::docs::{DocText, code, facts_of_part};
use crate::render::scope::{Scope, ident};
use crate::render::types::{render_boxed, render_type};

/// A union with its `Debug`, its check, its implementations of serde, and the conversions from its variants.
pub(super) fn render_union(scope: &Scope<'_>, definition: &TypeDef, shape: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let docs = DocText::new().docs(&definition.docs).or(|| format!("The `{}` type.", definition.name));
    let docs = docs.source(&definition.origin).outer();
    let derives = render_derives(scope, definition, shape);
    let open = shape.other.is_some().then(|| quote!(#[non_exhaustive]));
    let variants = shape.variants.iter().enumerate();
    let renamed = is_derived(shape);
    let variants = variants.map(|(index, variant)| render_variant(scope, definition, index, variant, renamed));
    let other = shape.other.as_deref().map(|name| render_other(scope, definition, shape, name));
    let debug = render_debug(scope, &name, shape);
    let check = definition.has_validate.then(|| render_checks(scope, shape));
    let check = check.map(|check| quote!(impl #name { #check }));
    let offer = render_offer(scope, definition, shape);
    let deserialize = render_deserialize(scope, definition, shape);
    let conversions = render_conversions(scope, &name, shape);
    let serialize = render_serialize(scope, definition, shape);
    quote! {
        #docs
        #derives
        #open
        pub enum #name {
            #(#variants)*
            #other
        }

        #check
        #conversions
        #debug
        #offer
        #serialize
        #deserialize
    }
}

/// The derives: serde writes the discriminator and the content, or the content alone. It has no integers as
/// discriminators.
fn render_derives(scope: &Scope<'_>, definition: &TypeDef, shape: &Union) -> TokenStream {
    let eq = definition.total_equality.then(|| quote!(, Eq));
    let representation = match &shape.distinction {
        Distinction::Discriminator { tags: TagType::Integer, .. } => return quote!(#[derive(Clone, PartialEq #eq)]),
        Distinction::Discriminator { property, .. } => quote!(tag = #property),
        _ => quote!(untagged),
    };
    if definition.serde.serialize == Availability::Used {
        let serialize = scope.serde("Serialize");
        quote! {
            #[derive(Clone, PartialEq #eq, #serialize)]
            #[serde(#representation)]
        }
    } else {
        quote! {
            #[derive(Clone, PartialEq #eq)]
            #[cfg_attr(feature = "symmetric", derive(serde::Serialize), serde(#representation))]
        }
    }
}

fn render_variant(
    scope: &Scope<'_>,
    definition: &TypeDef,
    index: usize,
    variant: &Alternative,
    renamed: bool,
) -> TokenStream {
    let name = ident(&variant.name);
    let ty = render_boxed(scope, &variant.ty, variant.boxed);
    let docs = DocText::new().text(variant.docs.description.as_deref()).or(|| match &variant.tag {
        Some(tag) => format!("The alternative {}.", code(tag)),
        None => format!("The alternative `{}`.", variant.name),
    });
    let docs = facts_of_part(definition, index, &variant.checks).into_iter().fold(docs, DocText::line).outer();
    let rename = variant.tag.as_ref().filter(|_| renamed);
    let rename = rename.map(|tag| serde_attribute(definition, &quote!(rename = #tag)));
    quote! {
        #docs
        #rename
        #name(#ty),
    }
}

/// Returns `true` if serde can derive `Serialize`.
fn is_derived(shape: &Union) -> bool {
    !matches!(shape.distinction, Distinction::Discriminator { tags: TagType::Integer, .. })
}

/// `Serialize` of a union with integers as discriminators.
fn render_serialize(scope: &Scope<'_>, definition: &TypeDef, shape: &Union) -> Option<TokenStream> {
    let Distinction::Discriminator { property, tags: TagType::Integer } = &shape.distinction else { return None };
    let name = ident(&definition.name);
    let gate = gate(definition.serde.serialize);
    let tagged = scope.runtime_behind(gate.as_ref(), "Tagged");
    let arms = shape.variants.iter().map(|variant| {
        let (name, tag) = (ident(&variant.name), render_tag(variant, TagType::Integer));
        quote!(Self::#name(value) => #tagged::write(serializer, #property, #tag, value),)
    });
    let other = shape.other.as_deref().map(ident);
    let other = other.map(|name| quote!(Self::#name(value) => serde::Serialize::serialize(value, serializer),));
    Some(quote! {
        #gate
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    #other
                }
            }
        }
    })
}

/// The value of the discriminating property, as a literal.
fn render_tag(variant: &Alternative, tag_type: TagType) -> TokenStream {
    let tag = variant.tag.as_deref().unwrap_or_default();
    match tag_type {
        TagType::Text => quote!(#tag),
        TagType::Integer => Literal::i64_unsuffixed(tag.parse().unwrap_or_default()).into_token_stream(),
    }
}

/// An attribute for serde, behind a feature if the derive is.
fn serde_attribute(definition: &TypeDef, content: &TokenStream) -> TokenStream {
    if definition.serde.serialize == Availability::Used {
        quote!(#[serde(#content)])
    } else {
        quote!(#[cfg_attr(feature = "symmetric", serde(#content))])
    }
}

fn render_other(scope: &Scope<'_>, definition: &TypeDef, shape: &Union, name: &str) -> TokenStream {
    let name = ident(name);
    let (ty, attribute) = match &shape.distinction {
        Distinction::Discriminator { .. } => {
            let attribute = is_derived(shape).then(|| serde_attribute(definition, &quote!(untagged)));
            (scope.runtime("JsonObject"), attribute)
        }
        _ => (scope.runtime("JsonValue"), None),
    };
    quote! {
        /// A value that matches none of the listed variants, as received.
        #attribute
        #name(#ty),
    }
}

/// `Debug`, which prints contents as far as their own `Debug` does.
fn render_debug(scope: &Scope<'_>, name: &Ident, shape: &Union) -> TokenStream {
    let arms = shape.variants.iter().map(|variant| {
        let text = &variant.name;
        let name = ident(text);
        if variant.redacted {
            let text = format!("{text}([redacted])");
            quote!(Self::#name(_) => f.write_str(#text),)
        } else {
            quote!(Self::#name(value) => f.debug_tuple(#text).field(value).finish(),)
        }
    });
    let other = shape.other.as_deref().map(|text| {
        let name = ident(text);
        let text = format!("{text}([redacted])");
        quote!(Self::#name(_) => f.write_str(#text),)
    });
    let fmt = scope.std("fmt");
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                match self {
                    #(#arms)*
                    #other
                }
            }
        }
    }
}

fn render_checks(scope: &Scope<'_>, shape: &Union) -> TokenStream {
    let arms: Vec<_> = shape.variants.iter().filter(|variant| !variant.checks.is_empty()).collect();
    let is_all = arms.len() == shape.variants.len() && shape.other.is_none();
    // If the matching variants are counted anyway, an unknown variant counts as none.
    let is_counted = shape.distinction == Distinction::ExactlyOne { disjoint: false };
    let other = shape.other.as_deref().filter(|_| !is_counted).map(|name| render_refusal(scope, shape, name));
    let own = match arms.as_slice() {
        [] => other.map(|(pattern, refuse)| quote!(if let #pattern = self { #refuse })),
        [only] if other.is_none() => {
            let name = ident(&only.name);
            let (inner, is_null_checked) = match &*only.checks {
                [Check::Present(inner)] if !is_all => (inner, true),
                _ => (&only.checks, false),
            };
            let check = checks::render_whole(scope, inner, &quote!(value));
            Some(if is_null_checked {
                quote!(if let Self::#name(value) = self && let Some(value) = value.value() { #check })
            } else if is_all {
                quote!(let Self::#name(value) = self; #check)
            } else {
                quote!(if let Self::#name(value) = self { #check })
            })
        }
        arms => {
            let rest = (!is_all && (other.is_none() || arms.len() < shape.variants.len())).then(|| quote!(_ => {}));
            let other = other.map(|(pattern, refuse)| quote!(#pattern => { #refuse }));
            let arms = arms.iter().map(|variant| {
                let (name, check) =
                    (ident(&variant.name), checks::render_whole(scope, &variant.checks, &quote!(value)));
                quote!(Self::#name(value) => { #check })
            });
            Some(quote!(match self { #(#arms)* #other #rest }))
        }
    };
    let exactly_one = is_counted.then(|| quote!(violations.check_one_of(at, (), self, Self::offer);));
    checks::render_validate(scope, &own.into_iter().chain(exactly_one).collect::<Vec<_>>())
}

/// The pattern of an unlisted variant and its report; it may be received, but not sent.
fn render_refusal(scope: &Scope<'_>, shape: &Union, name: &str) -> (TokenStream, TokenStream) {
    let name = ident(name);
    let keyword = scope.runtime("Keyword");
    let refuse = match &shape.distinction {
        Distinction::Discriminator { .. } => {
            let listed = shape.variants.iter().filter_map(|variant| variant.tag.as_ref());
            quote!(violations.refuse_unlisted(at, #keyword::Discriminator, &[#(#listed),*]);)
        }
        Distinction::ExactlyOne { .. } => quote!(violations.refuse_variant(at, #keyword::OneOf);),
        Distinction::AtLeastOne => quote!(violations.refuse_variant(at, #keyword::AnyOf);),
    };
    (quote!(Self::#name(_)), refuse)
}

/// The function that offers the variants one by one, for a union without a discriminator.
fn render_offer(scope: &Scope<'_>, definition: &TypeDef, shape: &Union) -> Option<TokenStream> {
    if matches!(shape.distinction, Distinction::Discriminator { .. }) {
        return None;
    }
    let name = ident(&definition.name);
    let gate = gate(definition.serde.deserialize);
    let choice = scope.runtime_behind(gate.as_ref(), "Choice");
    let offers = shape.variants.iter().map(|variant| {
        let (constructor, check) = (constructor(scope, variant), render_check_function(scope, variant));
        quote!(.offer(#constructor, #check))
    });
    let offers: Vec<_> = offers.collect();
    let body = if offers.len() <= LONGEST_CHAIN {
        quote!(choice #(#offers)*)
    } else {
        quote!(#(let choice = choice #offers;)* choice)
    };
    Some(quote! {
        #gate
        impl #name {
            fn offer(choice: #choice<Self>) -> #choice<Self> {
                #body
            }
        }
    })
}

/// The check of a variant while the matching variant is being determined.
fn render_check_function(scope: &Scope<'_>, variant: &Alternative) -> TokenStream {
    match (&*variant.checks, &variant.ty) {
        ([], _) => quote!(|_, _, _| {}),
        ([Check::Nested], TypeRef::Named(id)) => {
            let name = ident(&scope.api[*id].name);
            quote!(#name::check)
        }
        (checks, _) => {
            let check = checks::render_whole(scope, checks, &quote!(value));
            quote!(|value, at, violations| { #check })
        }
    }
}

fn render_deserialize(scope: &Scope<'_>, definition: &TypeDef, shape: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let gate = gate(definition.serde.deserialize);
    let body = match &shape.distinction {
        Distinction::Discriminator { property, tags } => {
            render_decode_tagged(scope, gate.as_ref(), shape, property, *tags)
        }
        distinction => render_decode_untagged(scope, gate.as_ref(), shape, distinction),
    };
    quote! {
        #gate
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #body
            }
        }
    }
}

/// The constructor of a variant.
fn constructor(scope: &Scope<'_>, variant: &Alternative) -> TokenStream {
    let name = ident(&variant.name);
    let ty = render_type(scope, variant.ty.non_null());
    match (&variant.ty, variant.boxed) {
        (_, false) => quote!(Self::#name),
        (TypeRef::Nullable(_), true) => {
            let nullable = scope.runtime("Nullable");
            quote!(|value: #nullable<#ty>| Self::#name(value.map(Box::new)))
        }
        (_, true) => quote!(|value: #ty| Self::#name(Box::new(value))),
    }
}

fn render_decode_tagged(
    scope: &Scope<'_>,
    gate: Option<&TokenStream>,
    shape: &Union,
    property: &str,
    tags: TagType,
) -> TokenStream {
    let arms = shape.variants.iter().map(|variant| {
        let (value, constructor) = (render_tag(variant, tags), constructor(scope, variant));
        quote!(Some(#value) => object.decode_content().map(#constructor),)
    });
    let rest = if let Some(other) = shape.other.as_deref().map(ident) {
        quote!(Ok(Self::#other(object.into_object())))
    } else {
        let known = shape.variants.iter().map(|variant| &variant.tag);
        quote!(Err(object.refuse(&[#(#known),*])))
    };
    let tagged = scope.runtime_behind(gate, "Tagged");
    let tag = match tags {
        TagType::Text => quote!(tag),
        TagType::Integer => quote!(integer_tag),
    };
    quote! {
        #tagged::read(deserializer, #property, |object| match object.#tag() {
            #(#arms)*
            _ => #rest,
        })
    }
}

fn render_decode_untagged(
    scope: &Scope<'_>,
    gate: Option<&TokenStream>,
    shape: &Union,
    distinction: &Distinction,
) -> TokenStream {
    let read = if *distinction == Distinction::AtLeastOne { quote!(any_of) } else { quote!(one_of) };
    let finish = if let Some(other) = shape.other.as_deref().map(ident) {
        quote!(finish_or(Self::#other))
    } else {
        quote!(finish())
    };
    let choice = scope.runtime_behind(gate, "Choice");
    quote!(#choice::#read(deserializer, |choice| Self::offer(choice).#finish))
}

/// The conversions from values of variants.
fn render_conversions(scope: &Scope<'_>, name: &Ident, shape: &Union) -> TokenStream {
    let conversions = shape.variants.iter().filter(|variant| variant.has_from).map(|variant| {
        let (variant_name, ty) = (ident(&variant.name), render_type(scope, &variant.ty));
        let value = if variant.boxed { quote!(Box::new(value)) } else { quote!(value) };
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(#value)
                }
            }
        }
    });
    quote!(#(#conversions)*)
}
