//! The failures of a call without a response, independent of the types of the call.

use crate::check::violation::Violations;
use crate::error::Error;
use crate::error::rate_limit::RateLimitError;
use crate::error::request::RequestError;
use crate::error::transport::TransportError;
use crate::json::error::JsonError;

/// The reason for the failure of a call without a response.
///
/// Unlike [`Error`], this type does not have the type of error bodies as a parameter, so the code that sends is
/// compiled once.
pub(crate) enum Failure {
    Violations(Violations),
    Encode(JsonError),
    Request(RequestError),
    RateLimit(RateLimitError),
    Transport(TransportError),
}

impl Failure {
    /// Converts the failure into the error that the caller gets.
    pub(crate) fn into_error<B>(self) -> Error<B> {
        match self {
            Self::Violations(violations) => Error::Violations(violations),
            Self::Encode(error) => Error::Encode(error),
            Self::Request(error) => Error::Request(error),
            Self::RateLimit(error) => Error::RateLimit(error),
            Self::Transport(error) => Error::Transport(error),
        }
    }
}
