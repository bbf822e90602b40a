//! Successes of several kinds, which are distinguished by their status.

use bytes::Bytes;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::response::RawResponse;
use crate::json::error::JsonError;
use crate::operation::Operation;
use crate::operation::response_format::ResponseFormat;

/// A type that successful responses are decoded into, by their status.
///
/// Emitted crates implement this trait for the responses of operations that describe several kinds of success.
pub trait FromSuccess: Sized {
    /// Decodes a successful response.
    ///
    /// # Errors
    ///
    /// Returns an error if the body does not match the type that the status has.
    fn from_success(success: &Success<'_>) -> Result<Self, JsonError>;

    /// Returns `true` if the response declines the request although its status is a success.
    fn is_declined(&self) -> bool {
        false
    }
}

/// A successful response before it is decoded.
pub struct Success<'r> {
    pub(crate) response: &'r RawResponse,
    pub(crate) operation: &'r Operation,
}

impl Success<'_> {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// Decodes the body.
    ///
    /// # Errors
    ///
    /// Returns an error if the body does not have this format, or does not match the type.
    pub fn decode<T: DeserializeOwned>(&self, format: ResponseFormat) -> Result<T, JsonError> {
        self.operation.decode_as(format, self.response)
    }

    /// Returns the body as received.
    pub fn bytes(&self) -> Bytes {
        Bytes::copy_from_slice(&self.response.body)
    }
}

impl std::fmt::Debug for Success<'_> {
    /// Formats the status and the size of the body, but nothing of its content.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.response, f)
    }
}
