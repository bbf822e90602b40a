//! Unions: values of `oneOf`, `anyOf` and schemas with a discriminator.
//!
//! A union is an enum with a variant for each alternative. [`Tagged`] decodes unions whose variant is selected by a
//! property, and [`Choice`] unions whose alternatives are tried. Both buffer the value before decoding it, so an error
//! has the exact location, but the line and column of the end of the union.
//!
//! The tests of this module contain unions as they are emitted.

mod alternative;
mod choice;
mod tagged;
#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;

pub use choice::Choice;
pub use tagged::Tagged;

use crate::json::buffered::UnionError;
use crate::json::error::JsonError;
use crate::value::JsonValue;

/// Decodes a buffered value. The error contains the location within the value, but never the value.
fn decode<T: DeserializeOwned>(value: &JsonValue) -> Result<T, UnionError> {
    T::deserialize(value).map_err(|_| explain::<T>(value))
}

/// Decodes the value again from its text, because only errors in a text have a position.
#[cold]
fn explain<T: DeserializeOwned>(value: &JsonValue) -> UnionError {
    match serde_json::from_str::<T>(&value.to_string()) {
        Err(error) => UnionError::from_message(JsonError::of_part(value, &error)),
        // The two decoders agree. If they did not, this message would still not contain the value.
        Ok(_) => UnionError::new("a value", "one that matches"),
    }
}
