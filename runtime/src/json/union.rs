//! Unions: values of `oneOf`, `anyOf` and schemas with a discriminator.
//!
//! A union is an enum with a variant for each alternative. [`Tagged`] decodes one whose variant is selected by a
//! property, [`Choice`] one whose alternatives are tried. Both buffer the value first and decode it from there, so an
//! error has the location in the value, but the line and column of the end of the union.
//!
//! Emitted unions look like those in the tests of this module.

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

/// Decodes a buffered value. The error contains the location in the value, and never the value that was found.
fn decode<T: DeserializeOwned>(value: &JsonValue) -> Result<T, UnionError> {
    T::deserialize(value).map_err(|_| explain::<T>(value))
}

/// Decodes again, from text, because only errors in a text have a position.
#[cold]
fn explain<T: DeserializeOwned>(value: &JsonValue) -> UnionError {
    match serde_json::from_str::<T>(&value.to_string()) {
        Err(error) => UnionError::from_message(JsonError::of_part(value, &error)),
        // Both decoders agree; if they ever did not, this message would still show no value.
        Ok(_) => UnionError::new("a value", "one that fits"),
    }
}
