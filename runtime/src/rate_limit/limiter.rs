//! The default limiter.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::admission::Admission;
use super::queue::Queue;
use super::{AdmissionFuture, Permit, RateLimiter};
use crate::operation::Operation;
use crate::operation::rate_limit::RateLimit;

/// The default rate limiter, which enforces the rate limits of each operation within one process.
///
/// The callers of an operation are admitted in order. Clones share their state: clients that are given clones of the
/// same limiter share its limits, even on different threads and runtimes. Operations are identified by their ids.
///
/// # Windows
///
/// A service counts requests when they arrive. This is later than their admission by the time for establishing a
/// connection and for the network. Each request therefore counts from its admission until one period after its arrival.
/// A request is treated as arrived when its response begins and, if it has a body, at the latest 100 milliseconds after
/// the body was passed to a connection. In any period, and in any period plus 2 %, the number of requests that arrive
/// does not exceed the limit, however long it takes to establish connections.
///
/// After a pause, a tenth of the limit is admitted at once. Further requests are spaced evenly, so that a burst does
/// not open one connection per request. A bucket admits as many requests at once as it has tokens.
///
/// The actual rate is slightly lower than the limit, because a period is extended by 2.5 % and by the time until a
/// request has arrived. A limit of 100 per second permits 97 requests per second if responses begin after 5
/// milliseconds, and 89 if they begin after 100 milliseconds or later. A limit of 100 per minute permits 97.
///
/// # After a 429
///
/// If the service responds with status 429, each rate limit of the operation is halved, at most once per period and
/// never below one request. Each step without a 429 then restores a tenth of the limit, until the whole limit is
/// allowed again. A step is the period of the limit, but at least 1 second and at most 60 seconds. The period of a
/// bucket is the time in which it fills up, and both its capacity and its rate are reduced.
///
/// If the service requests a wait, nothing is sent until it is over, for at most an hour, and steps are counted from
/// then on.
///
/// # Waiting
///
/// A call fails at once if it is certain to time out before it can be admitted. A call that is dropped while it waits
/// is not counted and does not delay other calls. A call that is waiting must be polled or dropped: if the first call
/// in the queue is not polled, the calls behind it wait. Waiting requires a Tokio runtime with time enabled.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use wirecrate_runtime::{Limiter, RateLimit};
///
/// # fn main() -> Result<(), wirecrate_runtime::ShareError> {
/// // Four processes use the account, and the service agreed to a higher limit.
/// let limiter = Limiter::new()
///     .limits("send-note", [RateLimit::per(8000, Duration::from_secs(1))])
///     .share(0.25)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Limiter {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    /// The queues by operation id. A client uses few operations, and comparing a few ids is faster than hashing one.
    queues: RwLock<BTreeMap<&'static str, Arc<Queue>>>,
}

#[derive(Clone)]
struct Settings {
    unlimited: bool,
    share: f64,
    /// The rate limits that replace the documented ones, by operation id.
    limits: BTreeMap<String, Vec<RateLimit>>,
}

impl Limiter {
    /// Creates a limiter that enforces the documented rate limits of each operation.
    pub fn new() -> Self {
        Self::with(Settings { unlimited: false, share: 1.0, limits: BTreeMap::new() })
    }

    /// Creates a limiter that never waits, regardless of documented rate limits and of responses with status 429.
    pub fn unlimited() -> Self {
        Self::with(Settings { unlimited: true, share: 1.0, limits: BTreeMap::new() })
    }

    /// Sets the fraction of every rate limit to use, for one of several processes that share an account. It must be
    /// greater than 0 and at most 1. The default is 1.
    ///
    /// Numbers of requests are rounded down. If less than one request would remain, one request is allowed in a longer
    /// period instead: a hundredth of 15 requests per second is one request in 6.7 seconds. A bucket gets a smaller
    /// capacity, but at least 1, and fills more slowly.
    ///
    /// The returned limiter has a state of its own, and existing clones do not change.
    ///
    /// # Errors
    ///
    /// Returns an error if the fraction is not greater than 0 and at most 1.
    pub fn share(self, fraction: f64) -> Result<Self, ShareError> {
        if fraction > 0.0 && fraction <= 1.0 {
            Ok(Self::with(Settings { share: fraction, ..self.shared.settings.clone() }))
        } else {
            Err(ShareError { fraction })
        }
    }

    /// Replaces the documented rate limits of the operation with the given id. If `limits` is empty, the operation has
    /// no limit.
    ///
    /// The [share](Self::share) applies to these limits as well. An unknown id has no effect. The returned limiter has
    /// a state of its own, and existing clones do not change.
    #[must_use]
    pub fn limits(self, operation_id: impl Into<String>, limits: impl IntoIterator<Item = RateLimit>) -> Self {
        let mut settings = self.shared.settings.clone();
        settings.limits.insert(operation_id.into(), limits.into_iter().collect());
        Self::with(settings)
    }

    fn with(settings: Settings) -> Self {
        Self { shared: Arc::new(Shared { settings, queues: RwLock::default() }) }
    }
}

impl Default for Limiter {
    fn default() -> Self {
        Self::new()
    }
}

impl RateLimiter for Limiter {
    /// Never returns an error. The request is treated as if it arrived immediately.
    fn acquire<'a>(&'a self, operation: &'static Operation) -> Permit<'a> {
        Box::pin(async move {
            let admission = self.admit(operation, Duration::MAX).await?;
            admission.arrived();
            Ok(())
        })
    }

    /// Returns an error if the time is certain to be too short, for example after a long `Retry-After`.
    fn admit<'a>(&'a self, operation: &'static Operation, time: Duration) -> AdmissionFuture<'a> {
        Box::pin(async move {
            if self.shared.settings.unlimited {
                return Ok(Admission::default());
            }
            let queue = self.shared.queue(operation);
            queue.pass(time).await?;
            Ok(Admission::new(queue))
        })
    }

    fn throttled(&self, operation: &'static Operation, retry_after: Option<Duration>) {
        if !self.shared.settings.unlimited {
            self.shared.queue(operation).throttled(retry_after);
        }
    }
}

impl Shared {
    /// Returns the queue of an operation, which is created when it is first used.
    fn queue(&self, operation: &'static Operation) -> Arc<Queue> {
        let queues = self.queues.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get(operation.id()) {
            return Arc::clone(queue);
        }
        drop(queues);
        let mut queues = self.queues.write().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.entry(operation.id()).or_insert_with(|| Arc::new(self.settings.queue(operation)));
        Arc::clone(queue)
    }
}

impl Settings {
    fn queue(&self, operation: &Operation) -> Queue {
        let limits = self.limits.get(operation.id()).map_or(operation.limits(), Vec::as_slice);
        Queue::new(limits.iter().map(|limit| limit.share(self.share)))
    }
}

impl fmt::Debug for Limiter {
    /// Formats the settings that differ from the defaults, and the allowed rate of each operation in use.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { unlimited, share, limits } = &self.shared.settings;
        if *unlimited {
            return f.write_str("Limiter(unlimited)");
        }
        let mut limiter = f.debug_struct("Limiter");
        limiter.field("share", share);
        if !limits.is_empty() {
            limiter.field("limits", limits);
        }
        limiter.field("in_use", &self.shared.queues.read().unwrap_or_else(PoisonError::into_inner));
        limiter.finish()
    }
}

/// An error returned when a fraction is not greater than 0 and at most 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareError {
    fraction: f64,
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a share must be greater than 0 and at most 1, not {}", self.fraction)
    }
}

impl Error for ShareError {}
