//! Responses with an error status.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::response::{Defect, RawResponse};
use crate::operation::Operation;

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
    /// Decodes the body as a type that is described for the status. A status that is not described may have a body of any
    /// type, which is recognized by its properties.
    pub(crate) fn new(response: RawResponse, operation: &Operation) -> Self {
        let read = |ty: &&str| B::from_error_body(ty, &response.body);
        let body = match operation.error_types(response.status) {
            Some(types) => types.iter().find_map(read),
            None => B::TYPES.iter().filter(|ty| operation.may_fail_with(ty)).find_map(read),
        };
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
    /// The names of the types of error bodies, those with the most required properties first.
    const TYPES: &'static [&'static str];

    /// Decodes a body as one of the types. Returns `None` if it has none of the properties of the type.
    fn from_error_body(ty: &str, body: &[u8]) -> Option<Self>;
}

/// Used for services without documented error bodies.
impl FromErrorBody for Infallible {
    const TYPES: &'static [&'static str] = &[];

    fn from_error_body(_ty: &str, _body: &[u8]) -> Option<Self> {
        None
    }
}
