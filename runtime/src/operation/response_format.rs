//! The format of successful responses, and their conversion to values.

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::value::{BytesDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

use crate::json;
use crate::json::error::JsonError;

/// The format of the body of a successful response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseFormat {
    /// A JSON document.
    #[default]
    Json,
    /// Text in UTF-8 if `Content-Type` is `text/…`. Otherwise a JSON string, or else the whole body as text. Decoded as a
    /// `String`.
    JsonOrText,
    /// Text in UTF-8, decoded as a `String`. A byte order mark at its start is ignored.
    Text,
    /// Any bytes, decoded as [`Bytes`](crate::Bytes).
    Bytes,
    /// No body, decoded as `()`. A body that is present is ignored.
    Nothing,
}

impl ResponseFormat {
    /// Returns the format of a response with these headers. `Content-Type` decides between JSON and text.
    pub(crate) fn of_content(self, headers: &HeaderMap) -> Self {
        let is_text = || {
            let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            content_type.starts_with("text/") && content_type != "text/json"
        };
        if self == Self::JsonOrText && is_text() { Self::Text } else { self }
    }

    /// Decodes a body. Text must be valid UTF-8.
    pub(crate) fn decode<R: DeserializeOwned>(self, body: &[u8]) -> Result<R, JsonError> {
        match self {
            Self::Json => json::decode(body),
            Self::JsonOrText => json::decode(body).or_else(|_| Self::Text.decode(body)),
            Self::Nothing => json::decode(b"null"),
            Self::Text | Self::Bytes => R::deserialize(Raw { body, is_text: self == Self::Text })
                .map_err(|error| JsonError::decoding(&error, body)),
        }
    }
}

/// A deserializer for a body that is a single string or a single sequence of bytes.
struct Raw<'b> {
    body: &'b [u8],
    is_text: bool,
}

impl<'de> Deserializer<'de> for Raw<'_> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if !self.is_text {
            return BytesDeserializer::new(self.body).deserialize_bytes(visitor);
        }
        let text = str::from_utf8(json::without_byte_order_mark(self.body))
            .map_err(|_| Self::Error::custom("the text is not UTF-8"))?;
        StrDeserializer::new(text).deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bytes;

    #[test]
    fn bodies_are_read_as_the_description_says() {
        assert_eq!(ResponseFormat::Json.decode::<String>(b"\"a\"").ok().as_deref(), Some("a"));
        assert_eq!(ResponseFormat::JsonOrText.decode::<String>(b"\"a\"").ok().as_deref(), Some("a"));
        assert_eq!(ResponseFormat::JsonOrText.decode::<String>(b"\"a\" b").ok().as_deref(), Some("\"a\" b"));
        assert_eq!(ResponseFormat::Text.decode::<String>(b"\"a\"").ok().as_deref(), Some("\"a\""));
        assert_eq!(ResponseFormat::Text.decode::<String>(b"").ok().as_deref(), Some(""));
        assert_eq!(ResponseFormat::Text.decode::<String>(b"\xef\xbb\xbfa").ok().as_deref(), Some("a"));
        assert_eq!(
            ResponseFormat::Bytes.decode::<Bytes>(b"\xef\xbb\xbfa").ok().as_deref(),
            Some(&b"\xef\xbb\xbfa"[..])
        );
        assert_eq!(ResponseFormat::Bytes.decode::<Bytes>(b"\xff\0").ok().as_deref(), Some(&b"\xff\0"[..]));
        assert_eq!(ResponseFormat::Bytes.decode::<Option<Bytes>>(b"x").ok().flatten().as_deref(), Some(&b"x"[..]));
    }

    #[test]
    fn a_text_in_another_encoding_is_an_error_that_does_not_repeat_it() {
        let error = ResponseFormat::Text.decode::<String>(b"caf\xe9 4411").expect_err("not UTF-8");
        assert!(!format!("{error} {error:?}").contains("4411"), "{error}");
    }
}
