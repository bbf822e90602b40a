//! Exact sliding windows, as logs of their arrivals.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The arrivals of the last period, 16 bytes each.
///
/// The log grows with usage, not with the limit. A window includes its first instant, and excludes the instant one
/// period later.
#[derive(Debug)]
pub(super) struct Window {
    period: Duration,
    arrivals: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new(period: Duration) -> Self {
        Self { period, arrivals: VecDeque::new() }
    }

    /// Returns the earliest instant, not before `now`, at which another request may be admitted if every window allows
    /// `allowed` requests, at least 1. Requests in flight count as if they arrived last.
    pub(super) fn earliest(&self, now: Instant, allowed: u32, in_flight: usize) -> Instant {
        // If `usize` is smaller than `u32`, the log cannot have that many entries either.
        let allowed = usize::try_from(allowed).unwrap_or(usize::MAX);
        let Some(room) = allowed.checked_sub(in_flight).filter(|room| *room > 0) else {
            // None that is in flight leaves its window sooner.
            return now + self.period;
        };
        let first_of_window = self.arrivals.len().checked_sub(room).and_then(|index| self.arrivals.get(index));
        first_of_window.map_or(now, |first| now.max(*first + self.period))
    }

    /// Records an arrival. An instant before the last one is treated as the last one.
    pub(super) fn arrived(&mut self, at: Instant) {
        let at = self.arrivals.back().map_or(at, |last| at.max(*last));
        while self.arrivals.front().is_some_and(|first| *first + self.period <= at) {
            self.arrivals.pop_front();
        }
        self.arrivals.push_back(at);
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
            now = window.earliest(now.max(*arrival), allowed, 0);
            window.arrived(now);
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
        window.arrived(start);
        window.arrived(start + Duration::from_millis(1));
        assert_eq!(window.earliest(start + Duration::from_millis(2), 2, 0), start + Duration::from_secs(1));
        assert_eq!(window.earliest(start + Duration::from_secs(1), 2, 0), start + Duration::from_secs(1));
    }

    #[test]
    fn requests_in_flight_count_as_arriving_last() {
        let start = Instant::now();
        let (second, now) = (Duration::from_secs(1), start + Duration::from_millis(2));
        let mut window = Window::new(second);
        window.arrived(start);
        window.arrived(start + Duration::from_millis(1));
        assert_eq!(window.earliest(now, 4, 1), now);
        assert_eq!(window.earliest(now, 4, 2), start + second);
        assert_eq!(window.earliest(now, 4, 3), start + Duration::from_millis(1001));
        assert_eq!(window.earliest(now, 4, 4), now + second);
        assert_eq!(window.earliest(now, 4, 40), now + second);
    }

    #[test]
    fn the_log_holds_no_more_than_the_last_period() {
        let start = Instant::now();
        let mut window = Window::new(Duration::from_secs(1));
        for tick in 0..100_000 {
            window.arrived(start + Duration::from_millis(100) * tick);
        }
        assert_eq!(window.arrivals.len(), 10);
        assert!(window.arrivals.capacity() <= 32, "{} places", window.arrivals.capacity());
    }

    #[test]
    fn time_that_runs_back_admits_nothing_more() {
        let start = Instant::now();
        let mut window = Window::new(Duration::from_secs(1));
        window.arrived(start + Duration::from_millis(500));
        window.arrived(start);
        assert_eq!(window.earliest(start, 1, 0), start + Duration::from_millis(1500));
    }

    #[test]
    fn a_lower_limit_counts_the_arrivals_of_a_higher_one() {
        let start = Instant::now();
        let mut window = Window::new(Duration::from_secs(1));
        (0..10).for_each(|tick| window.arrived(start + Duration::from_millis(10) * tick));
        let now = start + Duration::from_millis(100);
        assert_eq!(window.earliest(now, 10, 0), start + Duration::from_secs(1));
        assert_eq!(window.earliest(now, 5, 0), start + Duration::from_millis(1050));
        assert_eq!(window.earliest(now, 11, 0), now);
    }
}
