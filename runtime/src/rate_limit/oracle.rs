//! Independent models of the limiter, for its tests.

use std::time::Duration;

use tokio::time::Instant;

/// Returns the maximum number of instants in any window. The instants are in order. A window excludes the instant one
/// period after its start.
pub(super) fn most_in_any_window(instants: &[Instant], period: Duration) -> usize {
    let mut first = 0;
    let mut most = 0;
    for (last, instant) in instants.iter().enumerate() {
        while *instant - instants[first] >= period {
            first += 1;
        }
        most = most.max(last + 1 - first);
    }
    most
}

/// Returns the earliest instants at which a queue can be served in order within the limits: not before the arrival, not
/// before the previous instant, and for each limit at least a period after the instant that many positions before.
pub(super) fn best_schedule(arrivals: &[Instant], limits: &[(u32, Duration)]) -> Vec<Instant> {
    let mut served: Vec<Instant> = Vec::with_capacity(arrivals.len());
    for (place, arrival) in arrivals.iter().enumerate() {
        let mut instant = served.last().map_or(*arrival, |previous| *arrival.max(previous));
        for (requests, period) in limits {
            if let Some(index) = place.checked_sub(*requests as usize) {
                instant = instant.max(served[index] + *period);
            }
        }
        served.push(instant);
    }
    served
}

/// The same with even spacing: in any time, no more are served than intervals have begun in it, and a tenth of the
/// limit. A timer serves those who wait at whole ticks after the first arrival.
pub(super) fn spaced_schedule(arrivals: &[Instant], limits: &[(u32, Duration)], tick: Duration) -> Vec<Instant> {
    let start = arrivals[0];
    let mut served: Vec<Instant> = Vec::with_capacity(arrivals.len());
    // For each limit, the latest time at which any request so far would have made the first one due.
    let mut first_due = vec![i128::MIN; limits.len()];
    for (place, arrival) in arrivals.iter().enumerate() {
        let mut due = nanoseconds(*arrival - start);
        for ((requests, period), first_due) in limits.iter().zip(&first_due) {
            let (interval, burst) = (nanoseconds(*period / *requests), i128::from((requests / 10).max(1)));
            if let Some(index) = place.checked_sub(*requests as usize) {
                due = due.max(nanoseconds(served[index] + *period - start));
            }
            due = due.max(first_due.saturating_add((place as i128 + 1 - burst) * interval));
        }
        let earliest = served.last().map_or(*arrival, |previous| *arrival.max(previous));
        let due = start + Duration::from_nanos(u64::try_from(due).expect("not before the first arrival"));
        served.push(if due > earliest { start + up_to(due - start, tick) } else { earliest });
        for ((requests, period), first_due) in limits.iter().zip(&mut first_due) {
            let interval = nanoseconds(*period / *requests);
            *first_due = (*first_due).max(nanoseconds(served[place] - start) - place as i128 * interval);
        }
    }
    served
}

fn nanoseconds(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).expect("a test takes less than a century")
}

/// Rounds up to whole ticks.
fn up_to(duration: Duration, tick: Duration) -> Duration {
    let nanoseconds = duration.as_nanos().next_multiple_of(tick.as_nanos());
    Duration::from_nanos(u64::try_from(nanoseconds).expect("a test takes less than a century"))
}

/// Panics unless a bucket admitted each request as soon as it had a token, and none without one.
///
/// Counts in nanoseconds of refill: a full bucket has `capacity * refill`, and a request takes `refill`. A full bucket
/// gains nothing.
#[track_caller]
pub(super) fn check_bucket(arrivals: &[Instant], admitted: &[Instant], capacity: u32, refill: Duration) {
    let token = refill.as_nanos();
    let full = token * u128::from(capacity);
    let (mut content, mut last) = (full, admitted[0]);
    for (arrival, instant) in arrivals.iter().zip(admitted) {
        let waited_from = last.max(*arrival);
        content = full.min(content + (*instant - last).as_nanos());
        assert!(content >= token, "no token");
        let waited = (*instant - waited_from).as_nanos();
        assert!(waited == 0 || content == token, "waited {waited} ns with more than a token");
        content -= token;
        last = *instant;
    }
}

/// Panics if a bucket of the service, which is full at first, has no token for an arrival. Counts like
/// [`check_bucket`].
#[track_caller]
pub(super) fn check_service_bucket(arrivals: &[Instant], capacity: u32, refill: Duration) {
    let token = refill.as_nanos();
    let full = token * u128::from(capacity);
    let (mut content, mut last) = (full, arrivals[0]);
    for arrival in arrivals {
        content = full.min(content + (*arrival - last).as_nanos());
        assert!(content >= token, "no token for an arrival");
        content -= token;
        last = *arrival;
    }
}

/// Pseudo-random numbers, the same for the same seed.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number below a bound, from the generator `SplitMix64`.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let number = (mixed ^ (mixed >> 31)) % u64::from(bound);
        u32::try_from(number).expect("below a `u32`")
    }

    /// Returns arrivals, on average `load` per `interval`, in bursts with gaps between them.
    pub(super) fn arrivals(&mut self, count: u32, interval: Duration, load: f64) -> Vec<Instant> {
        let mean = interval.div_f64(load);
        let mut now = Instant::now();
        let next = |_| {
            // One in ten comes after ten times the mean gap; the others follow immediately.
            if self.below(10) == 0 {
                let thousandth = mean / 100;
                now += thousandth * self.below(2000);
            }
            now
        };
        (0..count).map(next).collect()
    }
}
