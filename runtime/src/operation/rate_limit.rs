//! Rate limits, as stated in a description.

use std::fmt;
use std::time::Duration;

/// The maximum period. Longer periods are reduced to it, so that every instant can be represented.
const YEAR: Duration = Duration::from_hours(365 * 24);

/// A rate limit: a number of requests in a time window, or a token bucket.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    kind: Kind,
    requests: u32,
    period: Duration,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Window,
    Bucket,
}

impl RateLimit {
    /// Creates a limit on the number of requests in every time window of length `period` (a sliding window).
    ///
    /// Zero `requests` are treated as one. A `period` of zero is treated as one nanosecond, which is no limit in
    /// practice, and a `period` over 365 days as 365 days.
    pub const fn per(requests: u32, period: Duration) -> Self {
        Self::new(Kind::Window, requests, period)
    }

    /// Creates a limit by a token bucket. The bucket starts with `capacity` tokens. Each request takes one, and one is
    /// added every `refill`.
    ///
    /// A `capacity` of zero is treated as one. `refill` has the same range as the period of [`per`](Self::per).
    pub const fn bucket(capacity: u32, refill: Duration) -> Self {
        Self::new(Kind::Bucket, capacity, refill)
    }

    const fn new(kind: Kind, requests: u32, period: Duration) -> Self {
        let requests = if requests == 0 { 1 } else { requests };
        let period = if period.is_zero() {
            Duration::from_nanos(1)
        } else if period.as_secs() >= YEAR.as_secs() {
            YEAR
        } else {
            period
        };
        Self { kind, requests, period }
    }

    /// Returns `true` if this is a token bucket, and `false` if it is a window.
    pub const fn is_bucket(&self) -> bool {
        matches!(self.kind, Kind::Bucket)
    }

    /// Returns the number of requests in a window, or the capacity of the bucket. It is at least 1.
    pub const fn requests(&self) -> u32 {
        self.requests
    }

    /// Returns the length of the window, or the time in which one token is added. It is never zero.
    pub const fn period(&self) -> Duration {
        self.period
    }

    pub(crate) fn kind(self) -> Kind {
        self.kind
    }

    /// Returns the time in which the whole limit is granted once: the length of the window, or the time in which an
    /// empty bucket fills up.
    pub(crate) fn cycle(self) -> Duration {
        match self.kind {
            Kind::Window => self.period,
            Kind::Bucket => self.period.saturating_mul(self.requests).min(YEAR),
        }
    }

    /// Returns the given fraction of this limit, which must be greater than 0 and at most 1.
    pub(crate) fn share(self, fraction: f64) -> Self {
        let part = f64::from(self.requests) * fraction;
        let requests = whole(part).min(self.requests);
        match self.kind {
            Kind::Window if requests == 0 => Self::per(1, longer(self.period, part)),
            Kind::Window => Self::per(requests, self.period),
            Kind::Bucket => Self::bucket(requests, longer(self.period, fraction)),
        }
    }
}

/// Returns the integer part. A product such as 100 × 0.29 is slightly below the exact number, so a tiny amount is added
/// first, which is less than the error of any fraction of a `u32`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a `u32` times at most 1, not negative")]
fn whole(part: f64) -> u32 {
    (part * (1.0 + 2.0 * f64::EPSILON)).floor() as u32
}

/// Returns the period in which one request is allowed if `part` of one, at most 1, is allowed in `period`. It is at
/// most a year.
fn longer(period: Duration, part: f64) -> Duration {
    // The division would add a rounding error to periods that do not change.
    if part >= 1.0 {
        return period;
    }
    let seconds = period.as_secs_f64() / part;
    Duration::try_from_secs_f64(seconds).unwrap_or(YEAR)
}

impl fmt::Debug for RateLimit {
    /// Formats the limit as `4000 per 1s`, or `bucket of 10, one token every 500ms`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Window => write!(f, "{} per {:?}", self.requests, self.period),
            Kind::Bucket => write!(f, "bucket of {}, one token every {:?}", self.requests, self.period),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn limits_of_nothing_are_taken_as_the_smallest() {
        assert_eq!(RateLimit::per(0, SECOND), RateLimit::per(1, SECOND));
        assert_eq!(RateLimit::bucket(0, SECOND), RateLimit::bucket(1, SECOND));
        assert_eq!(RateLimit::per(5, Duration::ZERO).period(), Duration::from_nanos(1));
        assert_eq!(RateLimit::per(5, Duration::MAX).period(), YEAR);
        assert_eq!(RateLimit::bucket(u32::MAX, Duration::MAX).cycle(), YEAR);
    }

    #[test]
    fn a_share_is_rounded_down() {
        let check = |requests: u32, fraction: f64, expected: u32| {
            assert_eq!(RateLimit::per(requests, SECOND).share(fraction), RateLimit::per(expected, SECOND));
        };
        check(4000, 1.0, 4000);
        check(u32::MAX, 1.0, u32::MAX);
        check(4000, 0.25, 1000);
        check(100, 0.29, 29);
        check(3, 1.0 / 3.0, 1);
        check(10, 1.0 / 3.0, 3);
        check(15, 0.13, 1);
    }

    #[test]
    fn the_shares_of_equal_processes_never_exceed_the_whole() {
        for requests in [1, 2, 3, 7, 10, 15, 49, 1000, 4000, 999_983, u32::MAX] {
            for processes in 1..=1000_u32 {
                let part = RateLimit::per(requests, SECOND).share(1.0 / f64::from(processes));
                let together = f64::from(part.requests()) * f64::from(processes) / part.period().as_secs_f64();
                assert!(together <= f64::from(requests) * 1.000_001, "{processes} × {part:?} of {requests}");
            }
        }
    }

    #[test]
    fn a_share_below_one_request_is_one_in_a_longer_period() {
        assert_eq!(RateLimit::per(15, SECOND).share(0.01), RateLimit::per(1, Duration::from_secs_f64(1.0 / 0.15)));
        assert_eq!(RateLimit::per(1, SECOND).share(f64::MIN_POSITIVE), RateLimit::per(1, YEAR));
    }

    #[test]
    fn a_share_of_a_bucket_is_smaller_and_slower() {
        assert_eq!(RateLimit::bucket(10, SECOND).share(0.5), RateLimit::bucket(5, 2 * SECOND));
        assert_eq!(RateLimit::bucket(10, SECOND).share(1.0), RateLimit::bucket(10, SECOND));
        assert_eq!(RateLimit::bucket(2, SECOND).share(0.25), RateLimit::bucket(1, 4 * SECOND));
    }
}
