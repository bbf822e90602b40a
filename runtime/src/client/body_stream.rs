//! The body of a response as a stream of bytes.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use tokio::time::{Sleep, sleep};

use crate::error::response::{Defect, RawResponse, Unread};
use crate::error::transport::{TransportError, TransportErrorKind};

/// The body of a successful response, as a stream of bytes. Returned by [`Call::stream`](crate::Call::stream).
///
/// The stream ends after the first error. Dropping it closes the connection, unless the body is complete.
pub struct BodyStream {
    response: RawResponse,
    /// `None` after the end.
    unread: Option<Unread>,
    received: usize,
    /// The wait for the next bytes, if there is one.
    wait: Option<Pin<Box<Sleep>>>,
}

impl BodyStream {
    pub(crate) fn new(mut response: RawResponse) -> Self {
        let unread = response.unread.take();
        Self { response, unread, received: 0, wait: None }
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

    /// Returns the next bytes, or `None` at the end of the body.
    ///
    /// This method is cancel safe: if the future is dropped before it completes, no bytes are lost.
    pub async fn next(&mut self) -> Option<Result<Bytes, BodyStreamError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Blocks the current thread until the next bytes have arrived, and returns them, or `None` at the end of the body.
    /// [`Call::wait`](crate::Call::wait) explains when to use it.
    ///
    /// # Errors
    ///
    /// Returns an error if the background thread for blocking calls cannot be started.
    #[cfg(feature = "blocking")]
    pub fn wait_next(&mut self) -> Result<Option<Result<Bytes, BodyStreamError>>, crate::BlockingError> {
        crate::client::blocking::wait(self.next())
    }

    /// Returns the next bytes, past everything else in the body.
    fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Defect>>> {
        let Some(Unread { body, wait, .. }) = &mut self.unread else { return Poll::Ready(None) };
        while let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(context) {
            self.wait = None;
            match frame.map(|frame| frame.map(http_body::Frame::into_data)) {
                Some(Ok(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                // Trailers have no meaning here.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(interrupted(TransportError::within_response(error))))),
                None => return Poll::Ready(None),
            }
        }
        let wait = self.wait.get_or_insert_with(|| Box::pin(sleep(*wait)));
        ready!(wait.as_mut().poll(context));
        Poll::Ready(Some(Err(interrupted(TransportError::of_kind(TransportErrorKind::Timeout, None)))))
    }

    /// Counts bytes, and refuses those beyond the limit.
    fn count(&mut self, bytes: &Bytes) -> Result<(), Defect> {
        self.received = self.received.saturating_add(bytes.len());
        match self.unread.as_ref().and_then(|unread| unread.max_bytes) {
            Some(max_bytes) if self.received > max_bytes => Err(Defect::TooLong(max_bytes)),
            _ => Ok(()),
        }
    }
}

fn interrupted(error: TransportError) -> Defect {
    Defect::Interrupted(error)
}

impl Stream for BodyStream {
    type Item = Result<Bytes, BodyStreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.poll_data(context));
        let item = item.map(|item| item.and_then(|bytes| self.count(&bytes).map(|()| bytes)));
        if !matches!(item, Some(Ok(_))) {
            self.unread = None;
        }
        Poll::Ready(item.map(|item| item.map_err(BodyStreamError)))
    }
}

impl fmt::Debug for BodyStream {
    /// Formats the status and the number of bytes received, but nothing of the headers and the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("status", &self.response.status)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

/// An error returned when the rest of a streamed body is not available.
///
/// The service has accepted the request, and the bytes before the error are correct.
pub struct BodyStreamError(Defect);

impl BodyStreamError {
    /// Returns `true` if the wait for the next bytes timed out.
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0, Defect::Interrupted(error) if error.is_timeout())
    }
}

impl fmt::Display for BodyStreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Defect::TooLong(bytes) => write!(f, "the response is longer than {bytes} bytes"),
            Defect::Interrupted(_) => f.write_str("the response is incomplete"),
        }
    }
}

impl fmt::Debug for BodyStreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Defect::TooLong(bytes) => f.debug_tuple("TooLong").field(bytes).finish(),
            Defect::Interrupted(error) => f.debug_tuple("Interrupted").field(error).finish(),
        }
    }
}

impl std::error::Error for BodyStreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Defect::TooLong(_) => None,
            Defect::Interrupted(error) => Some(error),
        }
    }
}

/// For readers of streams, such as `StreamReader` of `tokio-util`.
impl From<BodyStreamError> for io::Error {
    fn from(error: BodyStreamError) -> Self {
        Self::other(error)
    }
}
