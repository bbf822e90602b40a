//! Enumerations of values, and unions of alternatives.

use std::sync::Arc;

use super::{Check, Docs, TypeRef};
use crate::document::Origin;

/// A value of one of several alternatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The rule that selects the alternative.
    pub distinction: Distinction,
    /// The alternatives.
    pub variants: Vec<Alternative>,
    /// The name of the variant that keeps unknown values unchanged; `None` if values are only sent.
    pub other: Option<String>,
}

/// The rule that selects the alternative of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distinction {
    /// The value of a property.
    Discriminator {
        /// The name of the property.
        property: String,
        /// The type of its values.
        tags: TagType,
    },
    /// Exactly one alternative matches.
    ExactlyOne {
        /// `true` if no value fits two alternatives.
        disjoint: bool,
    },
    /// At least one alternative matches.
    AtLeastOne,
}

/// The type of the values of a discriminating property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagType {
    /// Strings.
    Text,
    /// Integers.
    Integer,
}

/// An alternative of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Its name in Rust.
    pub name: String,
    /// The value of the discriminating property, in decimal notation if it is an integer.
    pub tag: Option<String>,
    /// The discriminating property as the schema of the alternative describes it, if the union has one.
    pub tag_property: Option<TagProperty>,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: TypeRef,
    /// The constraints of its value.
    pub checks: Vec<Check>,
    /// `true` if the value is behind a `Box`, because its type contains the union.
    pub boxed: bool,
    /// `true` if `Debug` hides the value.
    pub redacted: bool,
    /// `true` if its value converts into the union with `From`.
    pub has_from: bool,
}

/// The discriminating property of a union, as one alternative describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagProperty {
    /// The location of the property in the description, or else that of the alternative.
    pub origin: Origin,
    /// `true` if the alternative requires it.
    pub required: bool,
    /// The values that the alternative lists for it; `None` if it lists none.
    pub values: Option<Arc<[String]>>,
}

/// A value of a list of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The name of the variant that keeps unknown values unchanged; `None` if values are only sent.
    pub other: Option<String>,
    /// The values.
    pub variants: Vec<Variant>,
    /// The constraints that the description states beside them. Every value satisfies them.
    pub constraints: Vec<Check>,
}

impl Enum {
    /// Returns `true` if all values are strings.
    pub fn is_text(&self) -> bool {
        self.variants.iter().all(|variant| variant.value.is_string())
    }
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name in Rust.
    pub name: String,
    /// The value.
    pub value: serde_json::Value,
}

impl Variant {
    /// Returns `true` for a string, a number or a boolean, which parameters and forms can hold.
    pub(crate) fn is_scalar(&self) -> bool {
        self.value.is_string() || self.value.is_number() || self.value.is_boolean()
    }
}
