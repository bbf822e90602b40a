//! Exact sliding windows, as logs of their admissions.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The admissions of the last period, 16 bytes each.
///
/// The log grows with usage, not with the limit. A window includes its first instant, and excludes the instant one
/// period later.
#[derive(Debug)]
pub(super) struct Window {
    period: Duration,
    admitted: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new(period: Duration) -> Self {
        Self { period, admitted: VecDeque::new() }
    }

    /// Returns the earliest instant, not before `now`, at which another request may be admitted if every window allows
    /// `allowed` requests, at least 1. It is one period after the admission `allowed` positions from the end.
    pub(super) fn earliest(&self, now: Instant, allowed: u32) -> Instant {
        // If `usize` is smaller than `u32`, the log cannot have that many entries either.
        let allowed = usize::try_from(allowed).unwrap_or(usize::MAX);
        let first_of_window = self.admitted.len().checked_sub(allowed).and_then(|index| self.admitted.get(index));
        first_of_window.map_or(now, |first| now.max(*first + self.period))
    }

    /// Records an admission. An instant before the last one is treated as the last one.
    pub(super) fn admit(&mut self, at: Instant) {
        let at = self.admitted.back().map_or(at, |last| at.max(*last));
        while self.admitted.front().is_some_and(|first| *first + self.period <= at) {
            self.admitted.pop_front();
        }
        self.admitted.push_back(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate_limit::oracle::{self, Random};

    /// Admits each arrival at the earliest possible instant, and returns these instants.
    fn admissions(window: &mut Window, allowed: u32, arrivals: &[Instant]) -> Vec<Instant> {
        let mut now = arrivals[0];
        let admit = |arrival: &Instant| {
            now = window.earliest(now.max(*arrival), allowed);
            window.admit(now);
            now
        };
        arrivals.iter().map(admit).collect()
    }

    #[test]
    fn millions_of_admissions_keep_the_limit_and_waste_nothing() {
        let period = Duration::from_secs(1);
        for (seed, allowed, load) in [(1, 4000, 1.5), (2, 4000, 0.9), (3, 10, 3.0), (4, 1, 1.0), (5, 333, 1.01)] {
            let arrivals = Random::new(seed).arrivals(600_000, period / allowed, load);
            let admitted = admissions(&mut Window::new(period), allowed, &arrivals);
            let most = oracle::most_in_any_window(&admitted, period);
            assert!(most <= allowed as usize, "{most} in a window of {allowed}");
            assert_eq!(admitted, oracle::best_schedule(&arrivals, &[(allowed, period)]));
        }
    }

    #[test]
    fn a_window_ends_before_the_instant_one_period_later() {
        let start = Instant::now();
        let mut window = Window::new(Duration::from_secs(1));
        window.admit(start);
        window.admit(start + Duration::from_millis(1));
        assert_eq!(window.earliest(start + Duration::from_millis(2), 2), start + Duration::from_secs(1));
        assert_eq!(window.earliest(start + Duration::from_secs(1), 2), start + Duration::from_secs(1));
    }

    #[test]
    fn the_log_holds_no_more_than_the_last_period() {
        let start = Instant::now();
        let mut window = Window::new(Duration::from_secs(1));
        for tick in 0..100_000 {
            window.admit(start + Duration::from_millis(100) * tick);
        }
        assert_eq!(window.admitted.len(), 10);
        assert!(window.admitted.capacity() <= 32, "{} places", window.admitted.capacity());
    }

    #[test]
    fn time_that_runs_back_admits_nothing_more() {
        let start = Instant::now();
        let mut window = Window::new(Duration::from_secs(1));
        window.admit(start + Duration::from_millis(500));
        window.admit(start);
        assert_eq!(window.earliest(start, 1), start + Duration::from_millis(1500));
    }

    #[test]
    fn a_lower_limit_counts_the_admissions_of_a_higher_one() {
        let start = Instant::now();
        let mut window = Window::new(Duration::from_secs(1));
        (0..10).for_each(|tick| window.admit(start + Duration::from_millis(10) * tick));
        let now = start + Duration::from_millis(100);
        assert_eq!(window.earliest(now, 10), start + Duration::from_secs(1));
        assert_eq!(window.earliest(now, 5), start + Duration::from_millis(1050));
        assert_eq!(window.earliest(now, 11), now);
    }
}
