//! Structs and their fields.

use super::{Bounds, Check, Docs, TypeRef};
use crate::document::Origin;

/// Named members.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// The members, in the order of the description.
    pub fields: Vec<Field>,
    /// Whether the names in JSON are camel case.
    pub camel_case: bool,
    /// What becomes of members that the description does not name.
    pub additional: Additional,
    /// How many members there may be.
    pub property_count: Option<Bounds>,
}

/// What becomes of members that the description does not name.
#[derive(Debug, Clone, PartialEq)]
pub enum Additional {
    /// They are left out: the description says nothing of them.
    Ignored,
    /// A value with one of them is refused.
    Refused,
    /// They are kept.
    Kept(Kept),
}

impl Additional {
    /// How they are kept.
    pub fn kept(&self) -> Option<&Kept> {
        match self {
            Self::Kept(kept) => Some(kept),
            _ => None,
        }
    }
}

/// The field that keeps members that the description does not name.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// The type of each value.
    pub ty: TypeRef,
    /// What is checked of each value.
    pub checks: Vec<Check>,
}

/// A member.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is the answer to a question of its own")]
pub struct Field {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: String,
    /// Its name in JSON.
    pub wire_name: String,
    /// Whether the name in JSON is another than its own in the case of the struct.
    pub renamed: bool,
    /// What it is.
    pub docs: Docs,
    /// The type of the value, when there is one.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub required: bool,
    /// Whether the value stands behind a `Box`, because its type contains this one.
    pub boxed: bool,
    /// What the description says of showing it.
    pub sensitive: Option<bool>,
    /// Whether `Debug` shows the value.
    pub shown: bool,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// Whether only the service sets it.
    pub read_only: bool,
    /// Whether the service takes it and never gives it back.
    pub write_only: bool,
    /// What the service takes when it is absent, as JSON text.
    pub default: Option<String>,
    /// The format that the description names and no type stands for.
    pub format: Option<String>,
    /// What is checked before it is sent.
    pub checks: Vec<Check>,
    /// The name of the value in its check.
    pub binding: String,
    /// How the builder knows that it is set, where that is required.
    pub slot: Option<Slot>,
}

/// How a builder knows that a required member is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The type parameter of the builder that tells it.
    pub parameter: String,
    /// The trait that the compiler asks for, one for each name of a member.
    pub marker: String,
}
