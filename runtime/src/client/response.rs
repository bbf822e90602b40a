//! The whole of a successful reply, for callers who want more than the body.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::response::Reply;

/// A successful reply: the decoded body with status, headers and the body as received.
pub struct Response<R> {
    reply: Reply,
    body: R,
}

impl<R> Response<R> {
    pub(crate) fn new(reply: Reply, body: R) -> Self {
        Self { reply, body }
    }

    /// The status, one of 200 to 299.
    pub fn status(&self) -> StatusCode {
        self.reply.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.reply.headers
    }

    /// How often the request was sent until this reply came.
    pub fn attempts(&self) -> u32 {
        self.reply.trail.attempts
    }

    /// The decoded body.
    pub fn body(&self) -> &R {
        &self.body
    }

    /// The body as received.
    pub fn raw_body(&self) -> &[u8] {
        &self.reply.body
    }

    /// The decoded body, without the rest.
    pub fn into_body(self) -> R {
        self.body
    }
}

impl<R: fmt::Debug> fmt::Debug for Response<R> {
    /// Shows the status and what the decoded body shows of itself; no header value, no raw body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.reply.status).field("body", &self.body).finish_non_exhaustive()
    }
}
