//! Token buckets.

use std::time::Duration;

use tokio::time::Instant;

/// A bucket of up to `capacity` tokens. Each admission takes one, and one is added every `refill`.
///
/// If fewer than `capacity` are allowed, the bucket is smaller and fills more slowly in the same proportion. A change
/// applies to all of the time since the last admission, so the bucket may gain slightly more or less than exact
/// accounting would give, but never more than at its full capacity.
#[derive(Debug)]
pub(super) struct Bucket {
    capacity: u32,
    refill: Duration,
    /// `None` before the first admission, while the bucket is full.
    level: Option<Level>,
}

/// The number of tokens, and the time from which the next one accrues.
#[derive(Clone, Copy, Debug)]
struct Level {
    tokens: u32,
    since: Instant,
}

impl Bucket {
    pub(super) fn new(capacity: u32, refill: Duration) -> Self {
        Self { capacity, refill, level: None }
    }

    /// Returns the earliest instant, not before `now`, at which another request may be admitted. `allowed`, from 1 to
    /// the capacity, is used in place of the capacity.
    pub(super) fn earliest(&self, now: Instant, allowed: u32) -> Instant {
        let level = self.level(now, allowed);
        if level.tokens > 0 { now } else { now.max(level.since + self.interval(allowed)) }
    }

    /// Takes a token. There must be one at that instant.
    pub(super) fn admit(&mut self, at: Instant, allowed: u32) {
        let level = self.level(at, allowed);
        self.level = Some(Level { tokens: level.tokens.saturating_sub(1), ..level });
    }

    fn level(&self, now: Instant, allowed: u32) -> Level {
        let full = Level { tokens: allowed, since: now };
        let Some(level) = self.level else { return full };
        let interval = self.interval(allowed);
        let elapsed = now.saturating_duration_since(level.since);
        if elapsed < interval {
            return Level { tokens: level.tokens.min(allowed), ..level };
        }
        let missing = allowed.saturating_sub(level.tokens);
        match u32::try_from(elapsed.as_nanos() / interval.as_nanos()) {
            Ok(gained) if gained < missing => {
                Level { tokens: level.tokens + gained, since: level.since + interval * gained }
            }
            _ => full,
        }
    }

    /// Returns the time in which a token is added, which is at least `refill` and never zero.
    fn interval(&self, allowed: u32) -> Duration {
        if allowed >= self.capacity { self.refill } else { self.refill.saturating_mul(self.capacity) / allowed.max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate_limit::oracle::{self, Random};

    fn admissions(bucket: &mut Bucket, arrivals: &[Instant]) -> Vec<Instant> {
        let mut now = arrivals[0];
        let capacity = bucket.capacity;
        let admit = |arrival: &Instant| {
            now = bucket.earliest(now.max(*arrival), capacity);
            bucket.admit(now, capacity);
            now
        };
        arrivals.iter().map(admit).collect()
    }

    #[test]
    fn millions_of_admissions_take_the_tokens_there_are() {
        for (seed, capacity, micros, load) in
            [(1, 100, 250, 1.2), (2, 5, 1_000, 0.95), (3, 1, 333, 1.0), (4, 4000, 7, 2.0)]
        {
            let refill = Duration::from_micros(micros);
            let arrivals = Random::new(seed).arrivals(400_000, refill, load);
            let admitted = admissions(&mut Bucket::new(capacity, refill), &arrivals);
            oracle::check_bucket(&arrivals, &admitted, capacity, refill);
        }
    }

    #[test]
    fn a_bucket_starts_full_and_fills_one_by_one() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut bucket = Bucket::new(3, second);
        for _ in 0..3 {
            assert_eq!(bucket.earliest(start, 3), start);
            bucket.admit(start, 3);
        }
        assert_eq!(bucket.earliest(start, 3), start + second);
        bucket.admit(start + second, 3);
        assert_eq!(bucket.earliest(start + second, 3), start + 2 * second);
        let much_later = start + 1000 * second;
        (0..3).for_each(|_| bucket.admit(much_later, 3));
        assert_eq!(bucket.earliest(much_later, 3), much_later + second);
    }

    #[test]
    fn a_lowered_bucket_is_smaller_and_slower() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut bucket = Bucket::new(4, second);
        bucket.admit(start, 4);
        bucket.admit(start, 2);
        bucket.admit(start, 2);
        assert_eq!(bucket.earliest(start, 2), start + 2 * second);
        assert_eq!(bucket.earliest(start, 4), start + second);
    }

    #[test]
    fn the_widest_limits_do_not_overflow() {
        let start = Instant::now();
        let year = Duration::from_hours(365 * 24);
        let mut bucket = Bucket::new(u32::MAX, year);
        bucket.admit(start, 1);
        assert!(bucket.earliest(start, 1) > start + year);
        assert_eq!(bucket.earliest(start, u32::MAX), start + year);
    }
}
