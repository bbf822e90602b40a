//! Successful responses whose body cannot be decoded.

use std::error::Error;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::response::{Defect, RawResponse};
use crate::json::error::JsonError;

/// An error returned when the body of a successful response cannot be decoded.
pub struct DecodeError {
    inner: Box<Inner>,
}

struct Inner {
    response: RawResponse,
    /// `None` if the body is incomplete and was therefore not decoded.
    cause: Option<JsonError>,
}

impl DecodeError {
    pub(crate) fn new(response: RawResponse, cause: Option<JsonError>) -> Self {
        Self { inner: Box::new(Inner { response, cause }) }
    }

    /// Returns the status, which is in the range 200 to 299.
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

    pub(super) fn response(&self) -> &RawResponse {
        &self.inner.response
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RawResponse { status, body, defect, .. } = &self.inner.response;
        write!(f, "the service responded with {status}, but ")?;
        match defect {
            Some(Defect::TooLong(bytes)) => write!(f, "the response is longer than {bytes} bytes"),
            Some(Defect::Interrupted(_)) => f.write_str("the response is incomplete"),
            None if body.is_empty() => f.write_str("the response is empty"),
            None => f.write_str("the response could not be decoded"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { response, cause } = &*self.inner;
        f.debug_struct("DecodeError").field("response", response).field("cause", cause).finish()
    }
}

impl Error for DecodeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match (&self.inner.cause, &self.inner.response.defect) {
            (Some(error), _) => Some(error),
            (None, Some(Defect::Interrupted(error))) => Some(error),
            (None, _) => None,
        }
    }
}
