//! How often an operation may be called: what a description states, kept on this side.
//!
//! [`RateLimit`] is the statement, [`RateLimiter`] the seam where a limiter is plugged in, and
//! [`Limiter`] the one that clients use by default. Beneath it, `window`, `bucket` and `pace` know
//! no clock: they are told what time it is. `gate` puts the callers of an operation in a queue and
//! makes its head wait.
//!
//! The queue is tokio's mutex, which is handed on in the order in which it was asked for, and which
//! forgets a caller that goes away. Existing limiters each miss something that is needed here:
//! `governor` and `leaky-bucket` count by buckets, which let up to twice the number through in one
//! window, and keep one rate for life; waiters of `governor` wake and compete, in no order; the
//! limiter of `tower` counts fixed windows, with the same double burst where two of them meet, and
//! belongs to one caller.

mod adaptive_rate;
mod bucket;
mod limiter;
mod queue;
mod window;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub use limiter::{Limiter, ShareError};

use crate::operation::Operation;

/// Any error, of a limiter that is plugged in.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// What [`RateLimiter::acquire`] returns: a future that ends when one request may be sent.
pub type Permit<'a> = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>;

/// Decides when a request may be sent.
///
/// [`Limiter`] keeps its state in this process. Implement this trait to share a limit across
/// machines, by a store that all of them reach.
pub trait RateLimiter: fmt::Debug + Send + Sync + 'static {
    /// Waits until one request of that operation may be sent, and counts it.
    ///
    /// Asked before each attempt, the first and every repetition. The wait may be given up at any
    /// time by dropping the future, for example when the time for the call is over; nothing should
    /// then have been counted.
    ///
    /// # Errors
    ///
    /// With an error, the request is not sent.
    fn acquire<'a>(&'a self, operation: &'static Operation) -> Permit<'a>;

    /// Takes note that the service refused a request of that operation with the status 429.
    ///
    /// `retry_after` is the time that the service asked to wait, if it did. Does nothing by default.
    /// Called on the way of a call, so it must not wait; what a store has to be told is told best by
    /// a task of its own.
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
