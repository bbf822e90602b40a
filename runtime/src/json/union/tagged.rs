//! Unions whose form a member names.

use serde::Deserializer;
use serde::de::DeserializeOwned;

use super::decode;
use crate::json::buffered::{Misfit, set_aside};
use crate::{JsonObject, JsonValue};

/// An object that was read, and the member of it that tells its form: the tag.
///
/// ```
/// use wirecrate_runtime::{JsonObject, Tagged};
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
    /// Reads an object whose tag is the member of that name, and lets a function decode it.
    ///
    /// # Errors
    ///
    /// Fails when the value is no object, or the function does.
    pub fn read<'de, U, D: Deserializer<'de>>(
        deserializer: D,
        name: &'static str,
        decide: impl FnOnce(Self) -> Result<U, Misfit>,
    ) -> Result<U, D::Error> {
        set_aside(deserializer, |value| match value {
            JsonValue::Object(object) => decide(Self { name, object }),
            _ => Err(Misfit::new("another value", "an object")),
        })
    }

    /// The tag, if the object has one and it is a string.
    pub fn tag(&self) -> Option<&str> {
        self.object.get(self.name)?.as_str()
    }

    /// Decodes the object, for a form that has the tag among its members.
    ///
    /// # Errors
    ///
    /// Fails when the object does not fit the form.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, Misfit> {
        decode(&JsonValue::Object(self.object))
    }

    /// Decodes the object without its tag, for a form that leaves the tag to the union.
    ///
    /// # Errors
    ///
    /// Fails when the object does not fit the form.
    pub fn decode_content<T: DeserializeOwned>(mut self) -> Result<T, Misfit> {
        self.object.remove(self.name);
        self.decode()
    }

    /// The object as it was read, for a form that is not known.
    pub fn into_object(self) -> JsonObject {
        self.object
    }

    /// The error of a union that takes no other tag than these.
    #[must_use]
    pub fn refuse(&self, known: &[&str]) -> Misfit {
        let found = if self.tag().is_some() { "another tag" } else { "an object without tag" };
        let known: Vec<_> = known.iter().map(|tag| format!("`{tag}`")).collect();
        Misfit::new(found, &format!("`{}` to be one of {}", self.name, known.join(", ")))
    }
}

impl std::fmt::Debug for Tagged {
    /// Shows the name of the tag; the object came from outside.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagged").field("name", &self.name).finish_non_exhaustive()
    }
}
