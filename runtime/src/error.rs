//! What goes wrong with a call, and what is still known then.

pub(crate) mod outcome;
pub(crate) mod rate_limit;
pub(crate) mod record;
pub(crate) mod response;
pub(crate) mod transport;

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::check::violation::Violations;
use crate::client::Failure;
use crate::client::builder::ConfigurationError;
use crate::error::outcome::Outcome;
use crate::error::rate_limit::RateLimitError;
use crate::error::record::Trail;
use crate::error::response::{Defect, Reply};
use crate::error::transport::TransportError;
use crate::json::error::JsonError;
use crate::operation::headers::RequestError;
use crate::send::attempts::NoReply;
use crate::send::retry::Failed;

/// A failed call; `B` is the type of the service's error bodies.
///
/// The variants say when it failed, and [`outcome`](Self::outcome) what became of the message. `Display` tells about its own level and
/// [`source`](StdError::source) carries the rest. Neither `Display` nor `Debug` shows a credential,
/// a header value, a request or a reply; the accessors give them on request.
#[non_exhaustive]
pub enum Error<B> {
    /// The client could not be built. Nothing was sent.
    Configuration(ConfigurationError),
    /// The request breaks constraints of the description. Nothing was sent.
    Violations(Violations),
    /// The request has no JSON form. Nothing was sent.
    Encode(JsonError),
    /// A header or a path parameter of the caller's cannot be sent. Nothing was sent.
    Request(RequestError),
    /// The rate limiter did not let it through in time, or failed. Nothing was sent.
    RateLimit(RateLimitError),
    /// There is no answer. Its kind tells whether the request may have arrived.
    Transport(TransportError),
    /// The service answered with a status outside 200 to 299.
    Status(StatusError<B>),
    /// The service accepted the request, but the reply could not be read.
    Decode(DecodeError),
}

impl<B> Error<B> {
    /// What became of the message: not sent, rejected, or unknown.
    ///
    /// Where several attempts were made, the worst of them counts.
    pub fn outcome(&self) -> Outcome {
        let last = match self {
            Self::Configuration(_) | Self::Violations(_) | Self::Encode(_) | Self::Request(_) | Self::RateLimit(_) => {
                Outcome::NotSent
            }
            Self::Transport(error) => error.outcome(),
            Self::Status(error) => Outcome::of_status(error.status()),
            // The service said yes to something.
            Self::Decode(_) => Outcome::Unknown,
        };
        self.trail().and_then(|trail| trail.outcome).map_or(last, |worst| worst.max(last))
    }

    /// Whether sending the same message again, later, cannot send it twice and may succeed.
    ///
    /// So it is for a connection that did not come about, for no place under the rate limit, and for
    /// 429. The client has already tried as often as its settings allow.
    pub fn is_retryable(&self) -> bool {
        let lasting = match self {
            Self::Configuration(_) | Self::Violations(_) | Self::Encode(_) | Self::Request(_) => true,
            Self::Transport(error) => error.is_lasting(),
            Self::RateLimit(_) | Self::Status(_) | Self::Decode(_) => false,
        };
        Failed { outcome: self.outcome(), status: self.status(), lasting }.is_retryable()
    }

    /// How often the request was given to the network; 0 when the call ended before that.
    pub fn attempts(&self) -> u32 {
        self.trail().map_or(0, |trail| trail.attempts)
    }

    /// The id that the caller set on the message, to look for it in reports and logs when the outcome
    /// is unknown. Absent where the message had none, and where it never was ready to be sent.
    pub fn message_id(&self) -> Option<&str> {
        self.trail()?.message_id.as_deref()
    }

    /// How long the service asked to wait, if it answered with `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.reply()?.retry_after
    }

    /// The status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(|reply| reply.status)
    }

    /// The headers of the reply, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(|reply| &reply.headers)
    }

    /// The body of the reply as received, if there was one, as far as it was read; at most
    /// [`max_reply_bytes`](crate::ClientBuilder::max_reply_bytes) of it.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.reply().map(|reply| reply.body.as_slice())
    }

    /// The error body, if the service answered an error status with a body of a documented shape.
    pub fn body(&self) -> Option<&B> {
        match self {
            Self::Status(error) => error.body(),
            _ => None,
        }
    }

    /// What is wrong with the request, if its constraints are the reason.
    pub fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Violations(violations) => Some(violations),
            _ => None,
        }
    }

    /// Whether a time-out is the cause: of the connection, of an attempt, or of the call.
    pub fn is_timeout(&self) -> bool {
        let broken_off = self.reply().and_then(|reply| match &reply.defect {
            Some(Defect::BrokenOff(error)) => Some(error),
            _ => None,
        });
        match self {
            Self::Transport(error) => error.is_timeout(),
            Self::RateLimit(error) => error.is_timeout(),
            _ => broken_off.is_some_and(TransportError::is_timeout),
        }
    }

    fn trail(&self) -> Option<&Trail> {
        match self {
            Self::RateLimit(error) => Some(error.trail()),
            Self::Transport(error) => Some(error.trail()),
            _ => self.reply().map(|reply| &reply.trail),
        }
    }

    fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Status(error) => Some(&error.inner.reply),
            Self::Decode(error) => Some(&error.inner.reply),
            _ => None,
        }
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(_) => f.write_str("the client could not be built"),
            Self::Violations(_) => f.write_str("the request breaks constraints and was not sent"),
            Self::Encode(_) => f.write_str("the request could not be encoded and was not sent"),
            Self::Request(_) => f.write_str("the request could not be made and was not sent"),
            Self::RateLimit(_) => f.write_str("the request was held back and not sent"),
            Self::Transport(_) => f.write_str("the service gave no answer"),
            Self::Status(error) => fmt::Display::fmt(error, f),
            Self::Decode(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl<B> fmt::Debug for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(error) => f.debug_tuple("Configuration").field(error).finish(),
            Self::Violations(violations) => f.debug_tuple("Violations").field(violations).finish(),
            Self::Encode(error) => f.debug_tuple("Encode").field(error).finish(),
            Self::Request(error) => f.debug_tuple("Request").field(error).finish(),
            Self::RateLimit(error) => f.debug_tuple("RateLimit").field(error).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Status(error) => f.debug_tuple("Status").field(error).finish(),
            Self::Decode(error) => f.debug_tuple("Decode").field(error).finish(),
        }
    }
}

