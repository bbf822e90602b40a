//! `validate`, with one line for each pair of keywords.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Number;

use super::docs::DocText;
use super::scope::{Scope, ident};
use crate::api::{AdditionalField, Bounds, Check, Field, NumberBound, Struct};

/// `validate` and `check` of a struct.
pub(super) fn render_struct_checks(scope: &Scope<'_>, shape: &Struct) -> TokenStream {
    let fields = shape.fields.iter().filter(|field| !field.checks.is_empty()).map(|field| render_field(scope, field));
    let additional = shape
        .unknown_properties
        .field()
        .filter(|additional| !additional.checks.is_empty())
        .map(|additional| render_additional(scope, additional));
    let count = shape.property_count.map(|bounds| render_property_count(shape, bounds));
    render_validate(scope, &fields.chain(additional).chain(count).collect::<Vec<_>>())
}

/// `validate` for callers, and `check` for types that contain this one.
pub(super) fn render_validate(scope: &Scope<'_>, checks: &[TokenStream]) -> TokenStream {
    let docs = DocText::new()
        .line("Checks this value against the constraints of the description.")
        .heading("Errors")
        .line("Returns all violations. Each contains its location in this value, the keyword and its argument, and the measured size.")
        .outer();
    let violations = scope.runtime("Violations");
    if checks.is_empty() {
        return quote! {
            #docs
            pub fn validate(&self) -> Result<(), #violations> {
                #violations::new().finish()
            }
        };
    }
    let location = scope.runtime("Location");
    quote! {
        #docs
        pub fn validate(&self) -> Result<(), #violations> {
            let mut violations = #violations::new();
            self.check(&#location::root(), &mut violations);
            violations.finish()
        }

        pub(crate) fn check(&self, at: &#location<'_>, violations: &mut #violations) {
            #(#checks)*
        }
    }
}

/// The check of a body without a `validate` of its own, as a closure; `None` without constraints.
pub(super) fn render_body_check(scope: &Scope<'_>, checks: &[Check]) -> Option<TokenStream> {
    if checks.is_empty() {
        return None;
    }
    let checks = render_whole(scope, checks, &quote!(body));
    let (location, violations) = (scope.runtime("Location"), scope.runtime("Violations"));
    Some(quote! {
        |body| {
            let at = &#location::root();
            let mut found = #violations::new();
            let violations = &mut found;
            #checks
            found.finish()
        }
    })
}

