//! Types for values of JSON and of descriptions that Rust has no type for.

pub(crate) mod formats;
pub(crate) mod never;
pub(crate) mod nullable;
pub(crate) mod redacted;
pub(crate) mod required;

/// Any JSON value, for properties whose schema allows every value.
pub use serde_json::Value as JsonValue;

/// The properties of a JSON object, for those that a description does not name.
pub type JsonObject = serde_json::Map<String, JsonValue>;
