//! The encoded body of a request.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use crate::json;
use crate::json::error::JsonError;

/// The bytes of a request body, and their media type.
#[derive(Clone)]
pub struct Payload {
    bytes: Bytes,
    /// Present if it differs from that of the operation.
    content_type: Option<Box<str>>,
}

impl Payload {
    /// Encodes a value as JSON.
    ///
    /// # Errors
    ///
    /// Fails if the value has a map whose keys are not strings, or if its own `Serialize` fails.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
        json::encode(value).map(Self::from_bytes)
    }

    /// Takes a text as it is, in UTF-8.
    ///
    /// # Errors
    ///
    /// Never fails; returns `Result` so that all encoders share a signature.
    pub fn text(text: &str) -> Result<Self, JsonError> {
        Self::bytes(text.as_bytes())
    }

    /// Takes bytes as they are.
    ///
    /// # Errors
    ///
    /// Never fails; returns `Result` so that all encoders share a signature.
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
    /// Shows the size; the content may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}