fn render_field(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let wire_name = &field.wire_name;
    let place = Place::property(quote!(at), quote!(#wire_name), quote!(at.property(#wire_name)), 0);
    if field.required {
        return render_checks(scope, &field.checks, &place, &quote!(self.#name), true);
    }
    let value = ident(&field.binding);
    if let [Check::Present(checks)] = &*field.checks {
        let checks = render_checks(scope, checks, &place, &quote!(#value), false);
        return quote!(if let Some(#value) = &self.#name && let Some(#value) = #value.value() { #checks });
    }
    let checks = render_checks(scope, &field.checks, &place, &quote!(#value), false);
    quote!(if let Some(#value) = &self.#name { #checks })
}

/// The checks of additional properties.
fn render_additional(scope: &Scope<'_>, additional: &AdditionalField) -> TokenStream {
    let name = ident(&additional.name);
    let place = Place::property(quote!(at), quote!(key), quote!(at.join(key)), 0);
    let checks = render_checks(scope, &additional.checks, &place, &quote!(value), false);
    quote!(for (key, value) in &self.#name { #checks })
}

fn render_property_count(shape: &Struct, bounds: Bounds) -> TokenStream {
    let required = shape.fields.iter().filter(|field| field.required).count();
    let optional = shape.fields.iter().filter(|field| !field.required).map(|field| {
        let name = ident(&field.name);
        quote!(usize::from(self.#name.is_some()))
    });
    let additional = shape.unknown_properties.field().map(|additional| {
        let name = ident(&additional.name);
        quote!(self.#name.len())
    });
    let mut counts: Vec<_> = optional.chain(additional).collect();
    // A closed object without properties has none.
    if required > 0 || counts.is_empty() {
        let count = Literal::usize_unsuffixed(required);
        counts.insert(0, quote!(#count));
    }
    let bounds = render_bounds(bounds);
    quote!(violations.check_property_count(at, (), #(#counts)+*, #bounds);)
}

/// The checks of a value at the location `at`.
pub(super) fn render_whole(scope: &Scope<'_>, checks: &[Check], value: &TokenStream) -> TokenStream {
    let place = Place { at: quote!(at), segment: quote!(()), step: quote!(at), steps: false, depth: 0 };
    render_checks(scope, checks, &place, value, false)
}

/// The location of a value: that of its parent, the last segment, and both combined.
struct Place {
    at: TokenStream,
    segment: TokenStream,
    step: TokenStream,
    /// `true` if `step` creates a location; `false` if it is a reference to one.
    steps: bool,
    depth: usize,
}

impl Place {
    fn property(at: TokenStream, segment: TokenStream, step: TokenStream, depth: usize) -> Self {
        Self { at, segment, step, steps: true, depth }
    }

    fn reference(&self) -> TokenStream {
        let step = &self.step;
        if self.steps { quote!(&#step) } else { quote!(#step) }
    }

    /// The name of a variable for the location, and the argument that passes it on.
    fn variable(&self, word: &str) -> (TokenStream, TokenStream) {
        let depth = if self.depth == 0 { String::new() } else { (self.depth + 1).to_string() };
        let name = format_ident!("{word}{depth}");
        if self.steps { (quote!(#name), quote!(&#name)) } else { (quote!(#name), quote!(#name)) }
    }
}

/// Renders the checks of a value; `owned` is `true` if `value` is the value itself, not a reference to it.
fn render_checks(scope: &Scope<'_>, checks: &[Check], place: &Place, value: &TokenStream, owned: bool) -> TokenStream {
    let Place { at, segment, step, .. } = place;
    let reference = if owned { quote!(&#value) } else { quote!(#value) };
    let lines = checks.iter().map(|check| match check {
        Check::Length(bounds) => {
            let bounds = render_bounds(*bounds);
            quote!(violations.check_length(#at, #segment, #reference, #bounds);)
        }
        Check::ItemCount(bounds) => {
            let bounds = render_bounds(*bounds);
            quote!(violations.check_item_count(#at, #segment, #reference, #bounds);)
        }
        Check::UniqueItems => quote!(violations.check_unique(#at, #segment, #reference);),
        Check::PropertyCount(bounds) => {
            let bounds = render_bounds(*bounds);
            quote!(violations.check_property_count(#at, #segment, #value.len(), #bounds);)
        }
        Check::Finite => {
            let number = number(value, owned);
            quote!(violations.check_finite(#at, #segment, #number);)
        }
        Check::Range { low, high } => {
            let (number, range) = (number(value, owned), render_range(low.as_ref(), high.as_ref()));
            quote!(violations.check_range(#at, #segment, #number, #range);)
        }
        Check::MultipleOf(step) => {
            let (number, step) = (number(value, owned), render_number(step));
            quote!(violations.check_multiple_of(#at, #segment, #number, #step);)
        }
        Check::Pattern { translated: Err(_), .. } => TokenStream::new(),
        Check::Pattern { stated, translated: Ok(translated) } => {
            let pattern = scope.runtime("Pattern");
            quote! {
                {
                    static PATTERN: #pattern = #pattern::new(#stated, #translated);
                    violations.check_pattern(#at, #segment, #reference, &PATTERN);
                }
            }
        }
        Check::Nested => {
            let here = place.reference();
            quote!(#value.check(#here, violations);)
        }
        Check::Present(inner) => {
            let inner = render_checks(scope, inner, place, &quote!(value), false);
            quote!(if let Some(value) = #value.value() { #inner })
        }
        Check::Items(inner) => {
            let (list, here) = place.variable("list");
            let place = Place::property(here, quote!(index), quote!(#list.index(index)), place.depth + 1);
            let inner = render_checks(scope, inner, &place, &quote!(item), false);
            quote! {
                let #list = #step;
                for (index, item) in #value.iter().enumerate() { #inner }
            }
        }
        Check::Values(inner) => {
            let (map, here) = place.variable("map");
            let place = Place::property(here, quote!(key), quote!(#map.join(key)), place.depth + 1);
            let inner = render_checks(scope, inner, &place, &quote!(value), false);
            quote! {
                let #map = #step;
                for (key, value) in #reference { #inner }
            }
        }
    });
    quote!(#(#lines)*)
}

fn render_bounds(Bounds { min, max }: Bounds) -> TokenStream {
    let min_literal = Literal::usize_unsuffixed(min);
    let max = max.map(Literal::usize_unsuffixed);
    match (min, max) {
        (_, None) => quote!(#min_literal..),
        (0, Some(max)) => quote!(..=#max),
        (_, Some(max)) => quote!(#min_literal..=#max),
    }
}

/// The number by value.
fn number(value: &TokenStream, owned: bool) -> TokenStream {
    if owned { value.clone() } else { quote!(*#value) }
}

fn render_range(low: Option<&NumberBound>, high: Option<&NumberBound>) -> TokenStream {
    let [low_number, high_number] = [low, high].map(|bound| bound.map(|bound| render_number(&bound.value)));
    match (low, high) {
        (Some(NumberBound { inclusive: false, .. }), _) => {
            let end = match (high, high_number) {
                (Some(high), Some(number)) if high.inclusive => quote!(std::ops::Bound::Included(#number)),
                (_, Some(number)) => quote!(std::ops::Bound::Excluded(#number)),
                (_, None) => quote!(std::ops::Bound::Unbounded),
            };
            quote!((std::ops::Bound::Excluded(#low_number), #end))
        }
        (_, Some(NumberBound { inclusive: true, .. })) => quote!(#low_number..=#high_number),
        _ => quote!(#low_number..#high_number),
    }
}

/// A number in the notation of its type: an integer for integer types, otherwise a float.
fn render_number(number: &Number) -> TokenStream {
    let literal = match number.as_i128() {
        Some(integer) => Literal::u128_unsuffixed(integer.unsigned_abs()),
        None => Literal::f64_unsuffixed(number.as_f64().unwrap_or_default().abs()),
    };
    if number.to_string().starts_with('-') { quote!(-#literal) } else { quote!(#literal) }
}
