//! What the network does to a call, told without the address.

use std::error::Error;
use std::fmt;

use crate::error::outcome::Outcome;
use crate::error::record::Trail;

/// A request that got no complete answer.
pub struct TransportError {
    inner: Box<Inner>,
}

struct Inner {
    kind: TransportErrorKind,
    source: Option<reqwest::Error>,
    trail: Trail,
}

/// The kind of a [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: name look-up, refused, TLS, or one that was closed before the request. Nothing
    /// was sent.
    Connect,
    /// No connection in time. Nothing was sent.
    ConnectTimeout,
    /// No complete answer in time. The request may have arrived.
    Timeout,
    /// The connection failed while sending or waiting. The request may have arrived.
    Interrupted,
    /// The HTTP library refused the request before connecting. Nothing was sent.
    Refused,
}

impl TransportError {
    /// Tells what an error of the HTTP library means; `taken` is whether the body of the request was
    /// handed to a connection, which counts for more than what the error says.
    pub(crate) fn new(error: reqwest::Error, taken: bool) -> Self {
        let kind = match (taken, error.is_timeout()) {
            (true, true) => TransportErrorKind::Timeout,
            (true, false) => TransportErrorKind::Interrupted,
            (false, true) => TransportErrorKind::ConnectTimeout,
            (false, false) if error.is_builder() => TransportErrorKind::Refused,
            (false, false) => TransportErrorKind::Connect,
        };
        Self::of_kind(kind, Some(error.without_url()))
    }

    pub(crate) fn of_kind(kind: TransportErrorKind, source: Option<reqwest::Error>) -> Self {
        Self { inner: Box::new(Inner { kind, source, trail: Trail::default() }) }
    }

    /// The error of the last attempt of a call that left this trail.
    pub(crate) fn with_trail(mut self, trail: Trail) -> Self {
        self.inner.trail = trail;
        self
    }

    pub(crate) fn trail(&self) -> &Trail {
        &self.inner.trail
    }

    /// The kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.inner.kind
    }

    /// Whether a time-out, of the connection or of the call, is the cause.
    pub fn is_timeout(&self) -> bool {
        matches!(self.inner.kind, TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout)
    }

    /// Whether trying again would fail the same way.
    pub(crate) fn is_lasting(&self) -> bool {
        self.inner.kind == TransportErrorKind::Refused
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match self.inner.kind {
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout | TransportErrorKind::Refused => {
                Outcome::NotSent
            }
            TransportErrorKind::Timeout | TransportErrorKind::Interrupted => Outcome::Unknown,
        }
    }
}

#[cfg(feature = "tracing")]
impl TransportErrorKind {
    /// One word for logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::ConnectTimeout => "connect_timeout",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.inner.kind {
            TransportErrorKind::Connect => "cannot connect to the service",
            TransportErrorKind::ConnectTimeout => "cannot connect to the service in time",
            TransportErrorKind::Timeout => "no complete answer in time",
            TransportErrorKind::Interrupted => "the connection failed before the answer was complete",
            TransportErrorKind::Refused => "the HTTP library refused the request",
        })
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, source, trail: _ } = &*self.inner;
        f.debug_struct("TransportError").field("kind", kind).field("source", source).finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.inner.source.as_ref().map(|error| error as _)
    }
}
