//! Network failures, without the URL.

use std::error::Error;
use std::fmt;

use crate::error::outcome::Outcome;
use crate::error::record::CallRecord;

/// An error returned when there is no complete response to a request.
pub struct TransportError {
    inner: Box<Inner>,
}

struct Inner {
    kind: TransportErrorKind,
    source: Option<reqwest::Error>,
    record: CallRecord,
}

/// The kind of a [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was established, because DNS resolution or the TLS handshake failed, or because the connection was
    /// refused or closed. Nothing was sent.
    Connect,
    /// Connecting timed out. Nothing was sent.
    ConnectTimeout,
    /// The attempt timed out. The request may have arrived.
    Timeout,
    /// The connection failed while the request was sent or the response was awaited. The request may have arrived.
    Interrupted,
    /// The service stated that it did not process the request. This can occur with HTTP/2, if the service refused the
    /// stream, or closed the connection and named an earlier stream as the last one. The effect is the same as if
    /// nothing was sent.
    NotProcessed,
    /// The HTTP library rejected the request before connecting. Nothing was sent.
    Refused,
}

impl TransportError {
    /// Classifies an error of the HTTP library before the response. `taken` is `true` if the body of the request was
    /// passed to a connection, which takes precedence over the error itself.
    pub(crate) fn new(error: reqwest::Error, taken: bool) -> Self {
        let kind = match (taken, error.is_timeout()) {
            (true, true) => TransportErrorKind::Timeout,
            (true, false) if is_not_processed(&error) => TransportErrorKind::NotProcessed,
            (true, false) => TransportErrorKind::Interrupted,
            (false, true) => TransportErrorKind::ConnectTimeout,
            (false, false) if error.is_builder() => TransportErrorKind::Refused,
            (false, false) => TransportErrorKind::Connect,
        };
        Self::of_kind(kind, Some(error.without_url()))
    }

    /// Classifies an error of the HTTP library within the body of a response.
    pub(crate) fn within_response(error: reqwest::Error) -> Self {
        let is_timeout = error.is_timeout();
        let kind = if is_timeout { TransportErrorKind::Timeout } else { TransportErrorKind::Interrupted };
        Self::of_kind(kind, Some(error.without_url()))
    }

    pub(crate) fn of_kind(kind: TransportErrorKind, source: Option<reqwest::Error>) -> Self {
        Self { inner: Box::new(Inner { kind, source, record: CallRecord::default() }) }
    }

    /// Adds the record of the call whose last attempt failed with this error.
    pub(crate) fn with_record(mut self, record: CallRecord) -> Self {
        self.inner.record = record;
        self
    }

    pub(crate) fn record(&self) -> &CallRecord {
        &self.inner.record
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.inner.kind
    }

    /// Returns `true` if the cause is a timeout.
    pub fn is_timeout(&self) -> bool {
        matches!(self.inner.kind, TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout)
    }

    /// Returns `true` if another attempt would fail in the same way.
    pub(crate) fn is_permanent(&self) -> bool {
        self.inner.kind == TransportErrorKind::Refused
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match self.inner.kind {
            TransportErrorKind::Connect
            | TransportErrorKind::ConnectTimeout
            | TransportErrorKind::NotProcessed
            | TransportErrorKind::Refused => Outcome::NotSent,
            TransportErrorKind::Timeout | TransportErrorKind::Interrupted => Outcome::Unknown,
        }
    }
}

/// Returns `true` if the service stated that it did not process the request (RFC 9113, section 8.7): it refused the
/// stream, or sent `GOAWAY` with an earlier stream as the last one. `h2` reports `GOAWAY` as the error of later streams
/// only.
///
/// The text is compared, because the error type of the crate `h2` is not available: HTTP/2 is disabled unless a user
/// enables it. If the text changes, the outcome is unknown.
fn is_not_processed(error: &reqwest::Error) -> bool {
    const REFUSED: &str = "stream error received: refused stream before processing any application logic";
    const GOAWAY: &str = "connection error received: ";

    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.last().map(ToString::to_string).is_some_and(|text| text == REFUSED || text.starts_with(GOAWAY))
}

#[cfg(feature = "tracing")]
impl TransportErrorKind {
    /// Returns the kind as one word, for logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::ConnectTimeout => "connect_timeout",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::NotProcessed => "not_processed",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.inner.kind {
            TransportErrorKind::Connect => "failed to connect to the service",
            TransportErrorKind::ConnectTimeout => "connecting to the service timed out",
            TransportErrorKind::Timeout => "the attempt timed out",
            TransportErrorKind::Interrupted => "the connection failed before the response was complete",
            TransportErrorKind::NotProcessed => "the service did not process the request",
            TransportErrorKind::Refused => "the HTTP library rejected the request",
        })
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, source, record: _ } = &*self.inner;
        f.debug_struct("TransportError").field("kind", kind).field("source", source).finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.inner.source.as_ref().map(|error| error as _)
    }
}
