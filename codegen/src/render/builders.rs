//! Builders with named setters; the compiler names the required properties that are not set.
//!
//! The builder of a type without required properties holds the value itself. Other builders hold the fields one by one,
//! with a type parameter for each required property, which is `Unset` until it is set.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{DocText, first_sentence};
use super::layout;
use super::scope::{Scope, builder_name, gate, ident, render_export};
use super::types::{render_additional_type, render_argument, render_field_type, render_type, render_value_type};
use crate::api::{AdditionalField, Api, Field, Module, Setter, Slot, Struct, TypeDef, TypeId};

/// `builders.rs`: every builder under one path.
pub(crate) fn render_builders(api: &Api) -> TokenStream {
    let mut modules: Vec<_> = api.modules.iter().filter(|module| built(api, module).next().is_some()).collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    let docs =
        DocText::new().line("Builders for the types that are sent. Each of these types in [`models`](crate::models) has a function `builder`, which returns its builder.");
    let docs = docs.inner();
    let declarations = modules.iter().map(|module| {
        let (gate, name) = (gate(api, &module.features), ident(&module.name));
        quote!(#gate mod #name;)
    });
    let required = markers(api).next().map(|_| {
        quote!(
            #[doc(hidden)]
            pub mod required;
        )
    });
    let exports = modules.iter().map(|module| {
        let names: Vec<_> = built(api, module).map(|(id, _)| builder_name(&api[id]).to_string()).collect();
        let (gate, export) =
            (gate(api, &module.features), render_export(&module.name, names.iter().map(String::as_str)));
        quote!(#gate #export)
    });
    quote! {
        #docs
        #(#declarations)*
        #required
        #(#exports)*
    }
}

/// Returns `true` if any type has a builder.
pub(crate) fn are_needed(api: &Api) -> bool {
    api.modules.iter().any(|module| built(api, module).next().is_some())
}

/// The builders of one module of types.
pub(crate) fn render_module(scope: &Scope<'_>, module: &Module) -> String {
    let docs = DocText::new()
        .line(format!(
            "Builders for [`{0}`](crate::models::{0}) and the types it contains.",
            scope.api[module.types[0]].name
        ))
        .inner();
    let builders = built(scope.api, module).map(|(id, shape)| {
        if slots(shape).next().is_some() { render_stateful(scope, id, shape) } else { render_plain(scope, id, shape) }
    });
    let builders: String = builders.map(layout::print).collect();
    scope.printed_page(&docs, &builders)
}

/// The types of a module that have a builder.
pub(crate) fn built<'a>(api: &'a Api, module: &'a Module) -> impl Iterator<Item = (TypeId, &'a Struct)> {
    let structs = module.types.iter().filter_map(|id| Some((*id, api[*id].as_struct()?)));
    structs.filter(|(_, shape)| shape.has_builder)
}

/// The associated function that returns a builder.
pub(super) fn render_entry(scope: &Scope<'_>, definition: &TypeDef, shape: &Struct) -> TokenStream {
    let builder = scope.builder(definition);
    let required: Vec<_> = slots(shape).map(|(field, _)| format!("`{}`", field.name)).collect();
    let line = match &*required {
        [] => "Returns a builder. No property is required.".to_owned(),
        [only] => format!("Returns a builder. The property {only} is required."),
        [one, other] => format!("Returns a builder. The properties {one} and {other} are required."),
        [head @ .., last] => format!("Returns a builder. The properties {}, and {last} are required.", head.join(", ")),
    };
    let docs = DocText::new().line(line).outer();
    quote! {
        #docs
        pub fn builder() -> #builder {
            #builder::new()
        }
    }
}

/// A builder around the value that it builds.
fn render_plain(scope: &Scope<'_>, id: TypeId, shape: &Struct) -> TokenStream {
    let name = scope.model(id);
    let builder = builder_name(&scope.api[id]);
    let docs = render_builder_docs(&scope.api[id]);
    let setters = settable(shape).map(|field| {
        let name = ident(&field.name);
        render_optional_setter(scope, field, &quote!(self.value.#name))
    });
    let additional = shape.unknown_properties.field().map(|additional| {
        let name = ident(&additional.name);
        render_additional_setter(scope, additional, &quote!(self.value.#name))
    });
    let maybe = render_maybe(shape);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use = "call `.build()` to finish"]
        pub struct #builder {
            value: #name,
        }

        impl #builder {
            pub(crate) fn new() -> Self {
                Self { value: #name::default() }
            }

            #(#setters)*
            #additional

            #maybe

            /// Builds the value.
            pub fn build(self) -> #name {
                self.value
            }
        }

        impl From<#builder> for #name {
            fn from(builder: #builder) -> Self {
                builder.build()
            }
        }
    }
}

