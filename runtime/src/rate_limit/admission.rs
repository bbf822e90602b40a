//! An admitted request on its way to the service.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::queue::Queue;

/// An admitted request, which notifies its [`Limiter`](crate::Limiter) of its arrival at the service.
///
/// A service counts requests when they arrive, which may be long after they were admitted, because a connection has to
/// be established first. The default value does not notify a limiter.
#[derive(Default)]
pub struct Admission {
    tracked: Option<Tracked>,
}

struct Tracked {
    queue: Arc<Queue>,
    stage: Mutex<Stage>,
}

#[derive(Clone, Copy)]
enum Stage {
    Admitted,
    /// A connection has the bytes of the request, which has arrived by this time.
    Written(Instant),
    Arrived,
}

impl Admission {
    /// Creates the admission of a request that this queue has just counted.
    pub(super) fn new(queue: Arc<Queue>) -> Self {
        Self { tracked: Some(Tracked { queue, stage: Mutex::new(Stage::Admitted) }) }
    }

    /// Records that a connection has the bytes of the request, or that the attempt has ended without a response.
    pub(crate) fn written(&self) {
        self.tracked.iter().for_each(Tracked::written);
    }

    /// Records that the response has begun.
    pub(crate) fn arrived(&self) {
        self.tracked.iter().for_each(Tracked::arrived);
    }
}

impl Tracked {
    fn written(&self) {
        let mut stage = self.stage();
        if let Stage::Admitted = *stage {
            *stage = Stage::Written(self.queue.written());
        }
    }

    fn arrived(&self) {
        let mut stage = self.stage();
        match *stage {
            Stage::Admitted => self.queue.arrived(None),
            Stage::Written(expected) => self.queue.arrived(Some(expected)),
            Stage::Arrived => {}
        }
        *stage = Stage::Arrived;
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        // A panic while the lock was held leaves a valid stage.
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Tracked {
    /// Counts a request that may not have been sent, so that connections to an unreachable service are not attempted
    /// more often than the limit allows.
    fn drop(&mut self) {
        self.written();
    }
}

impl fmt::Debug for Admission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admission").field("tracked", &self.tracked.is_some()).finish_non_exhaustive()
    }
}
