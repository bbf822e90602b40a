//! The retry budget of a client.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The time for which calls and retries count.
const MEMORY: Duration = Duration::from_secs(10);

/// The length of the time slots in which calls are counted.
const SLOT: Duration = Duration::from_secs(1);

/// A limit on the retries of a client, so that an outage does not multiply its traffic.
///
/// The implementation in `tower` is not used because it rounds 60 percent up to 100.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    percent: u64,
    /// The number of retries in addition to the percentage, within [`MEMORY`].
    reserve: u64,
    slots: Mutex<VecDeque<Slot>>,
}

#[derive(Debug)]
struct Slot {
    began: Instant,
    calls: u64,
    retries: u64,
}

impl RetryBudget {
    /// Creates a budget of `percent` of the calls, plus `reserve_per_second` retries per second.
    pub(crate) fn new(percent: u8, reserve_per_second: u16) -> Self {
        let reserve = u64::from(reserve_per_second) * MEMORY.as_secs();
        Self { percent: percent.min(100).into(), reserve, slots: Mutex::default() }
    }

    /// Counts a call.
    pub(crate) fn deposit(&self) {
        current(&mut self.slots()).calls += 1;
    }

    /// Takes one retry from the budget. Returns `false` if there was none left.
    pub(crate) fn withdraw(&self) -> bool {
        let mut slots = self.slots();
        current(&mut slots);
        let (calls, retries) =
            slots.iter().fold((0, 0), |(calls, retries), slot| (calls + slot.calls, retries + slot.retries));
        let allowed = calls * self.percent / 100 + self.reserve;
        if retries < allowed {
            current(&mut slots).retries += 1;
        }
        retries < allowed
    }

    fn slots(&self) -> MutexGuard<'_, VecDeque<Slot>> {
        // The numbers are valid even after a panic while the lock was held.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes expired slots and returns the current one. There are never more than eleven.
fn current(slots: &mut VecDeque<Slot>) -> &mut Slot {
    let now = Instant::now();
    while slots.front().is_some_and(|slot| now.duration_since(slot.began) >= MEMORY) {
        slots.pop_front();
    }
    if slots.back().is_none_or(|slot| now.duration_since(slot.began) >= SLOT) {
        slots.push_back(Slot { began: now, calls: 0, retries: 0 });
    }
    slots.back_mut().expect("one was there or was added")
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(20, 10)
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn withdrawn(budget: &RetryBudget, times: usize) -> usize {
        (0..times).filter(|_| budget.withdraw()).count()
    }

    #[tokio::test(start_paused = true)]
    async fn lets_the_share_through_that_was_set() {
        for percent in [0, 1, 20, 30, 34, 51, 60, 99, 100] {
            let budget = RetryBudget::new(percent, 0);
            (0..1000).for_each(|_| budget.deposit());
            assert_eq!(withdrawn(&budget, 2000), usize::from(percent) * 10);
        }
        assert_eq!(RetryBudget::new(u8::MAX, 0).percent, 100);
    }

    #[tokio::test(start_paused = true)]
    async fn has_a_reserve_for_those_who_call_rarely() {
        assert_eq!(withdrawn(&RetryBudget::new(0, 10), 1000), 100);
        assert_eq!(withdrawn(&RetryBudget::new(100, u16::MAX), 1), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn forgets_after_ten_seconds() {
        let budget = RetryBudget::new(50, 0);
        for _ in 0..60 {
            (0..10).for_each(|_| budget.deposit());
            advance(SLOT).await;
        }
        assert!((40..=50).contains(&withdrawn(&budget, 1000)));
        advance(MEMORY).await;
        assert_eq!(withdrawn(&budget, 1000), 0);
        assert!(budget.slots().len() <= 11);
    }

    #[tokio::test(start_paused = true)]
    async fn no_ten_seconds_hold_more_than_the_share() {
        let budget = RetryBudget::new(20, 0);
        let mut retries = 0;
        for _ in 0..600 {
            (0..5).for_each(|_| budget.deposit());
            retries += withdrawn(&budget, 5);
            advance(Duration::from_millis(100)).await;
        }
        assert!((550..=620).contains(&retries), "{retries} of 3000");
    }
}
