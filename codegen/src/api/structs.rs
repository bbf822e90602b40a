//! Structs and their fields.

use super::{Bounds, Check, Docs, Presence, TypeRef};
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
}

/// The state of a required field in a builder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The type parameter of the builder for the state.
    pub parameter: String,
    /// The trait whose name the compiler prints if the field is not set; one for each name of a field.
    pub marker: String,
}
