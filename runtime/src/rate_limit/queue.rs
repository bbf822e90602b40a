//! The rate limits of an operation, and the queue of its callers.

use std::fmt;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::adaptive_rate::AdaptiveRate;
use super::bucket::Bucket;
use super::window::Window;
use crate::operation::rate_limit::{Kind, RateLimit};

/// The maximum wait that a service can request. A longer one is more likely a mistake.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// A queue that admits the callers of an operation one by one, in order.
pub(super) struct Queue {
    /// Held by the first caller in the queue while it waits. The others wait for this lock, which is fair. A caller
    /// that is dropped leaves the queue or releases the lock.
    turn: tokio::sync::Mutex<()>,
    /// Held briefly, and never while waiting.
    meters: std::sync::Mutex<Meters>,
}

impl Queue {
    pub(super) fn new(limits: impl IntoIterator<Item = RateLimit>) -> Self {
        Self { turn: tokio::sync::Mutex::new(()), meters: std::sync::Mutex::new(Meters::new(limits)) }
    }

    /// Waits for the turn of the caller, and then until all rate limits admit another request.
    pub(super) async fn pass(&self) {
        let _turn = self.turn.lock().await;
        // The request is counted last, with no wait afterwards, so a caller that is dropped has not been counted.
        while let Err(instant) = self.try_pass() {
            tokio::time::sleep_until(instant).await;
        }
    }

    fn try_pass(&self) -> Result<(), Instant> {
        let mut meters = self.meters();
        // The clock is read while the lock is held, so that the instants are in order.
        meters.admit(Instant::now())
    }

    pub(super) fn throttled(&self, retry_after: Option<Duration>) {
        let mut meters = self.meters();
        meters.throttled(Instant::now(), retry_after);
    }

    fn meters(&self) -> MutexGuard<'_, Meters> {
        self.meters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Queue {
    /// Formats the allowed part of each rate limit, such as `[2000 of 4000 per 1s]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meters = self.meters();
        let now = Instant::now();
        let mut list = f.debug_list();
        if let Some(pause) = meters.paused_until.and_then(|until| until.checked_duration_since(now)) {
            list.entry(&format_args!("paused for {pause:?}"));
        }
        for meter in &meters.meters {
            list.entry(&format_args!("{} of {:?}", meter.rate.allowed(now), meter.limit));
        }
        list.finish()
    }
}

/// The rate limits of an operation, all of which must admit a request, and the pause requested by the service.
pub(super) struct Meters {
    meters: Box<[Meter]>,
    paused_until: Option<Instant>,
}

impl Meters {
    pub(super) fn new(limits: impl IntoIterator<Item = RateLimit>) -> Self {
        Self { meters: limits.into_iter().map(Meter::new).collect(), paused_until: None }
    }

    /// Admits and counts a request, or returns the time at which to try again.
    ///
    /// This is the time at which a request can be admitted at the current rates, or the time of the next increase if
    /// that is sooner. A limit that admits a request at some time also admits it later, so the latest time counts.
    pub(super) fn admit(&mut self, now: Instant) -> Result<(), Instant> {
        let pause = self.paused_until.unwrap_or(now);
        let earliest = self.meters.iter().map(|meter| meter.earliest(now)).fold(pause, Instant::max);
        if earliest > now {
            let raises = self.meters.iter().filter_map(|meter| meter.rate.next_raise(now));
            return Err(raises.fold(earliest, Instant::min));
        }
        self.meters.iter_mut().for_each(|meter| meter.admit(now));
        Ok(())
    }

    pub(super) fn throttled(&mut self, now: Instant, retry_after: Option<Duration>) {
        let asked = now + retry_after.unwrap_or_default().min(LONGEST_PAUSE);
        let until = self.paused_until.map_or(asked, |until| until.max(asked));
        self.paused_until = Some(until);
        self.meters.iter_mut().for_each(|meter| meter.rate.throttled(now, until));
    }
}

/// One rate limit, its allowed part, and its usage.
struct Meter {
    limit: RateLimit,
    rate: AdaptiveRate,
    used: Used,
}

enum Used {
    Window(Window),
    Bucket(Bucket),
}

impl Meter {
    fn new(limit: RateLimit) -> Self {
        let used = match limit.kind() {
            Kind::Window => Used::Window(Window::new(limit.period())),
            Kind::Bucket => Used::Bucket(Bucket::new(limit.requests(), limit.period())),
        };
        Self { limit, rate: AdaptiveRate::new(limit.requests(), limit.cycle()), used }
    }

    fn earliest(&self, now: Instant) -> Instant {
        let allowed = self.rate.allowed(now);
        match &self.used {
            Used::Window(window) => window.earliest(now, allowed),
            Used::Bucket(bucket) => bucket.earliest(now, allowed),
        }
    }

