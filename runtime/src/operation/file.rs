//! A file in the body of a request.

use std::fmt;

use bytes::Bytes;

/// A file for a form: its content, name and media type.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Bytes,
}

impl File {
    /// Makes a file from its name, without a folder, and its content. Cloning it does not copy the content.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: None, content: content.into() }
    }

    /// Sets the media type, such as `image/png`. The default is that of the description, or else
    /// `application/octet-stream`. Characters other than visible ASCII and spaces are left out.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }
}

impl fmt::Debug for File {
    /// Shows the size; name and content may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("bytes", &self.content.len()).finish_non_exhaustive()
    }
}
