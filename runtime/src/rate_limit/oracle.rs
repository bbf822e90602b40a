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
