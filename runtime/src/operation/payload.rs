//! The encoded body of a request.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use crate::json;
use crate::json::error::JsonError;

/// The bytes of a request body and their media type.
#[derive(Clone)]
pub struct Payload {
    bytes: Bytes,
    /// The media type, if it differs from that of the operation.
    content_type: Option<Box<str>>,
}

impl Payload {
    /// Encodes a value as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the value contains a map with non-string keys or a number that is not finite, or if its
    /// `Serialize` implementation fails.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
        json::encode(value).map(Self::from_bytes)
    }

    /// Creates a payload from a text, encoded in UTF-8.
    ///
    /// # Errors
    ///
    /// Never returns an error. All encoders share this signature.
    pub fn text(text: &str) -> Result<Self, JsonError> {
        Self::bytes(text.as_bytes())
    }

    /// Creates a payload from bytes.
    ///
    /// # Errors
    ///
    /// Never returns an error. All encoders share this signature.
    pub fn bytes(bytes: &[u8]) -> Result<Self, JsonError> {
        Ok(Self::from_bytes(bytes.to_vec()))
    }

    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), content_type: None }
    }

    pub(crate) fn with_content_type(self, content_type: String) -> Self {
        Self { content_type: Some(content_type.into()), ..self }
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

impl fmt::Debug for Payload {
    /// Formats the size only. The content may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}
