//! The reduction of a rate limit after status 429.

use std::time::Duration;

use tokio::time::Instant;

const SHORTEST_STEP: Duration = Duration::from_secs(1);
const LONGEST_STEP: Duration = Duration::from_mins(1);

/// The number of requests that are currently allowed. This is the whole limit until the service responds with status
/// 429.
///
/// Each 429 halves the number, but at most once per cycle of the limit, because one burst can cause many of them. Each
/// step without a 429 restores a tenth of the limit. The number is computed from the elapsed time.
#[derive(Debug)]
pub(super) struct AdaptiveRate {
    limit: u32,
    cycle: Duration,
    lowered: Option<Lowered>,
}

#[derive(Debug)]
struct Lowered {
    /// The time at which the number was last halved.
    halved: Instant,
    /// The number at `since`, the time from which steps are counted.
    allowed: u32,
    since: Instant,
    /// The time at which the whole limit is allowed again. It saves a division for each later request.
    recovered: Instant,
}

impl AdaptiveRate {
    pub(super) fn new(limit: u32, cycle: Duration) -> Self {
        Self { limit, cycle, lowered: None }
    }

    /// Returns the number of requests that are allowed at the given time, which is at least 1.
    pub(super) fn allowed(&self, now: Instant) -> u32 {
        match &self.lowered {
            Some(lowered) if now < lowered.recovered => {
                // Before `recovered`, the sum is below the limit, so it never actually saturates.
                lowered.allowed.saturating_add(self.raise().saturating_mul(self.steps(lowered, now)))
            }
            _ => self.limit,
        }
    }

    /// Returns the time of the next increase, or `None` if the whole limit is allowed.
    pub(super) fn next_raise(&self, now: Instant) -> Option<Instant> {
        let lowered = self.lowered.as_ref().filter(|lowered| now < lowered.recovered)?;
        Some(lowered.since + self.step() * (self.steps(lowered, now) + 1))
    }

    /// Records a 429. Nothing is sent before `until`, so steps are counted from then on.
    pub(super) fn throttled(&mut self, now: Instant, until: Instant) {
        let before = self.allowed(now);
        let (allowed, halved) = match &self.lowered {
            Some(lowered) if now < lowered.halved + self.cycle => (before, lowered.halved),
            _ => ((before / 2).max(1), now),
        };
        let since = until.max(now);
        let steps = (self.limit - allowed).div_ceil(self.raise());
        self.lowered = Some(Lowered { halved, allowed, since, recovered: since + self.step() * steps });
    }

    /// Returns the number of complete steps since the last 429. It is small, because recovery takes about ten steps.
    fn steps(&self, lowered: &Lowered, now: Instant) -> u32 {
        let quiet = now.saturating_duration_since(lowered.since);
        u32::try_from(quiet.as_nanos() / self.step().as_nanos()).unwrap_or(u32::MAX - 1)
    }

    fn step(&self) -> Duration {
        self.cycle.clamp(SHORTEST_STEP, LONGEST_STEP)
    }

    fn raise(&self) -> u32 {
        (self.limit / 10).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_burst_of_refusals_is_one_event() {
        let start = Instant::now();
        let mut rate = AdaptiveRate::new(4000, SECOND);
        (0..500).for_each(|tick| rate.throttled(start + tick * Duration::from_millis(1), start));
        assert_eq!(rate.allowed(start + Duration::from_millis(500)), 2000);
        rate.throttled(start + SECOND, start);
        assert_eq!(rate.allowed(start + SECOND), 1000);
    }

    #[test]
    fn each_quiet_step_raises_by_a_tenth_up_to_the_limit() {
        let start = Instant::now();
        let mut rate = AdaptiveRate::new(4000, SECOND);
        rate.throttled(start, start);
        let allowed: Vec<u32> = (0..8).map(|step| rate.allowed(start + step * SECOND)).collect();
        assert_eq!(allowed, [2000, 2400, 2800, 3200, 3600, 4000, 4000, 4000]);
        assert_eq!(rate.allowed(start + SECOND * 9 / 10), 2000);
        assert_eq!(rate.next_raise(start), Some(start + SECOND));
        assert_eq!(rate.next_raise(start + 4 * SECOND), Some(start + 5 * SECOND));
        assert_eq!(rate.next_raise(start + 5 * SECOND), None);
    }

    #[test]
    fn a_refusal_that_does_not_halve_still_breaks_the_quiet() {
        let start = Instant::now();
        let mut rate = AdaptiveRate::new(100, 10 * SECOND);
        rate.throttled(start, start);
        rate.throttled(start + 9 * SECOND, start);
        assert_eq!(rate.allowed(start + 18 * SECOND), 50);
        assert_eq!(rate.allowed(start + 19 * SECOND), 60);
    }

    #[test]
    fn a_pause_is_not_a_quiet_time() {
        let start = Instant::now();
        let mut rate = AdaptiveRate::new(10, SECOND);
        rate.throttled(start, start + 30 * SECOND);
        assert_eq!(rate.allowed(start + 30 * SECOND), 5);
        assert_eq!(rate.next_raise(start), Some(start + 31 * SECOND));
        assert_eq!(rate.allowed(start + 31 * SECOND), 6);
    }

    #[test]
    fn no_number_of_refusals_stops_everything() {
        let start = Instant::now();
        for limit in [1, 2, 3, 4000, u32::MAX] {
            let mut rate = AdaptiveRate::new(limit, SECOND);
            // Two in each step, because a step without a 429 would increase the number.
            (0..100).for_each(|tick| rate.throttled(start + tick * SECOND / 2, start));
            assert_eq!(rate.allowed(start + 50 * SECOND), 1);
            assert_eq!(rate.allowed(start + 200 * SECOND), limit);
        }
    }

    #[test]
    fn a_step_lasts_from_a_second_to_a_minute() {
        let start = Instant::now();
        for (cycle, step) in [(Duration::from_millis(1), 1), (5 * SECOND, 5), (3600 * SECOND, 60)] {
            let mut rate = AdaptiveRate::new(10, cycle);
            rate.throttled(start, start);
            assert_eq!(rate.next_raise(start), Some(start + step * SECOND));
        }
    }
}
