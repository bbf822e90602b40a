//! Responses with an error status.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::response::{Defect, RawResponse};

/// An error returned when the service responds with a status outside the range 200 to 299.
///
/// The body may be truncated or incomplete.
pub struct StatusError<B> {
    inner: Box<Inner<B>>,
}

struct Inner<B> {
    response: RawResponse,
    body: Option<B>,
}

impl<B> StatusError<B> {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.inner.response.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.response.headers
    }

    /// Returns the body as received, up to the point at which reading stopped.
    pub fn raw_body(&self) -> &[u8] {
        &self.inner.response.body
    }

    /// Returns the decoded body, or `None` if it has no documented format.
    pub fn body(&self) -> Option<&B> {
        self.inner.body.as_ref()
    }

    pub(super) fn response(&self) -> &RawResponse {
        &self.inner.response
    }
}

impl<B: FromErrorBody> StatusError<B> {
    pub(crate) fn new(response: RawResponse) -> Self {
        let body = B::from_error_body(response.status, &response.body);
        Self { inner: Box::new(Inner { response, body }) }
    }
}

impl<B> fmt::Display for StatusError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service responded with {}", self.inner.response.status)
    }
}

impl<B> fmt::Debug for StatusError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner.response, f)
    }
}

impl<B> Error for StatusError<B> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.inner.response.defect {
            Some(Defect::Interrupted(error)) => Some(error),
            _ => None,
        }
    }
}

/// A type that error bodies can be decoded into.
///
/// Emitted crates implement this trait for the type of their documented error bodies.
pub trait FromErrorBody: Sized {
    /// Decodes the body of a response with an error status. Returns `None` if it has no documented format.
    fn from_error_body(status: StatusCode, body: &[u8]) -> Option<Self>;
}

/// Used for services without documented error bodies.
impl FromErrorBody for Infallible {
    fn from_error_body(_status: StatusCode, _body: &[u8]) -> Option<Self> {
        None
    }
}
