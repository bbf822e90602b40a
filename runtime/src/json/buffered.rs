//! Values that are buffered until their type is known.
//!
//! The type is chosen inside a visitor, while the decoder is at the end of the value, so that an error has that
//! position. Outside a visitor, `serde_json` would use the position of the enclosing array or object.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::value::JsonValue;

/// An error returned when a buffered value does not match its type. It contains the expected type and the location, but
/// never the value.
#[derive(Clone, PartialEq, Eq)]
pub struct UnionError(
    /// A message in a format of Serde, which [`JsonError`](crate::JsonError) recognizes.
    String,
);

impl UnionError {
    /// Creates an error for a value of an unexpected kind. Neither text comes from the value.
    pub(crate) fn new(found: &str, expected: &str) -> Self {
        Self(format!("invalid value: {found}, expected {expected}"))
    }

    /// Creates an error with a message of [`JsonError::of_part`](crate::JsonError).
    pub(crate) fn from_message(message: String) -> Self {
        Self(message)
    }
}

impl fmt::Display for UnionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UnionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnionError({self})")
    }
}

impl std::error::Error for UnionError {}

/// Buffers a value and applies a function to it.
pub(crate) fn buffer<'de, T, D, F>(deserializer: D, decide: F) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(JsonValue) -> Result<T, UnionError>,
{
    deserializer.deserialize_any(Buffered(decide))
}

struct Buffered<F>(F);

impl<T, F: FnOnce(JsonValue) -> Result<T, UnionError>> Buffered<F> {
    fn decide<E: Error>(self, value: impl Into<JsonValue>) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }
}

impl<'de, T, F: FnOnce(JsonValue) -> Result<T, UnionError>> Visitor<'de> for Buffered<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.decide(())
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.decide(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        self.decide(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.decide(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.decide(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        self.decide(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        self.decide(value)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        self.decide(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let value = JsonValue::deserialize(SeqAccessDeserializer::new(items))?;
        self.decide(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, properties: A) -> Result<T, A::Error> {
        let value = JsonValue::deserialize(MapAccessDeserializer::new(properties))?;
        self.decide(value)
    }
}
