//! Values that are read as a whole before it is decided what they are.
//!
//! The decision is taken while the decoder still stands at the end of the value, so that an error has its place.
//! Outside of a visitor, `serde_json` gives it that of the array or object around the value.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::JsonValue;

/// Why a value that was set aside is none of those that a type takes. Says what was expected and where, and never
/// what was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Misfit(
    /// In a form of serde's own messages, which [`JsonError`](crate::JsonError) knows.
    String,
);

impl Misfit {
    /// A value in the place of which something else was expected. Both are words of ours.
    pub(crate) fn new(found: &str, expected: &str) -> Self {
        Self(format!("invalid value: {found}, expected {expected}"))
    }

    /// A message as [`JsonError::of_part`](crate::JsonError) makes it.
    pub(crate) fn from_message(message: String) -> Self {
        Self(message)
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Misfit({self})")
    }
}

impl std::error::Error for Misfit {}

/// Reads a value and lets a function make of it what it can.
pub(crate) fn set_aside<'de, T, D, F>(deserializer: D, decide: F) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    F: FnOnce(JsonValue) -> Result<T, Misfit>,
{
    deserializer.deserialize_any(Aside(decide))
}

struct Aside<F>(F);

impl<T, F: FnOnce(JsonValue) -> Result<T, Misfit>> Aside<F> {
    fn decide<E: Error>(self, value: impl Into<JsonValue>) -> Result<T, E> {
        (self.0)(value.into()).map_err(E::custom)
    }
}

impl<'de, T, F: FnOnce(JsonValue) -> Result<T, Misfit>> Visitor<'de> for Aside<F> {
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

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        let value = JsonValue::deserialize(MapAccessDeserializer::new(members))?;
        self.decide(value)
    }
}
