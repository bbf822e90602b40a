//! A successful response with its status and headers.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::response::RawResponse;

/// A successful response, with its status, its headers, and its body, both decoded and as received.
pub struct Response<R> {
    response: RawResponse,
    body: R,
}

impl<R> Response<R> {
    pub(crate) fn new(response: RawResponse, body: R) -> Self {
        Self { response, body }
    }

    /// Returns the status, which is in the range 200 to 299.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// Returns the number of attempts that were made, including the successful one.
    pub fn attempts(&self) -> u32 {
        self.response.record.attempts
    }

    /// Returns a reference to the decoded body.
    pub fn body(&self) -> &R {
        &self.body
    }

    /// Returns the body as received.
    pub fn raw_body(&self) -> &[u8] {
        &self.response.body
    }

    /// Consumes the response and returns the decoded body.
    pub fn into_body(self) -> R {
        self.body
    }
}

impl<R: fmt::Debug> fmt::Debug for Response<R> {
    /// Formats the status and the decoded body, but no header value and no raw body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.response.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
