//! The limiter that clients use by default.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::queue::Gate;
use super::{Permit, RateLimiter};
use crate::operation::Operation;
use crate::operation::rate_limit::RateLimit;

/// Keeps the rate limits of each operation within this process.
///
/// Callers of an operation are served first come, first served. Clones share their state, so one
/// limiter, given to several clients of one account, keeps the limit for all of them together, on
/// whatever threads and runtimes they run. Operations are told apart by their ids.
///
/// # After a 429
///
/// When the service refuses a request with the status 429, each limit of that operation is halved,
/// at most once in its period and never below one request. For each step without a 429 a tenth of
/// the limit comes back, until all of it is allowed again; a step is the period of the limit, but at
/// least 1 second and at most 60. For a bucket, the time in which it fills stands for the period,
/// and both its capacity and its rate are lowered. If the service said when to come back, nothing is
/// sent until then, at most for an hour; steps count from there.
///
/// # Waiting
///
/// A call that is dropped while it waits takes nothing and delays nobody. A call that was started
/// must be driven or dropped: while it is first in the queue and nobody polls it, the calls behind
/// it wait. Waiting needs a Tokio runtime with time enabled.
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
    /// By operation id. A client has few operations, and comparing a few ids is faster than to hash
    /// one.
    gates: RwLock<BTreeMap<&'static str, Arc<Gate>>>,
}

#[derive(Clone)]
struct Settings {
    unlimited: bool,
    share: f64,
    /// What replaces the documented limits, by operation id.
    limits: BTreeMap<String, Vec<RateLimit>>,
}

impl Limiter {
    /// A limiter that keeps the documented limits of each operation.
    pub fn new() -> Self {
        Self::with(Settings { unlimited: false, share: 1.0, limits: BTreeMap::new() })
    }

    /// A limiter that never waits, whatever is documented and whatever the service answers.
    pub fn unlimited() -> Self {
        Self::with(Settings { unlimited: true, share: 1.0, limits: BTreeMap::new() })
    }

    /// Uses a fraction of every limit, for one of several processes that share an account: above 0,
    /// and up to 1, which is the default. A second call replaces the first.
    ///
    /// Numbers of requests are rounded down. Where less than one would be left, one request is
    /// allowed in a longer period, so that the share is kept: a hundredth of 15 per second is one in
    /// 6.7 seconds. A bucket gets a smaller capacity, but at least 1, and fills more slowly.
    ///
    /// Returns a limiter with a state of its own; clones made before go on as they were.
    ///
    /// # Errors
    ///
    /// Fails when the fraction is not above 0 and at most 1.
    pub fn share(self, fraction: f64) -> Result<Self, ShareError> {
        if fraction > 0.0 && fraction <= 1.0 {
            Ok(Self::with(Settings { share: fraction, ..self.shared.settings.clone() }))
        } else {
            Err(ShareError { fraction })
        }
    }

    /// Replaces the documented limits of the operation with that id; without any, it has no limit.
    ///
    /// They are subject to the [share](Self::share) like the documented ones. An id that no
    /// operation has changes nothing. Returns a limiter with a state of its own; clones made before
    /// go on as they were.
    #[must_use]
    pub fn limits(self, operation_id: impl Into<String>, limits: impl IntoIterator<Item = RateLimit>) -> Self {
        let mut settings = self.shared.settings.clone();
        settings.limits.insert(operation_id.into(), limits.into_iter().collect());
        Self::with(settings)
    }

    fn with(settings: Settings) -> Self {
        Self { shared: Arc::new(Shared { settings, gates: RwLock::default() }) }
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
                self.shared.gate(operation).pass().await;
            }
            Ok(())
        })
    }

    fn throttled(&self, operation: &'static Operation, retry_after: Option<Duration>) {
        if !self.shared.settings.unlimited {
            self.shared.gate(operation).throttled(retry_after);
        }
    }
}

impl Shared {
    /// The gate of an operation, made when it is first asked for.
    fn gate(&self, operation: &'static Operation) -> Arc<Gate> {
        let gates = self.gates.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(operation.id()) {
            return Arc::clone(gate);
        }
        drop(gates);
        let mut gates = self.gates.write().unwrap_or_else(PoisonError::into_inner);
        let gate = gates.entry(operation.id()).or_insert_with(|| Arc::new(self.settings.gate(operation)));
        Arc::clone(gate)
    }
}

impl Settings {
    fn gate(&self, operation: &Operation) -> Gate {
        let limits = self.limits.get(operation.id()).map_or(operation.limits(), Vec::as_slice);
        Gate::new(limits.iter().map(|limit| limit.share(self.share)))
    }
}

impl fmt::Debug for Limiter {
    /// Shows the settings that are not the default, and what is allowed of each operation in use.
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
        limiter.field("in_use", &self.shared.gates.read().unwrap_or_else(PoisonError::into_inner));
        limiter.finish()
    }
}

/// A fraction that is no share of a whole: not above 0, above 1, or not a number.
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
