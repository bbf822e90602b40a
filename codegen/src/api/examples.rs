//! Sample requests, and the environment that they run in.

use super::TypeId;
use crate::document::Origin;

/// What samples need of the world around them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Samples {
    /// A base URL, to show what one looks like.
    pub base_url: String,
    /// The environment variable that programs read it from.
    pub base_url_variable: String,
}

/// A sample request, ready to be built.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Where it stands.
    pub origin: Origin,
    /// What it shows.
    pub summary: Option<String>,
    /// The parameters, where the operation has some.
    pub parameters: Option<ExampleValue>,
    /// The body, where the operation has one.
    pub value: Option<ExampleValue>,
}

/// A value, typed as the schema says.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleValue {
    /// A struct: its type, the members that are present, by field index, in the order of the type, and those that the
    /// type does not name.
    Struct(TypeId, Vec<(usize, ExampleValue)>, Vec<(String, ExampleValue)>),
    /// A value of an enumeration, by index.
    Variant(TypeId, usize),
    /// A string.
    String(String),
    /// A text with a format, such as a time.
    Formatted(String),
    /// One form of a union: the index of its variant, and what is in it.
    Form(TypeId, usize, Box<ExampleValue>),
    /// What a wrapper holds.
    Wrapped(TypeId, Box<ExampleValue>),
    /// `null`.
    Null,
    /// A value that might have been `null`.
    NotNull(Box<ExampleValue>),
    /// An integer.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// A list.
    List(Vec<ExampleValue>),
    /// A map.
    Map(Vec<(String, ExampleValue)>),
    /// Any JSON value, as JSON text.
    Json(String),
}
