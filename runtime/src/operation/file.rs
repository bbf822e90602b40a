//! Files in request bodies.

use std::fmt;

use crate::operation::byte_source::ByteSource;

/// A file in a form: its content, name, and media type.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    pub(crate) name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: ByteSource,
}

impl File {
    /// Creates a file from its name, without a directory, and its content: bytes, or a [`ByteSource`] that is a stream. Cloning
    /// a file does not copy the content.
    pub fn new(name: impl Into<String>, content: impl Into<ByteSource>) -> Self {
        Self { name: Some(name.into()), content_type: None, content: content.into() }
    }

    /// Creates a part of a form without a file name, such as a text, for a form whose parts are not described.
    pub fn without_name(content: impl Into<ByteSource>) -> Self {
        Self { name: None, content_type: None, content: content.into() }
    }

    /// Sets the media type, such as `image/png`. The default is the media type in the description, or else
    /// `application/octet-stream` for a file with a name. Characters other than visible ASCII and spaces are removed.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }
}

impl fmt::Debug for File {
    /// Formats the size only. The name and the content may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("bytes", &self.content.length()).finish_non_exhaustive()
    }
}
