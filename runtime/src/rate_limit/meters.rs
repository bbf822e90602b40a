//! The rate limits of an operation. The time is an argument of each function.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use tokio::time::Instant;

use super::adaptive_rate::AdaptiveRate;
use super::bucket::Bucket;
use super::spacing::Spacing;
use super::window::Window;
use crate::operation::rate_limit::{Kind, RateLimit};

/// The maximum wait that a service can request. A longer one is more likely a mistake.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// The maximum time for which a request is taken to be in flight after a connection has its bytes. A delay that is the
/// same for all requests is not relevant, because it does not move them closer together.
pub(super) const TRANSIT: Duration = Duration::from_millis(100);

/// The rate limits of an operation, all of which must admit a request, and the pause requested by the service.
pub(super) struct Meters {
    each: Box<[Meter]>,
    in_flight: InFlight,
    paused_until: Option<Instant>,
}

/// The requests that have been admitted and may not have arrived yet.
#[derive(Default)]
struct InFlight {
    /// The number of requests whose bytes no connection has.
    unwritten: usize,
    /// The times by which the other requests have arrived, in order.
    written: VecDeque<Instant>,
}

impl Meters {
    pub(super) fn new(limits: impl IntoIterator<Item = RateLimit>) -> Self {
        let each = limits.into_iter().map(Meter::new).collect();
        Self { each, in_flight: InFlight::default(), paused_until: None }
    }

    /// Admits and counts a request, or returns the time at which to try again.
    pub(super) fn admit(&mut self, now: Instant) -> Result<(), Instant> {
        let earliest = self.earliest(now);
        if earliest > now {
            return Err(earliest);
        }
        self.in_flight.unwritten += 1;
        self.each.iter_mut().for_each(|meter| meter.admit(now));
        Ok(())
    }

    /// Returns an instant before which no request is admitted. If it is `now`, a request is admitted.
    ///
    /// This is the time at which a request can be admitted at the current rates, or the time of the next increase if
    /// that is sooner. A limit that admits a request at some time also admits it later, so the latest time counts.
    pub(super) fn earliest(&mut self, now: Instant) -> Instant {
        self.settle(now);
        let in_flight = self.in_flight.unwritten + self.in_flight.written.len();
        let pause = self.paused_until.map_or(now, |until| until.max(now));
        let earliest = self.each.iter().map(|meter| meter.earliest(now, in_flight)).fold(pause, Instant::max);
        if earliest == now {
            return now;
        }
        let raises = self.each.iter().filter_map(|meter| meter.rate.next_raise(now));
        raises.fold(earliest, Instant::min)
    }

    /// Records that a connection has the bytes of a request, and returns the time by which it has arrived.
    pub(super) fn written(&mut self, now: Instant) -> Instant {
        self.in_flight.unwritten -= 1;
        let last = self.in_flight.written.back();
        let expected = last.map_or(now + TRANSIT, |last| (now + TRANSIT).max(*last));
        self.in_flight.written.push_back(expected);
        expected
    }

    /// Records the arrival of a request. `expected` is the time that was returned when it was written, if it was.
    pub(super) fn arrived(&mut self, now: Instant, expected: Option<Instant>) {
        self.settle(now);
        if let Some(expected) = expected {
            // Requests with the same time are interchangeable. If there is none, the arrival has been counted.
            let Ok(index) = self.in_flight.written.binary_search(&expected) else { return };
            self.in_flight.written.remove(index);
        } else {
            self.in_flight.unwritten -= 1;
        }
        self.each.iter_mut().for_each(|meter| meter.arrived(now));
    }

    /// Counts the arrival of the requests whose bytes a connection has had for long enough.
    fn settle(&mut self, now: Instant) {
        while let Some(expected) = self.in_flight.written.pop_front_if(|expected| *expected <= now) {
            self.each.iter_mut().for_each(|meter| meter.arrived(expected));
        }
    }

    pub(super) fn throttled(&mut self, now: Instant, retry_after: Option<Duration>) {
        let asked = now + retry_after.unwrap_or_default().min(LONGEST_PAUSE);
        let until = self.paused_until.map_or(asked, |until| until.max(asked));
        self.paused_until = Some(until);
        self.each.iter_mut().for_each(|meter| meter.rate.throttled(now, until));
    }

    pub(super) fn describe(&self, now: Instant, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        if let Some(pause) = self.paused_until.and_then(|until| until.checked_duration_since(now)) {
            list.entry(&format_args!("paused for {pause:?}"));
        }
        for meter in &self.each {
            list.entry(&format_args!("{} of {:?}", meter.rate.allowed(now), meter.limit));
        }
        list.finish()
    }
}

/// One rate limit, its allowed part, and its usage.
struct Meter {
    limit: RateLimit,
    rate: AdaptiveRate,
    used: Used,
}

enum Used {
    Window { window: Window, spacing: Spacing },
    Bucket(Bucket),
}

impl Meter {
    fn new(limit: RateLimit) -> Self {
        let period = stretched(limit.period());
        let used = match limit.kind() {
            Kind::Window => Used::Window { window: Window::new(period), spacing: Spacing::new(period) },
            Kind::Bucket => Used::Bucket(Bucket::new(limit.requests(), period)),
        };
        Self { limit, rate: AdaptiveRate::new(limit.requests(), limit.cycle()), used }
    }

    fn earliest(&self, now: Instant, in_flight: usize) -> Instant {
        let allowed = self.rate.allowed(now);
        match &self.used {
            Used::Window { window, spacing } => {
                window.earliest(now, allowed, in_flight).max(spacing.earliest(now, allowed))
            }
            Used::Bucket(bucket) => bucket.earliest(now, allowed, in_flight),
        }
    }

    fn admit(&mut self, at: Instant) {
        if let Used::Window { spacing, .. } = &mut self.used {
            spacing.admit(at, self.rate.allowed(at));
        }
    }

    fn arrived(&mut self, at: Instant) {
        match &mut self.used {
            Used::Window { window, .. } => window.arrived(at),
            Used::Bucket(bucket) => bucket.arrived(at, self.rate.allowed(at)),
        }
    }
}

/// Returns a period extended by a fortieth, because the clocks of two machines differ and a service may round.
pub(super) fn stretched(period: Duration) -> Duration {
    period + period / 40
}

#[cfg(test)]
mod tests;
