//! Types for JSON values that have no equivalent in the standard library.

pub(crate) mod formats;
pub(crate) mod never;
pub(crate) mod nullable;
pub(crate) mod redacted;
pub(crate) mod required;

/// Any JSON value, used where the schema allows all values.
pub use serde_json::Value as JsonValue;

/// The properties of a JSON object, used for those that the description does not name.
pub type JsonObject = serde_json::Map<String, JsonValue>;