impl<B> StdError for Error<B> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Configuration(error) => Some(error),
            Self::Violations(violations) => Some(violations),
            Self::Encode(error) => Some(error),
            Self::Request(error) => Some(error),
            Self::RateLimit(error) => Some(error),
            Self::Transport(error) => Some(error),
            // These print themselves as this level, so what follows is their source.
            Self::Status(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

impl<B> From<ConfigurationError> for Error<B> {
    fn from(error: ConfigurationError) -> Self {
        Self::Configuration(error)
    }
}

impl<B> From<Failure> for Error<B> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Violations(violations) => Self::Violations(violations),
            Failure::Encode(error) => Self::Encode(error),
            Failure::Request(error) => Self::Request(error),
            Failure::NoReply(NoReply::RateLimit(error)) => Self::RateLimit(error),
            Failure::NoReply(NoReply::Transport(error)) => Self::Transport(error),
        }
    }
}

impl<B> From<Violations> for Error<B> {
    fn from(violations: Violations) -> Self {
        Self::Violations(violations)
    }
}

/// An answer of the service with a status outside 200 to 299.
///
/// The body may be cut or broken off; the status is that of the service all the same.
pub struct StatusError<B> {
    inner: Box<StatusErrorInner<B>>,
}

struct StatusErrorInner<B> {
    reply: Reply,
    body: Option<B>,
}

impl<B> StatusError<B> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.inner.reply.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.reply.headers
    }

    /// The body as received, as far as it was read.
    pub fn raw_body(&self) -> &[u8] {
        &self.inner.reply.body
    }

    /// The body, if it has a documented shape.
    pub fn body(&self) -> Option<&B> {
        self.inner.body.as_ref()
    }
}

impl<B: FromErrorBody> StatusError<B> {
    pub(crate) fn new(reply: Reply) -> Self {
        let body = B::from_error_body(reply.status, &reply.body);
        Self { inner: Box::new(StatusErrorInner { reply, body }) }
    }
}

impl<B> fmt::Display for StatusError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service answered {}", self.inner.reply.status)
    }
}

impl<B> fmt::Debug for StatusError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner.reply, f)
    }
}

impl<B> StdError for StatusError<B> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.inner.reply.defect {
            Some(Defect::BrokenOff(error)) => Some(error),
            _ => None,
        }
    }
}

/// An answer with a status from 200 to 299 whose body could not be read.
pub struct DecodeError {
    inner: Box<DecodeErrorInner>,
}

struct DecodeErrorInner {
    reply: Reply,
    /// Absent when the body was not whole, so that there was nothing to decode.
    cause: Option<JsonError>,
}

impl DecodeError {
    pub(crate) fn new(reply: Reply, cause: Option<JsonError>) -> Self {
        Self { inner: Box::new(DecodeErrorInner { reply, cause }) }
    }

    /// The status, one of 200 to 299.
    pub fn status(&self) -> StatusCode {
        self.inner.reply.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.reply.headers
    }

    /// The body as received, as far as it was read.
    pub fn raw_body(&self) -> &[u8] {
        &self.inner.reply.body
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reply { status, body, defect, .. } = &self.inner.reply;
        write!(f, "the service answered {status}, but ")?;
        match defect {
            Some(Defect::TooLong(limit)) => write!(f, "the reply is longer than {limit} bytes"),
            Some(Defect::BrokenOff(_)) => f.write_str("the reply broke off"),
            Some(Defect::Redirected) => f.write_str("at another address, to which the HTTP client followed a redirect"),
            None if body.is_empty() => f.write_str("the reply is empty"),
            None => f.write_str("the reply could not be decoded"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError").field("reply", &self.inner.reply).field("cause", &self.inner.cause).finish()
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match (&self.inner.cause, &self.inner.reply.defect) {
            (Some(error), _) => Some(error),
            (None, Some(Defect::BrokenOff(error))) => Some(error),
            (None, _) => None,
        }
    }
}

/// The error bodies of a service: what an emitted type implements to be found in an [`Error`].
pub trait FromErrorBody: Sized {
    /// Reads the body of a reply with an error status; `None` when it has no documented shape.
    fn from_error_body(status: StatusCode, body: &[u8]) -> Option<Self>;
}

/// For services that document no error body.
impl FromErrorBody for Infallible {
    fn from_error_body(_status: StatusCode, _body: &[u8]) -> Option<Self> {
        None
    }
}
