//! The error of a call, with one module for each stage at which it can fail.

pub(crate) mod blocking;
pub(crate) mod configuration;
pub(crate) mod decode;
pub(crate) mod failure;
pub(crate) mod outcome;
pub(crate) mod rate_limit;
pub(crate) mod record;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod status;
pub(crate) mod transport;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::check::violation::Violations;
use crate::json::error::JsonError;
use blocking::BlockingError;
use configuration::ConfigurationError;
use decode::DecodeError;
use outcome::{FailedAttempt, Outcome};
use rate_limit::RateLimitError;
use record::CallRecord;
use request::RequestError;
use response::{Defect, RawResponse};
use status::StatusError;
use transport::TransportError;

/// An error of a failed call. `B` is the type of error bodies.
///
/// [`outcome`](Self::outcome) states whether the message may have been sent. The status, the headers, and the body of
/// the response are kept if there was one.
///
/// `Display` does not include the cause, which [`source`](StdError::source) returns. Neither `Display` nor `Debug`
/// contains credentials, header values, requests, or responses.
#[non_exhaustive]
pub enum Error<B> {
    /// The client could not be built. Nothing was sent.
    Configuration(ConfigurationError),
    /// The thread for blocking calls could not be started. Nothing was sent.
    Blocking(BlockingError),
    /// The request violates constraints of the description. Nothing was sent.
    Violations(Violations),
    /// The request contains a value that cannot be encoded as JSON. Nothing was sent.
    Encode(JsonError),
    /// A header or a path parameter is invalid, or the client lacks credentials. Nothing was sent.
    Request(RequestError),
    /// The wait for the rate limiter exceeds the timeout of the call, or the limiter failed. Nothing was sent.
    RateLimit(RateLimitError),
    /// There was no response. The [kind](TransportError::kind) of the error determines whether the request may have
    /// arrived.
    Transport(TransportError),
    /// The service responded with a status outside the range 200 to 299.
    Status(StatusError<B>),
    /// The service accepted the request, but the response could not be decoded.
    Decode(DecodeError),
}

impl<B> Error<B> {
    /// Returns the outcome of the call: whether the message was not sent, was rejected, or may have been accepted.
    ///
    /// If there were several attempts, this is the worst of their outcomes.
    pub fn outcome(&self) -> Outcome {
        let last = match self {
            Self::Configuration(_)
            | Self::Blocking(_)
            | Self::Violations(_)
            | Self::Encode(_)
            | Self::Request(_)
            | Self::RateLimit(_) => Outcome::NotSent,
            Self::Transport(error) => error.outcome(),
            Self::Status(error) => Outcome::of_status(error.status()),
            // The service accepted the request.
            Self::Decode(_) => Outcome::Unknown,
        };
        self.record().and_then(|record| record.outcome).map_or(last, |worst| worst.max(last))
    }

    /// Returns `true` if the message can be sent again without sending it twice, and doing so later may succeed.
    ///
    /// This is the case if no connection was established, if the call timed out while waiting for the rate limiter, and
    /// for status 429. The client has already retried the call as often as its settings allow.
    pub fn is_retryable(&self) -> bool {
        let permanent = match self {
            Self::Configuration(_) | Self::Violations(_) | Self::Encode(_) | Self::Request(_) => true,
            Self::Transport(error) => error.is_permanent(),
            Self::Blocking(_) | Self::RateLimit(_) | Self::Status(_) | Self::Decode(_) => false,
        };
        FailedAttempt { outcome: self.outcome(), status: self.status(), permanent }.is_retryable()
    }

    /// Returns the number of attempts that were made, or 0 if the call failed before the first one.
    pub fn attempts(&self) -> u32 {
        self.record().map_or(0, |record| record.attempts)
    }

    /// Returns the id that the caller gave the message. If the outcome is unknown, the id can be used to find the
    /// message in reports and logs.
    ///
    /// Returns `None` if the message has no id, or if the call failed before the message was ready to be sent.
    pub fn message_id(&self) -> Option<&str> {
        self.record()?.message_id.as_deref()
    }

    /// Returns the wait requested by the service in `Retry-After`, if any.
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after
    }

    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(|response| response.status)
    }

    /// Returns the headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(|response| &response.headers)
    }

    /// Returns the body of the response as received, if there was one. It is truncated to
    /// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.response().map(|response| response.body.as_slice())
    }

    /// Returns the decoded error body, or `None` if there was no error status or the body has no documented format.
    pub fn body(&self) -> Option<&B> {
        match self {
            Self::Status(error) => error.body(),
            _ => None,
        }
    }

    /// Returns the violations of constraints, if they are the reason for the failure.
    pub fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Violations(violations) => Some(violations),
            _ => None,
        }
    }

    /// Returns `true` if the cause is a timeout of the connection, of an attempt, or of the call.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            Self::RateLimit(error) => error.is_timeout(),
            _ => match self.response().and_then(|response| response.defect.as_ref()) {
                Some(Defect::Interrupted(error)) => error.is_timeout(),
                _ => false,
            },
        }
    }

    fn record(&self) -> Option<&CallRecord> {
        match self {
            Self::RateLimit(error) => Some(error.record()),
            Self::Transport(error) => Some(error.record()),
            _ => self.response().map(|response| &response.record),
        }
    }

    fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Status(error) => Some(error.response()),
            Self::Decode(error) => Some(error.response()),
            _ => None,
        }
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(_) => f.write_str("the client could not be built"),
            Self::Blocking(_) => f.write_str("the call could not be started"),
            Self::Violations(_) => f.write_str("the request violates constraints and was not sent"),
            Self::Encode(_) => f.write_str("the request could not be encoded and was not sent"),
            Self::Request(_) => f.write_str("the request is not valid and was not sent"),
            Self::RateLimit(_) => f.write_str("the rate limiter did not admit the request, which was not sent"),
            Self::Transport(_) => f.write_str("there is no response from the service"),
            Self::Status(error) => fmt::Display::fmt(error, f),
            Self::Decode(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl<B> fmt::Debug for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(error) => f.debug_tuple("Configuration").field(error).finish(),
            Self::Blocking(error) => f.debug_tuple("Blocking").field(error).finish(),
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
            Self::Blocking(error) => Some(error),
            Self::Violations(violations) => Some(violations),
            Self::Encode(error) => Some(error),
            Self::Request(error) => Some(error),
            Self::RateLimit(error) => Some(error),
            Self::Transport(error) => Some(error),
            // `Display` is that of the inner error, and so is the source.
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

impl<B> From<Violations> for Error<B> {
    fn from(violations: Violations) -> Self {
        Self::Violations(violations)
    }
}
