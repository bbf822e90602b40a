//! Unions whose variant is selected by a property.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize, Serializer};

use super::budget::{self, Reading};
use super::decode;
use crate::json::buffered::{UnionError, buffer};
use crate::value::{JsonObject, JsonValue};

/// A decoded object, and the property that selects its variant: the tag.
///
/// ```
/// use wirecrate_runtime::generated::Tagged;
/// use wirecrate_runtime::JsonObject;
/// use serde::{Deserialize, Deserializer, Serialize};
///
/// #[derive(Serialize, Deserialize)]
/// pub struct TextHeader {
///     pub text: String,
/// }
///
/// #[derive(Serialize)]
/// #[serde(tag = "type")]
/// pub enum Header {
///     #[serde(rename = "TEXT")]
///     Text(TextHeader),
///     #[serde(untagged)]
///     Other(JsonObject),
/// }
///
/// impl<'de> Deserialize<'de> for Header {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         Tagged::read(deserializer, "type", |object| match object.tag() {
///             Some("TEXT") => object.decode_content().map(Self::Text),
///             _ => Ok(Self::Other(object.into_object())),
///         })
///     }
/// }
///
/// let header: Header = serde_json::from_str(r#"{"type": "TEXT", "text": "hello"}"#)?;
/// assert!(matches!(&header, Header::Text(TextHeader { text }) if text == "hello"));
/// assert_eq!(serde_json::to_string(&header)?, r#"{"type":"TEXT","text":"hello"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Tagged {
    name: &'static str,
    object: JsonObject,
}

impl Tagged {
    /// Decodes an object whose tag is the property `name`, and passes it to a function.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, or if the function returns one.
    pub fn read<'de, U, D: Deserializer<'de>>(
        deserializer: D,
        name: &'static str,
        decide: impl FnOnce(Self) -> Result<U, UnionError>,
    ) -> Result<U, D::Error> {
        let _reading = Reading::tagged();
        buffer(deserializer, |value| {
            budget::copy(&value);
            match value {
                JsonValue::Object(object) => decide(Self { name, object }),
                _ => Err(UnionError::new("another value", "an object")),
            }
        })
    }

    /// Returns the tag, or `None` if it is absent, not a string, or in too many unions.
    pub fn tag(&self) -> Option<&str> {
        self.selecting()?.as_str()
    }

    /// Returns the tag, or `None` if it is absent, not an integer of 64 bits, or in too many unions.
    pub fn integer_tag(&self) -> Option<i64> {
        self.selecting()?.as_i64()
    }

    /// Returns the tag of any type, as long as the union may be decoded.
    fn selecting(&self) -> Option<&JsonValue> {
        self.object.get(self.name).filter(|_| budget::is_left())
    }

    /// Encodes an object and an integer as its tag, which comes first.
    ///
    /// # Errors
    ///
    /// Returns an error if the content is not an object, or if the serializer returns one.
    pub fn write<T: Serialize, S: Serializer>(
        serializer: S,
        name: &'static str,
        tag: i64,
        content: &T,
    ) -> Result<S::Ok, S::Error> {
        WithTag { tag: [(name, tag)].into(), content }.serialize(serializer)
    }

    /// Decodes the object including its tag, for a variant that has the tag among its properties.
    ///
    /// # Errors
    ///
    /// Returns an error if the object does not match the variant.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, UnionError> {
        decode(&JsonValue::Object(self.object))
    }

    /// Decodes the object without its tag, for a variant that leaves the tag to the union.
    ///
    /// # Errors
    ///
    /// Returns an error if the object does not match the variant.
    pub fn decode_content<T: DeserializeOwned>(mut self) -> Result<T, UnionError> {
        self.object.remove(self.name);
        self.decode()
    }

    /// Returns the object unchanged, for an unknown variant.
    pub fn into_object(self) -> JsonObject {
        self.object
    }

    /// Returns the error for a tag other than the known ones.
    #[must_use]
    pub fn refuse(&self, known: &[&str]) -> UnionError {
        let has_tag = self.object.get(self.name).is_some_and(|tag| tag.is_string() || tag.is_number());
        let found = if has_tag { "another tag" } else { "an object without tag" };
        let known: Vec<_> = known.iter().map(|tag| format!("`{tag}`")).collect();
        UnionError::new(found, &format!("`{}` to be one of {}", self.name, known.join(", ")))
    }
}

/// A tag, and the object without it.
#[derive(Serialize)]
struct WithTag<'a, T> {
    #[serde(flatten)]
    tag: BTreeMap<&'static str, i64>,
    #[serde(flatten)]
    content: &'a T,
}

impl std::fmt::Debug for Tagged {
    /// Formats the name of the tag, but not the object.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagged").field("name", &self.name).finish_non_exhaustive()
    }
}
