//! Requests that the rate limiter did not admit.

use std::error::Error;
use std::fmt;

use crate::error::record::CallRecord;

/// The error type of rate limiters.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// An error returned when the rate limiter does not admit a request.
pub struct RateLimitError {
    inner: Box<Inner>,
}

struct Inner {
    /// The error of the limiter, or `None` if the call timed out.
    source: Option<BoxError>,
    record: CallRecord,
}

impl RateLimitError {
    /// Creates the error of a call that timed out while waiting for the limiter.
    pub(crate) fn timed_out() -> Self {
        Self { inner: Box::new(Inner { source: None, record: CallRecord::default() }) }
    }

    /// Creates the error of a call whose limiter failed.
    pub(crate) fn failed(source: BoxError) -> Self {
        Self { inner: Box::new(Inner { source: Some(source), record: CallRecord::default() }) }
    }

    pub(crate) fn with_record(mut self, record: CallRecord) -> Self {
        self.inner.record = record;
        self
    }

    pub(crate) fn record(&self) -> &CallRecord {
        &self.inner.record
    }

    /// Returns `true` if the call timed out while waiting for the rate limiter, and `false` if the limiter failed.
    pub fn is_timeout(&self) -> bool {
        self.inner.source.is_none()
    }
}

impl fmt::Display for RateLimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_timeout() {
            "the call timed out while waiting for the rate limiter"
        } else {
            "the rate limiter failed"
        })
    }
}

impl fmt::Debug for RateLimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimitError").field("source", &self.inner.source).finish_non_exhaustive()
    }
}

impl Error for RateLimitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.inner.source.as_deref().map(|error| error as _)
    }
}
