//! Enumerations of values, and unions of alternatives.

use super::{Check, Docs, TypeRef};

/// One of some forms.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// What tells the form.
    pub distinction: Distinction,
    /// The forms.
    pub variants: Vec<Alternative>,
    /// The name of the variant that keeps other values as they are, where others may come.
    pub other: Option<String>,
}

/// What tells the form of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distinction {
    /// The member of this name.
    Tag(String),
    /// Exactly one form fits; `disjoint` if no value can fit two.
    ExactlyOne {
        /// Whether no value fits two forms.
        disjoint: bool,
    },
    /// Some form fits.
    AtLeastOne,
}

/// One form of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Its name in Rust.
    pub name: String,
    /// The value of the member that tells the form.
    pub tag: Option<String>,
    /// What it is.
    pub docs: Docs,
    /// Its type.
    pub ty: TypeRef,
    /// What is checked of it.
    pub checks: Vec<Check>,
    /// Whether it stands behind a `Box`, because its type contains the union.
    pub boxed: bool,
    /// Whether `Debug` shows it.
    pub shown: bool,
}

/// One of some values.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The name of the variant that keeps other values as they are, where others may come.
    pub other: Option<String>,
    /// The values.
    pub variants: Vec<Variant>,
}

impl Enum {
    /// Whether all values are strings.
    pub fn is_text(&self) -> bool {
        self.variants.iter().all(|variant| variant.value.is_string())
    }
}

/// One value of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name in Rust.
    pub name: String,
    /// The value.
    pub value: serde_json::Value,
}
