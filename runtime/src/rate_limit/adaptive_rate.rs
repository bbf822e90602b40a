//! How much of a limit is used, after the service said that it was too much.

use std::time::Duration;

use tokio::time::Instant;

const SHORTEST_STEP: Duration = Duration::from_secs(1);
const LONGEST_STEP: Duration = Duration::from_mins(1);

/// The number that is allowed of a limit: all of it, until the service answers 429.
///
/// Each 429 halves the number, but not twice in one cycle of the limit, because a burst that was
/// too fast is answered by many of them. Each step without one raises it by a tenth of the limit.
/// Nothing happens by itself: the number is computed from the time that has passed.
#[derive(Debug)]
pub(super) struct Pace {
    limit: u32,
    cycle: Duration,
    lowered: Option<Lowered>,
}

#[derive(Debug)]
struct Lowered {
    /// When the number was last halved.
    halved: Instant,
    /// What was allowed at `since`, from where the steps are counted.
    allowed: u32,
    since: Instant,
    /// When nothing of this matters any more. Saves a division for each request from then on.
    recovered: Instant,
}

impl Pace {
    pub(super) fn new(limit: u32, cycle: Duration) -> Self {
        Self { limit, cycle, lowered: None }
    }

    /// How much of the limit may be used at that time; at least 1.
    pub(super) fn allowed(&self, now: Instant) -> u32 {
        match &self.lowered {
            Some(lowered) if now < lowered.recovered => {
                // Before `recovered` the sum is below the limit; it saturates for want of a proof.
                lowered.allowed.saturating_add(self.raise().saturating_mul(self.steps(lowered, now)))
            }
            _ => self.limit,
        }
    }

    /// When more will be allowed, if not all is.
    pub(super) fn next_raise(&self, now: Instant) -> Option<Instant> {
        let lowered = self.lowered.as_ref().filter(|lowered| now < lowered.recovered)?;
        Some(lowered.since + self.step() * (self.steps(lowered, now) + 1))
    }

    /// Takes note of a 429. Nothing will be sent before `until`, so steps are counted from there.
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

    /// The whole steps since the last 429, while not recovered: a few, as ten or so suffice.
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
        let mut pace = Pace::new(4000, SECOND);
        (0..500).for_each(|tick| pace.throttled(start + tick * Duration::from_millis(1), start));
        assert_eq!(pace.allowed(start + Duration::from_millis(500)), 2000);
        pace.throttled(start + SECOND, start);
        assert_eq!(pace.allowed(start + SECOND), 1000);
    }

    #[test]
    fn each_quiet_step_raises_by_a_tenth_up_to_the_limit() {
        let start = Instant::now();
        let mut pace = Pace::new(4000, SECOND);
        pace.throttled(start, start);
        let allowed: Vec<u32> = (0..8).map(|step| pace.allowed(start + step * SECOND)).collect();
        assert_eq!(allowed, [2000, 2400, 2800, 3200, 3600, 4000, 4000, 4000]);
        assert_eq!(pace.allowed(start + SECOND * 9 / 10), 2000);
        assert_eq!(pace.next_raise(start), Some(start + SECOND));
        assert_eq!(pace.next_raise(start + 4 * SECOND), Some(start + 5 * SECOND));
        assert_eq!(pace.next_raise(start + 5 * SECOND), None);
    }

    #[test]
    fn a_refusal_that_does_not_halve_still_breaks_the_quiet() {
        let start = Instant::now();
        let mut pace = Pace::new(100, 10 * SECOND);
        pace.throttled(start, start);
        pace.throttled(start + 9 * SECOND, start);
        assert_eq!(pace.allowed(start + 18 * SECOND), 50);
        assert_eq!(pace.allowed(start + 19 * SECOND), 60);
    }

    #[test]
    fn a_pause_is_not_a_quiet_time() {
        let start = Instant::now();
        let mut pace = Pace::new(10, SECOND);
        pace.throttled(start, start + 30 * SECOND);
        assert_eq!(pace.allowed(start + 30 * SECOND), 5);
        assert_eq!(pace.next_raise(start), Some(start + 31 * SECOND));
        assert_eq!(pace.allowed(start + 31 * SECOND), 6);
    }

    #[test]
    fn no_number_of_refusals_stops_everything() {
        let start = Instant::now();
        for limit in [1, 2, 3, 4000, u32::MAX] {
            let mut pace = Pace::new(limit, SECOND);
            // Two in each step, as a whole step without one would raise the number.
            (0..100).for_each(|tick| pace.throttled(start + tick * SECOND / 2, start));
            assert_eq!(pace.allowed(start + 50 * SECOND), 1);
            assert_eq!(pace.allowed(start + 200 * SECOND), limit);
        }
    }

    #[test]
    fn a_step_lasts_from_a_second_to_a_minute() {
        let start = Instant::now();
        for (cycle, step) in [(Duration::from_millis(1), 1), (5 * SECOND, 5), (3600 * SECOND, 60)] {
            let mut pace = Pace::new(10, cycle);
            pace.throttled(start, start);
            assert_eq!(pace.next_raise(start), Some(start + step * SECOND));
        }
    }
}
