//! Sample requests, and the environment that they run in.

use super::TypeId;
use crate::document::Origin;

/// The environment of samples.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Samples {
    /// A base URL that is obviously a sample.
    pub base_url: String,
    /// The environment variable from which programs read the base URL.
    pub base_url_variable: String,
}

/// A sample request.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The location in the description.
    pub origin: Origin,
    /// Its documentation.
    pub summary: Option<String>,
    /// The parameters, if the operation has some.
    pub parameters: Option<ExampleValue>,
    /// The body, if the operation has one.
    pub value: Option<ExampleValue>,
}

/// A value of the type of its schema.
#[derive(Debug, Clone, PartialEq)]
pub enum ExampleValue {
    /// A struct: its type, the fields that are present, by index and in the order of the type, and the unknown
    /// properties.
    Struct(TypeId, Vec<(usize, ExampleValue)>, Vec<(String, ExampleValue)>),
    /// A value of an enumeration, by index.
    Variant(TypeId, usize),
    /// A string.
    String(String),
    /// A text with a format, such as a time.
    Formatted(String),
    /// An alternative of a union: its index, and its value.
    Alternative(TypeId, usize, Box<ExampleValue>),
    /// The value of a wrapper.
    Wrapped(TypeId, Box<ExampleValue>),
    /// `null`.
    Null,
    /// A value of a nullable type.
    NotNull(Box<ExampleValue>),
    /// An integer.
    Integer(i128),
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
