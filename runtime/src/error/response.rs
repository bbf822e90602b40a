//! What came back, before anybody interprets it: status, headers and a bounded body.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::record::Trail;
use crate::error::transport::TransportError;
use crate::send::retry_after::retry_after;

/// The reply to a request, as far as it was received.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Why the body is not whole, if it is not.
    pub(crate) defect: Option<Defect>,
    /// How long the service asks to wait. Taken when the reply came: it may be relative to the clock.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) trail: Trail,
}

/// Why the body of a reply is not whole.
pub(crate) enum Defect {
    /// It is longer than this many bytes, and was cut there.
    TooLong(usize),
    /// The connection broke off.
    BrokenOff(TransportError),
    /// It is whole, but comes from where the HTTP client was sent on to, and so is no answer to the
    /// request.
    Redirected,
}

impl Reply {
    /// A reply without a body.
    pub(crate) fn new(status: StatusCode, headers: HeaderMap) -> Self {
        let retry_after = retry_after(&headers);
        Self { status, headers, body: Vec::new(), defect: None, retry_after, trail: Trail::default() }
    }

    /// Reads a reply, holding at most `limit` bytes of its body.
    ///
    /// Never fails: from the moment the status is known, it must not be lost.
    ///
    /// The second value tells whether the body had to be waited for.
    pub(crate) async fn read(mut response: reqwest::Response, limit: usize) -> (Self, bool) {
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
        let mut reply = Self::new(response.status(), std::mem::take(response.headers_mut()));
        // The server's word is trusted for room only as far as ordinary replies go.
        reply.body.reserve_exact(announced.unwrap_or(0).min(limit).min(16 * 1024));
        let mut waited = false;
        reply.defect = loop {
            let room = limit - reply.body.len();
            let mut chunk = pin!(response.chunk());
            let chunk = poll_fn(|context| {
                let chunk = chunk.as_mut().poll(context);
                waited |= chunk.is_pending();
                chunk
            });
            match chunk.await {
                Ok(Some(chunk)) if chunk.len() > room => {
                    reply.body.extend_from_slice(&chunk[..room]);
                    break Some(Defect::TooLong(limit));
                }
                Ok(Some(chunk)) => reply.body.extend_from_slice(&chunk),
                Ok(None) => break None,
                Err(error) => break Some(Defect::BrokenOff(TransportError::new(error, true))),
            }
        };
        (reply, waited)
    }
}

impl fmt::Debug for Reply {
    /// Shows the status and the size of the body. Header values and the body may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