    fn admit(&mut self, at: Instant) {
        match &mut self.used {
            Used::Window(window) => window.admit(at),
            Used::Bucket(bucket) => bucket.admit(at, self.rate.allowed(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate_limit::oracle::{self, Random};

    const SECOND: Duration = Duration::from_secs(1);

    /// Waits like the first caller in a queue, and returns the time of the admission.
    fn admit(meters: &mut Meters, from: Instant) -> Instant {
        let mut now = from;
        while let Err(instant) = meters.admit(now) {
            assert!(instant > now, "looks again without waiting");
            now = instant;
        }
        now
    }

    fn admit_all(meters: &mut Meters, arrivals: &[Instant]) -> Vec<Instant> {
        let mut now = arrivals[0];
        let admit = |arrival: &Instant| {
            now = admit(meters, now.max(*arrival));
            now
        };
        arrivals.iter().map(admit).collect()
    }

    #[test]
    fn several_limits_hold_at_once_and_waste_nothing() {
        let limits = [(50, SECOND), (1_000, 60 * SECOND), (7, SECOND / 10)];
        let mut meters = Meters::new(limits.map(|(requests, period)| RateLimit::per(requests, period)));
        let arrivals = Random::new(6).arrivals(300_000, SECOND / 40, 1.0);
        let admitted = admit_all(&mut meters, &arrivals);
        for (requests, period) in limits {
            assert_eq!(oracle::most_in_any_window(&admitted, period), requests as usize);
        }
        assert_eq!(admitted, oracle::best_schedule(&arrivals, &limits));
    }

    #[test]
    fn a_bucket_and_a_window_hold_at_once() {
        let refill = Duration::from_millis(10);
        let mut meters = Meters::new([RateLimit::bucket(20, refill), RateLimit::per(90, SECOND)]);
        let start = Instant::now();
        let admitted = admit_all(&mut meters, &[start; 900]);
        assert_eq!(oracle::most_in_any_window(&admitted, Duration::from_nanos(1)), 20);
        assert_eq!(oracle::most_in_any_window(&admitted, SECOND), 90);
        assert_eq!(admitted[19], start);
        assert_eq!(admitted[20], start + refill);
        assert_eq!(admitted[899].duration_since(start).as_secs(), 9);
    }

    #[test]
    fn a_halved_limit_holds_in_each_window_from_then_on() {
        let mut meters = Meters::new([RateLimit::per(100, 10 * SECOND)]);
        let start = Instant::now();
        admit_all(&mut meters, &[start; 100]);
        meters.throttled(start, None);
        let admitted = admit_all(&mut meters, &[start; 50]);
        assert!(admitted.iter().all(|instant| *instant == start + 10 * SECOND));
        // One step is over then: 60 are allowed, and each step allows 10 more without waiting for the window to slide.
        let more = admit_all(&mut meters, &[admitted[49]; 30]);
        let seconds: Vec<u64> = more.iter().map(|instant| instant.duration_since(start).as_secs()).collect();
        assert_eq!(seconds, [[10; 10], [20; 10], [20; 10]].concat());
    }

    #[test]
    fn a_raise_ends_a_wait_early() {
        let mut meters = Meters::new([RateLimit::per(10, 600 * SECOND)]);
        let start = Instant::now();
        admit_all(&mut meters, &[start; 5]);
        meters.throttled(start, None);
        assert_eq!(admit(&mut meters, start), start + 60 * SECOND);
    }

    #[test]
    fn nothing_is_admitted_before_the_service_wants_more() {
        let mut meters = Meters::new([RateLimit::per(100, SECOND)]);
        let start = Instant::now();
        meters.throttled(start, Some(Duration::from_millis(2500)));
        meters.throttled(start, Some(Duration::from_millis(10)));
        assert_eq!(admit(&mut meters, start), start + Duration::from_millis(2500));
    }

    #[test]
    fn a_pause_is_an_hour_at_most() {
        let mut meters = Meters::new([]);
        let start = Instant::now();
        meters.throttled(start, Some(Duration::MAX));
        assert_eq!(admit(&mut meters, start), start + LONGEST_PAUSE);
    }

    #[test]
    fn random_refusals_never_let_more_through_than_the_limit() {
        let mut random = Random::new(7);
        for limit in [RateLimit::per(40, SECOND), RateLimit::per(3, 7 * SECOND), RateLimit::bucket(20, SECOND / 20)] {
            let mut meters = Meters::new([limit]);
            let mut now = Instant::now();
            let mut admitted = Vec::new();
            for _ in 0..200_000 {
                match random.below(400) {
                    0 => meters.throttled(now, None),
                    1 => meters.throttled(now, Some(SECOND)),
                    2..20 => now += SECOND / 10,
                    _ => {}
                }
                now = admit(&mut meters, now);
                admitted.push(now);
            }
            let most = oracle::most_in_any_window(&admitted, limit.cycle());
            // A bucket that starts full admits its capacity and the tokens that are added meanwhile.
            let bound = limit.requests() * if limit.is_bucket() { 2 } else { 1 };
            assert!(most <= bound as usize, "{most} for {limit:?}");
        }
    }
}
