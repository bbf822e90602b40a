//! A buffered value, tried as an alternative of a union.

use std::cell::Cell;

use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

use crate::value::JsonValue;

/// A deserializer of a buffered value, for alternatives that are distinguished by the type of the JSON value.
///
/// Serde also decodes a struct from an array, and an enum from an object. Here, a struct is always an object and a
/// variant is always a string, because arrays and objects may be alternatives of their own.
#[derive(Clone, Copy)]
pub(super) struct Alternative<'a> {
    pub(super) value: &'a JsonValue,
    /// The number of properties that are unknown to the struct and would be lost.
    pub(super) unknown: &'a Cell<usize>,
}

impl<'de> Deserializer<'de> for Alternative<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.value.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.value {
            JsonValue::Object(object) => {
                self.unknown.set(object.keys().filter(|key| !fields.contains(&key.as_str())).count());
                object.deserialize_struct(name, fields, visitor)
            }
            _ => Err(Self::Error::custom("invalid type: another value, expected an object")),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.value {
            JsonValue::String(text) => visitor.visit_enum(StrDeserializer::new(text)),
            _ => Err(Self::Error::custom("invalid type: another value, expected a string")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}
