//! The content of binary bodies and of files: bytes in memory, or a stream.

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::{StreamExt as _, stream};
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// The number of bytes that are read from a reader at once.
const CHUNK: usize = 64 * 1024;

/// The content of a binary body or of a [`File`](crate::File): bytes, or a stream, whose bytes are sent as they are read.
///
/// Bytes convert into it: `ByteSource::from(vec![0xff])`. A stream can be used for one call. The call is repeated as long as
/// none of the stream was sent, and fails otherwise, because the stream cannot be read again. Timeouts include the time
/// in which it is sent.
///
/// ```
/// use futures_util::stream;
/// use wirecrate_runtime::ByteSource;
///
/// let rows = stream::iter(["a,b\n", "c,d\n"].map(Ok::<_, std::io::Error>));
/// assert_eq!(ByteSource::from_stream(rows).with_length(8).length(), Some(8));
/// assert_eq!(ByteSource::from("a,b\n").length(), Some(4));
/// ```
#[derive(Clone)]
pub struct ByteSource {
    source: Source,
    content_type: Option<Box<str>>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Stream { stream: Arc<Mutex<Option<ByteStream>>>, length: Option<u64> },
}

type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A part of a body: bytes, or a stream that no other body has.
pub(crate) enum Piece {
    Bytes(Bytes),
    /// The lock is never used. It permits sharing, which HTTP libraries require of a body.
    Stream {
        stream: Mutex<ByteStream>,
        length: Option<u64>,
    },
}

impl ByteSource {
    /// Creates content from a stream of bytes. If the stream fails, the request is aborted.
    pub fn from_stream<T, E>(stream: impl Stream<Item = Result<T, E>> + Send + 'static) -> Self
    where
        T: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let stream: ByteStream = Box::pin(stream.map(|item| item.map(Into::into).map_err(io::Error::other)));
        Self::of(Source::Stream { stream: Arc::new(Mutex::new(Some(stream))), length: None })
    }

    /// Creates content from a reader, such as an open file.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::from_stream(stream::try_unfold(Box::pin(reader), |mut reader| async move {
            let mut chunk = BytesMut::with_capacity(CHUNK);
            let is_end = reader.read_buf(&mut chunk).await? == 0;
            Ok::<_, io::Error>((!is_end).then(|| (chunk.freeze(), reader)))
        }))
    }

    /// Sets the number of bytes of a stream, which is sent as `Content-Length`. Without it, a request is sent in chunks,
    /// which some services do not accept. If the stream has another length, the request is aborted.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Source::Stream { length, .. } = &mut self.source {
            *length = Some(bytes);
        }
        self
    }

    /// Sets the media type of a binary body, such as `image/png`. The default is that of the operation. For a file in a form,
    /// use [`File::content_type`](crate::File::content_type).
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<Box<str>>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    fn of(source: Source) -> Self {
        Self { source, content_type: None }
    }

    /// Returns the media type that the caller has set.
    pub(crate) fn stated_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the number of bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Stream { length, .. } => *length,
        }
    }

    /// Returns the bytes, unless this is a stream.
    pub(crate) fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Stream { .. } => None,
        }
    }

    /// Returns the content for one body; `None` if it is a stream that another body has taken.
    pub(crate) fn take(&self) -> Option<Piece> {
        Some(match &self.source {
            Source::Bytes(bytes) => Piece::Bytes(bytes.clone()),
            Source::Stream { stream, length } => {
                // Taking an `Option` cannot panic half-way.
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner).take()?;
                Piece::Stream { stream: Mutex::new(stream), length: *length }
            }
        })
    }
}

impl<T: Into<Bytes>> From<T> for ByteSource {
    fn from(bytes: T) -> Self {
        Self::of(Source::Bytes(bytes.into()))
    }
}

impl PartialEq for ByteSource {
    /// Compares media types and bytes. A stream is equal to itself and its clones only.
    fn eq(&self, other: &Self) -> bool {
        self.content_type == other.content_type
            && match (&self.source, &other.source) {
                (Source::Bytes(one), Source::Bytes(other)) => one == other,
                (Source::Stream { stream: one, .. }, Source::Stream { stream: other, .. }) => Arc::ptr_eq(one, other),
                _ => false,
            }
    }
}

impl Eq for ByteSource {}

impl fmt::Debug for ByteSource {
    /// Formats the size only. The content may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteSource").field("bytes", &self.length()).finish_non_exhaustive()
    }
}
