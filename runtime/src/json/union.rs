//! Values that take one of several forms: what `oneOf`, `anyOf` and a discriminator become.
//!
//! A union is an enum with a variant for each form. [`Tagged`] reads one whose form a member names, [`Choice`] one
//! where the forms are tried. Both set the value aside first and decode it from there, so an error says where in the
//! value it is, but has the line and column of the end of the union.
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

use crate::JsonValue;
use crate::json::buffered::Misfit;
use crate::json::error::JsonError;

/// Decodes a value that was set aside. The error says where in the value, and never what was found.
fn decode<T: DeserializeOwned>(value: &JsonValue) -> Result<T, Misfit> {
    T::deserialize(value).map_err(|_| explain::<T>(value))
}

/// Decodes once more, from text, because only there an error has a position.
#[cold]
fn explain<T: DeserializeOwned>(value: &JsonValue) -> Misfit {
    match serde_json::from_str::<T>(&value.to_string()) {
        Err(error) => Misfit::from_message(JsonError::of_part(value, &error)),
        // The two ways of decoding agree; should they ever not, this still tells no value.
        Ok(_) => Misfit::new("a value", "one that fits"),
    }
}
