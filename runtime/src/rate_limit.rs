//! Enforcement of rate limits on the side of the client.
//!
//! [`RateLimit`](crate::RateLimit) is a rate limit of a description, [`RateLimiter`] the trait of all limiters, and
//! [`Limiter`](crate::Limiter) the default one. Below it, `window`, `bucket` and `adaptive_rate` have no clock: the
//! time is an argument. `queue` has the callers of an operation in order, and its head waits.
//!
//! The queue is tokio's mutex, which is acquired in the order of the requests, and which forgets a caller that is
//! dropped. Existing limiters each lack a property that is needed here: `governor` and `leaky-bucket` use buckets,
//! which admit up to twice the number in one window, and their rate never changes; the waiters of `governor` compete
//! in no order; the limiter of `tower` counts fixed windows, with the same double burst where two of them meet, and
//! has only one caller.

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

/// The future that [`RateLimiter::acquire`] returns. It is ready as soon as one request may be sent.
pub type Permit<'a> = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>;

/// A rate limiter: decides when a request may be sent.
///
/// [`Limiter`](crate::Limiter) has its state in this process. Implement this trait to share a rate limit between
/// machines, with a store that all of them reach.
pub trait RateLimiter: fmt::Debug + Send + Sync + 'static {
    /// Waits until one request of that operation may be sent, and counts it.
    ///
    /// Called before each attempt. The future may be dropped at any time, for example if the call times out; nothing
    /// should then have been counted.
    ///
    /// # Errors
    ///
    /// If this fails, the request is not sent.
    fn acquire<'a>(&'a self, operation: &'static Operation) -> Permit<'a>;

    /// Reports that the service refused a request of that operation with the status 429.
    ///
    /// `retry_after` is the wait that the service asked for, if it did. Does nothing by default. Must not block; a
    /// remote store is best notified by a separate task.
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
