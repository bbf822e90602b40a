//! A call that found no place under the rate limit.

use std::error::Error;
use std::fmt;

use crate::error::record::Trail;
use crate::rate_limit::BoxError;

/// A request that was not sent, because the rate limiter did not let it through.
pub struct RateLimitError {
    inner: Box<Inner>,
}

struct Inner {
    /// What went wrong in the limiter; absent when the time of the call ran out.
    source: Option<BoxError>,
    trail: Trail,
}

impl RateLimitError {
    /// The time of the call ran out first.
    pub(crate) fn too_late() -> Self {
        Self { inner: Box::new(Inner { source: None, trail: Trail::default() }) }
    }

    /// The limiter itself failed.
    pub(crate) fn failed(source: BoxError) -> Self {
        Self { inner: Box::new(Inner { source: Some(source), trail: Trail::default() }) }
    }

    pub(crate) fn with_trail(mut self, trail: Trail) -> Self {
        self.inner.trail = trail;
        self
    }

    pub(crate) fn trail(&self) -> &Trail {
        &self.inner.trail
    }

    /// Whether the time of the call ran out before its turn came; otherwise the limiter failed.
    pub fn is_timeout(&self) -> bool {
        self.inner.source.is_none()
    }
}

impl fmt::Display for RateLimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_timeout() {
            "the time of the call ran out before the rate limit let it through"
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
