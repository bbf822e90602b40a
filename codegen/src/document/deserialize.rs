//! Deserialization of any `serde` type, such as those of `openapiv3`, from a [`Node`].

use serde::de::value::{Error, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Node, Value};

impl Node {
    /// Deserializes the value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not match `T`. The error has no position, because the checks of the loader
    /// come first and report one.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        T::deserialize(self)
    }
}

impl<'de> IntoDeserializer<'de, Error> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => {
                number.deserialize_any(visitor).map_err(|error| serde::de::Error::custom(error.to_string()))
            }
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Value::Object(object) => visitor
                .visit_map(MapDeserializer::new(object.iter().map(|(key, property)| (key.as_str(), &property.node)))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.value {
            Value::String(text) => StrDeserializer::new(text).deserialize_enum(name, variants, visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::parse_json;
    use crate::{Diagnostics, Source};

    #[test]
    fn openapi_types_are_read_from_the_tree() {
        let text = r#"{"type": "string", "minLength": 1, "maxLength": 24.0, "x-note": [null, 1.5], "nullable": true}"#;
        let node = parse_json(&Source::new("a.json", text), 0, &mut Diagnostics::new()).expect("the text is JSON");
        let from_tree: openapiv3::Schema = node.read().expect("the schema is sound");
        let from_json: openapiv3::Schema =
            serde_json::from_str(&text.replace("24.0", "24")).expect("the schema is sound");
        assert_eq!(from_tree, from_json);
    }

    #[test]
    fn enumerations_are_read_from_strings() {
        let node = parse_json(&Source::new("a.json", r#"["form", "oops"]"#), 0, &mut Diagnostics::new());
        let node = node.expect("the text is JSON");
        let items = node.as_array().expect("the text is a list");
        assert_eq!(items[0].read::<openapiv3::QueryStyle>(), Ok(openapiv3::QueryStyle::Form));
        items[1].read::<openapiv3::QueryStyle>().expect_err("no such style");
    }
}
