//! The default limiter.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::queue::Queue;
use super::{Permit, RateLimiter};
use crate::operation::Operation;
use crate::operation::rate_limit::RateLimit;

/// A rate limiter with its state in this process, which enforces the rate limits of each operation.
///
/// Callers of an operation are admitted in the order in which they come. Clones share their state, so one limiter,
/// given to several clients of one account, enforces the limit for all of them together, on any threads and runtimes.
/// Operations are identified by their ids.
///
/// # After a 429
///
/// If the service refuses a request with the status 429, each rate limit of that operation is halved, at most once in
/// its period and never below one request. Each step without a 429 restores a tenth of the limit, until all of it is
/// allowed again; a step is the period of the limit, but at least 1 second and at most 60. For a bucket, the period is
/// the time in which it fills, and both its capacity and its rate are lowered. If the service asked for a wait,
/// nothing is sent until it is over, at most for an hour, and steps are counted from there.
///
/// # Waiting
///
/// A call that is dropped while it waits takes nothing and delays no other call. A call that was started must be
/// polled or dropped: while it is first in the queue and not polled, the calls behind it wait. Waiting needs a Tokio
/// runtime with time enabled.
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
    /// By operation id. A client has few operations, and comparing a few ids is faster than hashing one.
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
    /// Makes a limiter that enforces the documented rate limits of each operation.
    pub fn new() -> Self {
        Self::with(Settings { unlimited: false, share: 1.0, limits: BTreeMap::new() })
    }

    /// Makes a limiter that never waits, whatever is documented and whatever the service answers.
    pub fn unlimited() -> Self {
        Self::with(Settings { unlimited: true, share: 1.0, limits: BTreeMap::new() })
    }

    /// Uses a fraction of every rate limit, for one of several processes that share an account: above 0, and up to 1,
    /// which is the default. A second call replaces the first.
    ///
    /// Numbers of requests are rounded down. If less than one would be left, one request is allowed in a longer
    /// period, so that the share is kept: a hundredth of 15 per second is one in 6.7 seconds. A bucket has a smaller
    /// capacity, but at least 1, and fills more slowly.
    ///
    /// Returns a limiter with its own state; earlier clones do not change.
    ///
    /// # Errors
    ///
    /// Fails if the fraction is not above 0 and at most 1.
    pub fn share(self, fraction: f64) -> Result<Self, ShareError> {
        if fraction > 0.0 && fraction <= 1.0 {
            Ok(Self::with(Settings { share: fraction, ..self.shared.settings.clone() }))
        } else {
            Err(ShareError { fraction })
        }
    }

    /// Replaces the documented rate limits of the operation with that id; without any, it has no limit.
    ///
    /// The [share](Self::share) applies to them like to the documented ones. An id of no operation changes nothing.
    /// Returns a limiter with its own state; earlier clones do not change.
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
    /// Never fails.
    fn acquire<'a>(&'a self, operation: &'static Operation) -> Permit<'a> {
        Box::pin(async move {
            if !self.shared.settings.unlimited {
                self.shared.queue(operation).pass().await;
            }
            Ok(())
        })
    }

    fn throttled(&self, operation: &'static Operation, retry_after: Option<Duration>) {
        if !self.shared.settings.unlimited {
            self.shared.queue(operation).throttled(retry_after);
        }
    }
}

impl Shared {
    /// Returns the queue of an operation, which is made at its first use.
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
    /// Shows the settings that are not the default, and the allowed rate of each operation in use.
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

/// The error of a fraction that is not a share: not above 0, above 1, or not a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareError {
    fraction: f64,
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a share of the rate limit is above 0 and at most 1, not {}", self.fraction)
    }
}

impl Error for ShareError {}