/// The way to set an optional property from an `Option`.
fn render_maybe(shape: &Struct) -> Option<TokenStream> {
    let has_optional = settable(shape).any(|field| !field.required);
    has_optional.then(|| {
        quote! {
            /// Calls a setter if there is a value, as in `.maybe(value, |builder, value| builder.setter(value))`.
            pub fn maybe<T>(self, value: Option<T>, setter: impl FnOnce(Self, T) -> Self) -> Self {
                match value {
                    Some(value) => setter(self, value),
                    None => self,
                }
            }
        }
    })
}

/// A builder whose type shows which required properties are set.
fn render_stateful(scope: &Scope<'_>, id: TypeId, shape: &Struct) -> TokenStream {
    let builder = builder_name(&scope.api[id]);
    let text = builder.to_string();
    let docs = render_builder_docs(&scope.api[id]);
    let states = states(shape);
    let parameters: Vec<_> = states.iter().map(|(_, state)| state).collect();
    let (fmt, unset) = (scope.std("fmt"), scope.runtime("Unset"));
    let defaults = states.iter().map(|(_, state)| quote!(#state = #unset));
    let fields = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        let ty = state_of(&states, field).map_or_else(|| render_field_type(scope, field), |state| quote!(#state));
        quote!(#name: #ty,)
    });
    let additional = shape.unknown_properties.field().map(|additional| {
        let (name, ty) = (ident(&additional.name), render_additional_type(scope, additional));
        quote!(#name: #ty,)
    });
    let start = render_start(scope, &builder, shape);
    let additional_setter = shape.unknown_properties.field().map(|additional| {
        let name = ident(&additional.name);
        render_additional_setter(scope, additional, &quote!(self.#name))
    });
    let setters = settable(shape).map(|field| {
        if field.required {
            return render_required_setter(scope, &builder, shape, &states, field);
        }
        let name = ident(&field.name);
        render_optional_setter(scope, field, &quote!(self.#name))
    });
    let (maybe, name) = (render_maybe(shape), scope.model(id));
    let build = render_build(scope, &name, shape);
    let bounds = render_bounds(scope, shape);
    quote! {
        #docs
        #[derive(Clone)]
        #[must_use = "call `.build()` to finish"]
        pub struct #builder<#(#defaults),*> {
            #(#fields)*
            #additional
        }

        #start

        impl<#(#parameters),*> #builder<#(#parameters),*> {
            #(#setters)*
            #additional_setter
            #maybe
            #build
        }

        impl<#(#parameters),*> From<#builder<#(#parameters),*>> for #name where #(#bounds),* {
            fn from(builder: #builder<#(#parameters),*>) -> Self {
                builder.build()
            }
        }

        impl<#(#parameters),*> #fmt::Debug for #builder<#(#parameters),*> {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct(#text).finish_non_exhaustive()
            }
        }
    }
}

fn render_builder_docs(definition: &TypeDef) -> TokenStream {
    let name = &definition.name;
    DocText::new().line(format!("A builder for [`{name}`], returned by [`{name}::builder`].")).outer()
}

fn render_start(scope: &Scope<'_>, builder: &Ident, shape: &Struct) -> TokenStream {
    let unset = scope.runtime("Unset");
    let fields = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        if field.required { quote!(#name: #unset,) } else { quote!(#name: None,) }
    });
    let additional = shape.unknown_properties.field().map(|additional| {
        let name = ident(&additional.name);
        quote!(#name: Default::default(),)
    });
    quote! {
        impl #builder {
            pub(crate) fn new() -> Self {
                Self { #(#fields)* #additional }
            }
        }
    }
}

/// The fields that a caller sets.
fn settable(shape: &Struct) -> impl Iterator<Item = &Field> {
    shape.fields.iter().filter(|field| field.setter != Setter::None)
}

/// The setter of additional properties.
fn render_additional_setter(scope: &Scope<'_>, additional: &AdditionalField, target: &TokenStream) -> TokenStream {
    let name = ident(&additional.name);
    let ty = render_type(scope, &additional.ty);
    quote! {
        /// Sets the additional properties.
        pub fn #name(mut self, #name: impl IntoIterator<Item = (String, #ty)>) -> Self {
            #target = #name.into_iter().collect();
            self
        }
    }
}

fn render_optional_setter(scope: &Scope<'_>, field: &Field, target: &TokenStream) -> TokenStream {
    let name = ident(&field.name);
    let (argument, value) = render_argument(scope, field);
    let docs = render_setter_docs(field);
    quote! {
        #docs
        pub fn #name(mut self, #name: #argument) -> Self {
            #target = Some(#value);
            self
        }
    }
}

/// The setter of a required property, which changes the type of the builder, so that every field moves to a new one.
fn render_required_setter(
    scope: &Scope<'_>,
    builder: &Ident,
    shape: &Struct,
    states: &[(&Field, Ident)],
    field: &Field,
) -> TokenStream {
    let name = ident(&field.name);
    let (argument, value) = render_argument(scope, field);
    let docs = render_setter_docs(field);
    let value_type = render_value_type(scope, field);
    let states =
        states.iter().map(|(other, state)| if other.name == field.name { value_type.clone() } else { quote!(#state) });
    // `content: content` would cause a lint.
    let own = if value.to_string() == field.name { quote!(#name) } else { quote!(#name: #value) };
    let fields = field_names(shape).map(|field| if field == name { own.clone() } else { quote!(#field: self.#field) });
    quote! {
        #docs
        pub fn #name(self, #name: #argument) -> #builder<#(#states),*> {
            #builder { #(#fields),* }
        }
    }
}

fn render_setter_docs(field: &Field) -> TokenStream {
    let sentence = field.docs.description.as_deref().and_then(first_sentence);
    let sentence = sentence.map(|sentence| format!(" {sentence}")).unwrap_or_default();
    let required = if field.required { " Required." } else { "" };
    DocText::new().line(format!("Sets `{}`.{sentence}{required}", field.name)).outer()
}

fn render_build(scope: &Scope<'_>, name: &Ident, shape: &Struct) -> TokenStream {
    let bounds = render_bounds(scope, shape);
    let fields = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        if field.required { quote!(#name: self.#name.into_value()) } else { quote!(#name: self.#name) }
    });
    let additional = shape.unknown_properties.field().map(|additional| {
        let name = ident(&additional.name);
        quote!(#name: self.#name)
    });
    let fields = fields.chain(additional);
    quote! {
        /// Builds the value. Compiles only if all required properties are set.
        pub fn build(self) -> #name where #(#bounds),* {
            #name { #(#fields),* }
        }
    }
}

/// The bounds of the state in which every required property is set.
fn render_bounds(scope: &Scope<'_>, shape: &Struct) -> Vec<TokenStream> {
    let required = scope.parent("required");
    let bound = |(field, slot): (&Field, &Slot)| {
        let (ty, set) = (render_value_type(scope, field), ident(&slot.marker));
        let state = ident(&slot.parameter);
        quote!(#state: #required::#set<#ty>)
    };
    slots(shape).map(bound).collect()
}

fn field_names(shape: &Struct) -> impl Iterator<Item = Ident> {
    shape
        .fields
        .iter()
        .map(|field| ident(&field.name))
        .chain(shape.unknown_properties.field().map(|additional| ident(&additional.name)))
}

/// The required fields with the slots that show whether they are set.
fn slots(shape: &Struct) -> impl Iterator<Item = (&Field, &Slot)> {
    shape.fields.iter().filter_map(|field| field.slot.as_ref().map(|slot| (field, slot)))
}

/// The required fields with their type parameters.
fn states(shape: &Struct) -> Vec<(&Field, Ident)> {
    slots(shape).map(|(field, slot)| (field, ident(&slot.parameter))).collect()
}

fn state_of<'a>(states: &'a [(&Field, Ident)], field: &Field) -> Option<&'a Ident> {
    states.iter().find(|(other, _)| other.name == field.name).map(|(_, state)| state)
}

/// `builders/required.rs`: a trait for each name, whose message the compiler prints if `build` is called too early.
pub(crate) fn render_required(scope: &Scope<'_>) -> TokenStream {
    let markers: BTreeSet<(&str, &str)> = markers(scope.api).collect();
    let docs = DocText::new().line("Traits for required properties. Each is implemented if its property is set.");
    let docs = docs.inner();
    let required = scope.runtime("Required");
    let traits: TokenStream = markers
        .into_iter()
        .map(|(name, marker)| {
            let set = ident(marker);
            let docs = DocText::new()
                .line(format!("Implemented by builder states in which the `{name}` property is set."))
                .outer();
            let message = format!("the required property `{name}` is not set");
            let label = format!("call `.{name}(..)` before `.build()`");
            quote! {
                #docs
                #[doc(hidden)]
                #[diagnostic::on_unimplemented(message = #message, label = #label)]
                pub trait #set<T>: #required<T> {}

                #[doc(hidden)]
                impl<T> #set<T> for T {}
            }
        })
        .collect();
    scope.page(&docs, &traits)
}

/// The names of required fields with their traits, repeated for each field.
pub(crate) fn markers(api: &Api) -> impl Iterator<Item = (&str, &str)> {
    let slots = api.types.iter().flat_map(TypeDef::fields).filter_map(|field| Some((field, field.slot.as_ref()?)));
    slots.map(|(field, slot)| (&*field.name, &*slot.marker))
}
