//! The encoded body of a request.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use crate::json;
use crate::json::error::JsonError;
use crate::operation::byte_source::{ByteSource, Piece};
use crate::operation::file::File;
use crate::operation::form::{self, FormStyle};
use crate::operation::multipart::Multipart;

/// The content of a request body and its media type.
#[derive(Clone)]
pub struct Payload {
    content: Pieces,
    /// The media type, if it differs from that of the operation.
    content_type: Option<Box<str>>,
}

#[derive(Clone)]
enum Pieces {
    One(ByteSource),
    Several(Vec<ByteSource>),
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

    /// Encodes an object as a URL-encoded form. `styles` lists the properties whose description states an encoding.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, and otherwise the same errors as [`json`](Self::json).
    pub fn form<T: Serialize + ?Sized>(value: &T, styles: &[(&str, FormStyle)]) -> Result<Self, JsonError> {
        form::encode(value, styles)
    }

    /// Encodes an object as a multipart form: an object in it as JSON, anything else as text. Each item of a list becomes a
    /// part.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, and otherwise the same errors as [`json`](Self::json).
    pub fn parts<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
        let mut form = Multipart::new();
        form.properties(value)?;
        form.finish()
    }

    /// Encodes files and texts as a multipart form, each under its name.
    ///
    /// # Errors
    ///
    /// Never returns an error. All encoders share this signature.
    pub fn files(files: &BTreeMap<String, File>) -> Result<Self, JsonError> {
        let mut form = Multipart::new();
        for (name, file) in files {
            form.file(name, None, [file]);
        }
        form.finish()
    }

    /// Creates a payload from a text, encoded in UTF-8.
    ///
    /// # Errors
    ///
    /// Never returns an error. All encoders share this signature.
    pub fn text(text: &str) -> Result<Self, JsonError> {
        Ok(Self::from_bytes(text.into()))
    }

    /// Creates a payload from bytes or a stream.
    ///
    /// # Errors
    ///
    /// Never returns an error. All encoders share this signature.
    pub fn bytes(content: &ByteSource) -> Result<Self, JsonError> {
        Ok(Self { content: Pieces::One(content.clone()), content_type: content.stated_type().map(Box::from) })
    }

    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { content: Pieces::One(bytes.into()), content_type: None }
    }

    pub(crate) fn from_pieces(pieces: Vec<ByteSource>) -> Self {
        Self { content: Pieces::Several(pieces), content_type: None }
    }

    pub(crate) fn with_content_type(self, content_type: String) -> Self {
        Self { content_type: Some(content_type.into()), ..self }
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the bytes, unless there is a stream.
    pub(crate) fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Pieces::One(content) => content.as_bytes(),
            Pieces::Several(_) => None,
        }
    }

    /// Returns the content for one body; `None` if it has a stream that another body has taken.
    pub(crate) fn take(&self) -> Option<Vec<Piece>> {
        match &self.content {
            Pieces::One(content) => Some(vec![content.take()?]),
            Pieces::Several(pieces) => pieces.iter().map(ByteSource::take).collect(),
        }
    }

    fn length(&self) -> Option<u64> {
        match &self.content {
            Pieces::One(content) => content.length(),
            Pieces::Several(pieces) => pieces.iter().map(ByteSource::length).sum(),
        }
    }
}

impl fmt::Debug for Payload {
    /// Formats the size only. The content may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").field("bytes", &self.length()).finish_non_exhaustive()
    }
}
