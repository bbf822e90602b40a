//! Client-side enforcement of rate limits.
//!
//! [`RateLimit`](crate::RateLimit) is a rate limit of a description, [`RateLimiter`] the trait of all limiters, and
//! [`Limiter`](crate::Limiter) the default limiter. It consists of `queue`, which keeps the callers of an operation in
//! order and lets the first one wait, and of `meters` and the modules below it, which take the time as an argument.
//!
//! A service counts requests when they arrive, but a limiter only determines when they are admitted. The time between
//! the two differs from request to request, because it includes the time for establishing a connection. If a limiter
//! counted admissions, up to twice the limit could arrive in one window: the late requests of one burst and the early
//! ones of the next. So each request counts from its admission until one window after its arrival, and its
//! [`Admission`] follows it until then.
//!
//! The queue is a Tokio mutex, which is fair and forgets a caller that is dropped. Each existing limiter lacks a
//! property that is needed here. `governor` and `leaky-bucket` use buckets with a constant rate, which admit up to
//! twice the number of requests in one window, and the waiters of `governor` compete in no order. The limiter of
//! `tower` counts fixed windows, with the same double burst where two of them meet, and supports only one caller.

pub(crate) mod admission;
pub(crate) mod limiter;
mod queue;

mod adaptive_rate;
mod bucket;
mod meters;
mod spacing;
mod window;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use admission::Admission;

use crate::error::rate_limit::BoxError;
use crate::operation::Operation;

/// The future returned by [`RateLimiter::acquire`]. It completes as soon as one request may be sent.
pub type Permit<'a> = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>;

/// The future returned by [`RateLimiter::admit`].
pub type AdmissionFuture<'a> = Pin<Box<dyn Future<Output = Result<Admission, BoxError>> + Send + 'a>>;

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
    /// If the future returns an error, the request is not sent. The error [`WaitTooLong`](crate::WaitTooLong) counts as
    /// a timeout of the call.
    fn acquire<'a>(&'a self, operation: &'static Operation) -> Permit<'a>;

    /// Waits like [`acquire`](Self::acquire), for a call that can wait for at most `time`, and returns an admission,
    /// which notifies the limiter of the arrival of the request.
    ///
    /// Calls use this method, and drop the future after `time`. The default implementation calls `acquire`, and its
    /// admission does not notify a limiter. A limiter that is built on top of a [`Limiter`](crate::Limiter) should call
    /// that limiter's method.
    ///
    /// # Errors
    ///
    /// Returns the same errors as `acquire`. If the wait is certain to be longer than `time`, the future should return
    /// [`WaitTooLong`](crate::WaitTooLong) at once.
    fn admit<'a>(&'a self, operation: &'static Operation, time: Duration) -> AdmissionFuture<'a> {
        let _ = time;
        Box::pin(async move { self.acquire(operation).await.map(|()| Admission::default()) })
    }

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

    fn admit<'a>(&'a self, operation: &'static Operation, time: Duration) -> AdmissionFuture<'a> {
        (**self).admit(operation, time)
    }

    fn throttled(&self, operation: &'static Operation, retry_after: Option<Duration>) {
        (**self).throttled(operation, retry_after);
    }
}
