//! What the network does to a call, told without the address.

use std::error::Error;
use std::fmt;

/// A request that got no complete answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<reqwest::Error>,
}

/// The kind of a [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: name look-up, refused, or TLS. Nothing was sent.
    Connect,
    /// No connection within the connect time-out. Nothing was sent.
    ConnectTimeout,
    /// No complete answer within the time-out of the call. The request may have arrived.
    Timeout,
    /// The connection failed while sending or waiting. The request may have arrived.
    Interrupted,
    /// The HTTP library refused the request before connecting. Nothing was sent.
    Refused,
}

impl TransportError {
    pub(crate) fn new(error: reqwest::Error) -> Self {
        let kind = match (error.is_connect(), error.is_timeout()) {
            (true, true) => TransportErrorKind::ConnectTimeout,
            (true, false) => TransportErrorKind::Connect,
            (false, true) => TransportErrorKind::Timeout,
            (false, false) if error.is_builder() => TransportErrorKind::Refused,
            (false, false) => TransportErrorKind::Interrupted,
        };
        Self { kind, source: Box::new(error.without_url()) }
    }

    /// The kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a time-out, of the connection or of the call, is the cause.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect to the service",
            TransportErrorKind::ConnectTimeout => "cannot connect to the service in time",
            TransportErrorKind::Timeout => "no complete answer in time",
            TransportErrorKind::Interrupted => "the connection failed before the answer was complete",
            TransportErrorKind::Refused => "the HTTP library refused the request",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
