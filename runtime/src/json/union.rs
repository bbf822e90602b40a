//! Unions: values of `oneOf`, `anyOf` and schemas with a discriminator.
//!
//! A union is an enum with a variant for each alternative. [`Tagged`] decodes unions whose variant is selected by a
//! property, and [`Choice`] unions whose alternatives are tried. Both buffer the value before decoding it, so an error
//! has the exact location, but the line and column of the end of the union.
//!
//! The tests of this module contain unions as they are emitted.

mod alternative;
pub(crate) mod budget;
mod choice;
mod tagged;
#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;

pub use choice::Choice;
pub use tagged::Tagged;

use crate::json::buffered::UnionError;
use crate::json::error::JsonError;
use crate::json::union::budget::Reading;
use crate::value::JsonValue;

/// Decodes a buffered value. The error contains the location within the value, but never the value.
fn decode<T: DeserializeOwned>(value: &JsonValue) -> Result<T, UnionError> {
    if budget::is_search() {
        return decode_text(value);
    }
    let mismatch = || UnionError::new("a value", "one that matches");
    T::deserialize(value).map_err(|_| {
        let located = if budget::is_reported() { decode_text::<T>(value).err() } else { None };
        // The two decoders agree. If they did not, the other message would still not contain the value.
        located.unwrap_or_else(mismatch)
    })
}

/// Decodes the value from its text, because only errors in a text have a position.
#[cold]
fn decode_text<T: DeserializeOwned>(value: &JsonValue) -> Result<T, UnionError> {
    let _search = Reading::again(value);
    let text = value.to_string();
    serde_json::from_str(&text).map_err(|error| UnionError::from_message(JsonError::of_part(&text, &error)))
}
