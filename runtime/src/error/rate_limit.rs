//! Requests that the rate limiter did not admit.

use std::error::Error;
use std::fmt;
use std::time::Duration;

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

    /// Returns `true` if the call had too little time left to wait for the rate limiter, and `false` if the limiter
    /// failed.
    pub fn is_timeout(&self) -> bool {
        self.inner.source.is_none() || self.wait().is_some()
    }

    /// Returns the minimum time until a request can be sent, if the call failed because its remaining time is shorter.
    pub fn wait(&self) -> Option<Duration> {
        self.inner.source.as_deref()?.downcast_ref().map(WaitTooLong::wait)
    }
}

impl fmt::Display for RateLimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (&self.inner.source, self.wait()) {
            (None, _) => "the call timed out while waiting for the rate limiter",
            (Some(_), Some(_)) => "the wait for the rate limiter would exceed the timeout of the call",
            (Some(_), None) => "the rate limiter failed",
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

/// An error returned when a rate limiter cannot admit a request before the timeout of its call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTooLong {
    wait: Duration,
}

impl WaitTooLong {
    /// Creates the error for a request that cannot be sent before the given time has passed.
    pub fn new(wait: Duration) -> Self {
        Self { wait }
    }

    /// Returns the minimum time until a request can be sent.
    pub fn wait(&self) -> Duration {
        self.wait
    }
}

impl fmt::Display for WaitTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a request cannot be sent for another {:?}", self.wait)
    }
}

impl Error for WaitTooLong {}
