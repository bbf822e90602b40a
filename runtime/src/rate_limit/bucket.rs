//! Token buckets.

use std::time::Duration;

use tokio::time::Instant;

/// A bucket of up to `capacity` tokens. Each arrival takes one, and one is added every `refill`.
///
/// A request in flight takes its token when it arrives. Until then, a full bucket gains nothing, so it never has more
/// tokens than the bucket of the service.
///
/// If fewer than `capacity` are allowed, the bucket is smaller and fills more slowly in the same proportion. A change
/// applies to all of the time since the last arrival, so the bucket may gain slightly more or less than exact
/// accounting would give, but never more than at its full capacity.
#[derive(Debug)]
pub(super) struct Bucket {
    capacity: u32,
    refill: Duration,
    /// `None` before the first arrival, while the bucket is full.
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

    /// Returns the earliest instant, not before `now`, at which another request may be admitted: when there is a token
    /// for it and for each request in flight. `allowed`, from 1 to the capacity, is used in place of the capacity.
    pub(super) fn earliest(&self, now: Instant, allowed: u32, in_flight: usize) -> Instant {
        let level = self.level(now, allowed);
        let needed = u32::try_from(in_flight).unwrap_or(u32::MAX).saturating_add(1);
        let interval = self.interval(allowed);
        match needed.checked_sub(level.tokens) {
            None | Some(0) => now,
            // A full bucket gains a token only after one that is in flight has taken its own.
            Some(_) if needed > allowed => now + interval,
            Some(missing) => now.max(level.since + interval * missing),
        }
    }

    /// Takes a token for a request that arrives.
    pub(super) fn arrived(&mut self, at: Instant, allowed: u32) {
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
            now = bucket.earliest(now.max(*arrival), capacity, 0);
            bucket.arrived(now, capacity);
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
            assert_eq!(bucket.earliest(start, 3, 0), start);
            bucket.arrived(start, 3);
        }
        assert_eq!(bucket.earliest(start, 3, 0), start + second);
        bucket.arrived(start + second, 3);
        assert_eq!(bucket.earliest(start + second, 3, 0), start + 2 * second);
        let much_later = start + 1000 * second;
        (0..3).for_each(|_| bucket.arrived(much_later, 3));
        assert_eq!(bucket.earliest(much_later, 3, 0), much_later + second);
    }

    #[test]
    fn a_request_in_flight_keeps_its_token() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut bucket = Bucket::new(3, second);
        assert_eq!(bucket.earliest(start, 3, 2), start);
        assert_eq!(bucket.earliest(start, 3, 3), start + second);
        bucket.arrived(start, 3);
        assert_eq!(bucket.earliest(start, 3, 1), start);
        assert_eq!(bucket.earliest(start, 3, 2), start + second);
        bucket.arrived(start, 3);
        assert_eq!(bucket.earliest(start, 3, 2), start + 2 * second);
        assert_eq!(bucket.earliest(start + 10 * second, 3, 3), start + 11 * second, "it is full, and gains nothing");
    }

    #[test]
    fn a_lowered_bucket_is_smaller_and_slower() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        let mut bucket = Bucket::new(4, second);
        bucket.arrived(start, 4);
        bucket.arrived(start, 2);
        bucket.arrived(start, 2);
        assert_eq!(bucket.earliest(start, 2, 0), start + 2 * second);
        assert_eq!(bucket.earliest(start, 4, 0), start + second);
    }

    #[test]
    fn the_widest_limits_do_not_overflow() {
        let start = Instant::now();
        let year = Duration::from_hours(365 * 24);
        let mut bucket = Bucket::new(u32::MAX, year);
        bucket.arrived(start, 1);
        assert!(bucket.earliest(start, 1, 0) > start + year);
        assert_eq!(bucket.earliest(start, u32::MAX, 0), start + year);
        bucket.earliest(start, u32::MAX, usize::MAX);
    }
}
