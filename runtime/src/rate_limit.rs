//! Client-side enforcement of rate limits.
//!
//! [`RateLimit`](crate::RateLimit) is a rate limit of a description, [`RateLimiter`] the trait of all limiters, and
//! [`Limiter`](crate::Limiter) the default limiter. It is built from `window`, `bucket`, and `adaptive_rate`, which
//! take the time as an argument, and from `queue`, which keeps the callers of an operation in order and lets the first
//! one wait.
//!
//! The queue is a Tokio mutex, which is fair and forgets a caller that is dropped. Each existing limiter lacks a
//! property that is needed here. `governor` and `leaky-bucket` use buckets with a constant rate, which admit up to
//! twice the number of requests in one window, and the waiters of `governor` compete in no order. The limiter of
//! `tower` counts fixed windows, with the same double burst where two of them meet, and supports only one caller.

mod adaptive_rate;
mod bucket;
pub(crate) mod limiter;
mod queue;
mod window;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::error::rate_limit::BoxError;
use crate::operation::Operation;

/// The future returned by [`RateLimiter::acquire`]. It completes as soon as one request may be sent.
pub type Permit<'a> = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>;

/// A rate limiter, which determines when requests may be sent.
///
/// [`Limiter`](crate::Limiter) keeps its state in the process. Implement this trait to share a rate limit between
/// machines, on top of a store that all of them can access.
pub trait RateLimiter: fmt::Debug + Send + Sync + 'static {
    /// Waits until a request of the operation may be sent, and counts it.
    ///
    /// This method is called before each attempt. The future may be dropped before it completes, for example if the
    /// call times out. In that case, the request should not be counted.
    ///
    /// # Errors
    ///
    /// If the future returns an error, the request is not sent.
    fn acquire<'a>(&'a self, operation: &'static Operation) -> Permit<'a>;

    /// Called when the service responds to a request of the operation with status 429.
    ///
    /// `retry_after` is the wait requested by the service, if any. The default implementation does nothing.
    ///
    /// Implementations must not block. To notify a remote store, spawn a task.
    fn throttled(&self, operation: &'static Operation, retry_after: Option<Duration>) {
        let _ = (operation, retry_after);
    }
}

impl<L: RateLimiter + ?Sized> RateLimiter for Arc<L> {
    fn acquire<'a>(&'a self, operation: &'static Operation) -> Permit<'a> {
        (**self).acquire(operation)
    }

    fn throttled(&self, operation: &'static Operation, retry_after: Option<Duration>) {
        (**self).throttled(operation, retry_after);
    }
}
