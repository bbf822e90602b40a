//! The queue of the callers of an operation.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::meters::Meters;
use crate::error::rate_limit::WaitTooLong;
use crate::operation::rate_limit::RateLimit;

/// A queue that admits the callers of an operation one by one, in order.
pub(super) struct Queue {
    /// Held by the first caller in the queue while it waits. The others wait for this lock, which is fair. A caller
    /// that is dropped leaves the queue or releases the lock.
    turn: tokio::sync::Mutex<()>,
    /// Held briefly, and never while waiting.
    meters: Mutex<Meters>,
}

impl Queue {
    pub(super) fn new(limits: impl IntoIterator<Item = RateLimit>) -> Self {
        Self { turn: tokio::sync::Mutex::new(()), meters: Mutex::new(Meters::new(limits)) }
    }

    /// Waits for the turn of the caller, and then until all rate limits admit another request, which is then in flight.
    ///
    /// Returns an error as soon as it is certain that this takes longer than `time`.
    pub(super) async fn pass(&self, time: Duration) -> Result<(), WaitTooLong> {
        let deadline = Instant::now().checked_add(time);
        let _turn = if let Ok(turn) = self.turn.try_lock() {
            turn
        } else {
            in_time(self.meters().earliest(Instant::now()), deadline)?;
            self.turn.lock().await
        };
        // The request is counted last, with no wait afterwards, so a caller that is dropped has not been counted.
        while let Err(instant) = self.try_pass() {
            in_time(instant, deadline)?;
            sleep_until(instant).await;
        }
        Ok(())
    }

    fn try_pass(&self) -> Result<(), Instant> {
        let mut meters = self.meters();
        // The clock is read while the lock is held, so that the instants are in order.
        meters.admit(Instant::now())
    }

    /// Records that a connection has the bytes of a request, and returns the time by which it has arrived.
    pub(super) fn written(&self) -> Instant {
        let mut meters = self.meters();
        meters.written(Instant::now())
    }

    /// Records the arrival of a request. `expected` is the time that was returned when it was written, if it was.
    pub(super) fn arrived(&self, expected: Option<Instant>) {
        let mut meters = self.meters();
        meters.arrived(Instant::now(), expected);
    }

    pub(super) fn throttled(&self, retry_after: Option<Duration>) {
        let mut meters = self.meters();
        meters.throttled(Instant::now(), retry_after);
    }

    fn meters(&self) -> MutexGuard<'_, Meters> {
        self.meters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns an error if an instant is not before a deadline.
fn in_time(instant: Instant, deadline: Option<Instant>) -> Result<(), WaitTooLong> {
    match deadline {
        Some(deadline) if instant >= deadline => Err(WaitTooLong::new(instant.duration_since(Instant::now()))),
        _ => Ok(()),
    }
}

impl fmt::Debug for Queue {
    /// Formats the allowed part of each rate limit, such as `[2000 of 4000 per 1s]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.meters().describe(Instant::now(), f)
    }
}
