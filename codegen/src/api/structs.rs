//! Structs and their fields.

use super::{Bounds, Check, Docs, Presence, TypeId, TypeRef};
use crate::document::Origin;

/// A struct.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to a question of its own")]
pub struct Struct {
    /// The fields, in the order of the description.
    pub fields: Vec<Field>,
    /// `true` if the names in JSON are camel case.
    pub camel_case: bool,
    /// `true` if decoding fails for a value with a property that the description does not name.
    pub closed: bool,
    /// `true` if it has a builder: its values are sent.
    pub has_builder: bool,
    /// `true` if it is `Default`: no field is required.
    pub has_default: bool,
    /// `true` if `Debug` hides a value, so that it is not derived.
    pub redacted: bool,
    /// The treatment of properties that the description does not name.
    pub unknown_properties: UnknownProperties,
    /// The number of properties that a value may have.
    pub property_count: Option<Bounds>,
    /// The property whose value declines a request, if the description states one and the type is part of a response.
    pub declined: Option<Declined>,
}

/// A property whose value declines a request in a response that is otherwise a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// The fields that lead to the property, from the outside in; the last is the property itself.
    pub steps: Vec<DeclinedStep>,
    /// The values.
    pub values: DeclinedValues,
}

impl Declined {
    /// The path of the property, such as `status.groupName`.
    pub fn path(&self) -> String {
        self.steps.iter().map(|step| &*step.wire_name).collect::<Vec<_>>().join(".")
    }
}

/// A field on the way to the property of a [`Declined`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclinedStep {
    /// Its name in Rust.
    pub field: String,
    /// Its name in JSON.
    pub wire_name: String,
    /// `true` if the field is an `Option`.
    pub optional: bool,
    /// `true` if the value may be `null`.
    pub nullable: bool,
}

/// Values with which a service declines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclinedValues {
    /// Some texts.
    Texts(Vec<String>),
    /// Some integers.
    Integers(Vec<i64>),
    /// `true` or `false`.
    Boolean(bool),
    /// Variants of an enumeration.
    Variants {
        /// The enumeration.
        ty: TypeId,
        /// The names of the variants.
        names: Vec<String>,
    },
}

impl DeclinedValues {
    /// The values as texts.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Texts(texts) => texts.clone(),
            Self::Integers(integers) => integers.iter().map(ToString::to_string).collect(),
            Self::Boolean(flag) => vec![flag.to_string()],
            Self::Variants { names, .. } => names.clone(),
        }
    }
}

/// The treatment of properties that the description does not name.
#[derive(Debug, Clone, PartialEq)]
pub enum UnknownProperties {
    /// They are ignored: the description does not mention them.
    Ignored,
    /// The description forbids them; see [`Struct::closed`].
    Rejected,
    /// They are kept in a field.
    Kept(AdditionalField),
}

impl UnknownProperties {
    /// The field that keeps them, if they are kept.
    pub fn field(&self) -> Option<&AdditionalField> {
        match self {
            Self::Kept(field) => Some(field),
            _ => None,
        }
    }
}

/// The field that keeps properties that the description does not name.
#[derive(Debug, Clone, PartialEq)]
pub struct AdditionalField {
    /// Its name.
    pub name: String,
    /// The type of each value.
    pub ty: TypeRef,
    /// The constraints of each value.
    pub checks: Vec<Check>,
}

/// A field: a property of an object, or a parameter.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to a question of its own")]
pub struct Field {
    /// The location in the description.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: String,
    /// Its name in JSON.
    pub wire_name: String,
    /// `true` if the name in JSON differs from the Rust name in the case of the struct.
    pub renamed: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The type of the value; that of an optional field is an `Option` of it.
    pub ty: TypeRef,
    /// `true` if the field is not optional.
    pub required: bool,
    /// `true` if the description lists it as required. Its field is optional all the same if a value of the type can be
    /// without it in one direction.
    pub listed_as_required: bool,
    /// Its presence in JSON.
    pub presence: Presence,
    /// `true` if the value is behind a `Box`, because its type contains the struct.
    pub boxed: bool,
    /// The value of `x-sensitive`.
    pub sensitive: Option<bool>,
    /// `true` if `Debug` hides the value.
    pub redacted: bool,
    /// `true` if the description marks it as deprecated.
    pub deprecated: bool,
    /// `true` if only the service sets it.
    pub read_only: bool,
    /// `true` if it travels with requests, to the service or in events, and never with responses.
    pub write_only: bool,
    /// The value that the service uses if it is absent, as JSON text.
    pub default: Option<String>,
    /// The `format`, if no Rust type corresponds to it.
    pub format: Option<String>,
    /// The constraints that are checked.
    pub checks: Vec<Check>,
    /// The name of the variable that holds the value while it is checked.
    pub binding: String,
    /// Its setter in the builder.
    pub setter: Setter,
    /// The state of a required field in the builder.
    pub slot: Option<Slot>,
}

/// The setter of a field in a builder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setter {
    /// There is none, because only the service sets the property.
    None,
    /// It accepts a value of the type of the field.
    Exact,
    /// It accepts a value of every type that converts into that of the field.
    Into,
    /// It accepts anything that iterates over the items of the list.
    Items,
    /// It accepts anything that iterates over values that convert into the items of the list.
    IntoItems,
}

/// The state of a required field in a builder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The type parameter of the builder for the state.
    pub parameter: String,
    /// The trait whose name the compiler prints if the field is not set; one for each name of a field.
    pub marker: String,
}
