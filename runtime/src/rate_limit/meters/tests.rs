//! The limits of an operation: while nothing delays requests, then while connections do.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::*;
use crate::rate_limit::oracle::{self, Random};

const SECOND: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_nanos(1);

/// Waits, as the head of a queue does, and returns the time of the admission.
fn admit(meters: &mut Meters, from: Instant) -> Instant {
    let mut now = from;
    while let Err(instant) = meters.admit(now) {
        assert!(instant > now, "looks again without waiting");
        now = instant;
    }
    now
}

/// Admits a request that arrives at once.
fn pass(meters: &mut Meters, from: Instant) -> Instant {
    let now = admit(meters, from);
    meters.arrived(now, None);
    now
}

fn pass_all(meters: &mut Meters, arrivals: &[Instant]) -> Vec<Instant> {
    let mut now = arrivals[0];
    let pass = |arrival: &Instant| {
        now = pass(meters, now.max(*arrival));
        now
    };
    arrivals.iter().map(pass).collect()
}

#[test]
fn several_limits_hold_at_once_and_waste_nothing() {
    let limits = [(50, SECOND), (1_000, 60 * SECOND), (7, SECOND / 10)];
    let mut meters = Meters::new(limits.map(|(requests, period)| RateLimit::per(requests, period)));
    let arrivals = Random::new(6).arrivals(300_000, SECOND / 40, 1.0);
    let admitted = pass_all(&mut meters, &arrivals);
    let limits = limits.map(|(requests, period)| (requests, stretched(period)));
    for (requests, period) in limits {
        assert!(oracle::most_in_any_window(&admitted, period) <= requests as usize);
    }
    assert_eq!(admitted, oracle::spaced_schedule(&arrivals, &limits, TICK));
}

#[test]
fn a_bucket_and_a_window_hold_at_once() {
    let refill = Duration::from_millis(10);
    let mut meters = Meters::new([RateLimit::bucket(20, refill), RateLimit::per(1000, 10 * SECOND)]);
    let start = Instant::now();
    let admitted = pass_all(&mut meters, &vec![start; 2000]);
    assert_eq!(oracle::most_in_any_window(&admitted, TICK), 20);
    assert_eq!(oracle::most_in_any_window(&admitted, 10 * SECOND), 995);
    assert_eq!(admitted[19], start);
    assert_eq!(admitted[20], start + stretched(refill));
    assert_eq!(admitted[1999].duration_since(start).as_secs(), 20);
}

#[test]
fn a_rush_is_spaced() {
    let mut meters = Meters::new([RateLimit::per(40, SECOND)]);
    let start = Instant::now();
    let admitted = pass_all(&mut meters, &[start; 120]);
    assert_eq!(oracle::most_in_any_window(&admitted, TICK), 4);
    // The interval is 25.625 milliseconds.
    assert_eq!(oracle::most_in_any_window(&admitted, Duration::from_millis(26)), 5);
    assert_eq!(oracle::most_in_any_window(&admitted[4..40], Duration::from_millis(26)), 2);
    assert_eq!((admitted[119] - start).as_millis(), 2972);
}

#[test]
fn a_halved_limit_holds_in_each_window_from_then_on() {
    let mut meters = Meters::new([RateLimit::per(100, 10 * SECOND)]);
    let start = Instant::now();
    let before = pass_all(&mut meters, &[start; 100]);
    let now = before[99];
    meters.throttled(now, None);
    let admitted = pass_all(&mut meters, &[now; 400]);
    // Fifty are allowed, and ten more after each ten seconds. In the first step, earlier ones are in the window.
    let step_of = |instant: &Instant| (*instant - now).as_nanos() / (10 * SECOND).as_nanos();
    let in_step = [0, 1, 2, 3].map(|step| admitted.iter().filter(|instant| step_of(instant) == step).count());
    for (step, passed) in in_step.into_iter().enumerate().skip(1) {
        let allowed = 50 + 10 * step;
        assert!((allowed * 9 / 10..=allowed).contains(&passed), "{in_step:?}");
    }
}

#[test]
fn a_raise_ends_a_wait_early() {
    let mut meters = Meters::new([RateLimit::per(10, 600 * SECOND)]);
    let start = Instant::now();
    let before = pass_all(&mut meters, &[start; 5]);
    meters.throttled(before[4], None);
    assert!(pass(&mut meters, before[4]) < before[4] + 180 * SECOND, "the window ends after 600 seconds");
}

#[test]
fn nothing_is_admitted_before_the_service_wants_more() {
    let mut meters = Meters::new([RateLimit::per(100, SECOND)]);
    let start = Instant::now();
    meters.throttled(start, Some(Duration::from_millis(2500)));
    meters.throttled(start, Some(Duration::from_millis(10)));
    assert_eq!(pass(&mut meters, start), start + Duration::from_millis(2500));
}

#[test]
fn a_pause_is_an_hour_at_most() {
    let mut meters = Meters::new([]);
    let start = Instant::now();
    meters.throttled(start, Some(Duration::MAX));
    assert_eq!(pass(&mut meters, start), start + LONGEST_PAUSE);
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
            now = pass(&mut meters, now);
            admitted.push(now);
        }
        let most = oracle::most_in_any_window(&admitted, limit.cycle());
        // A bucket that starts full admits its capacity and the tokens that are added meanwhile.
        let bound = limit.requests() * if limit.is_bucket() { 2 } else { 1 };
        assert!(most <= bound as usize, "{most} for {limit:?}");
    }
}

/// Something that happens to a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Written,
    Answered { expected: Instant },
}

/// Milliseconds, at random up to these, until a connection has the bytes, from there until the request arrives, and
/// from there until the response begins.
#[derive(Clone, Copy)]
struct Delays {
    connection: u32,
    transit: u32,
    response: u32,
}

/// Sends requests as fast as these meters allow, and returns their admissions and their arrivals, in order.
fn send(meters: &mut Meters, count: usize, delays: Delays, random: &mut Random) -> (Vec<Instant>, Vec<Instant>) {
    let (mut admissions, mut arrivals) = (Vec::new(), Vec::new());
    let mut events = BinaryHeap::new();
    let mut now = Instant::now();
    let mut delay = |milliseconds: u32| Duration::from_micros(random.below(milliseconds * 1000 + 1).into());
    while admissions.len() < count {
        let next = match meters.admit(now) {
            Ok(()) => {
                admissions.push(now);
                events.push(Reverse((now + delay(delays.connection), Event::Written)));
                continue;
            }
            Err(instant) => instant,
        };
        let Some(Reverse((at, event))) = events.peek().copied().filter(|Reverse((at, _))| *at <= next) else {
            now = next;
            continue;
        };
        events.pop();
        now = at;
        match event {
            Event::Written => {
                let arrival = at + delay(delays.transit);
                arrivals.push(arrival);
                let expected = meters.written(at);
                events.push(Reverse((arrival + delay(delays.response), Event::Answered { expected })));
            }
            Event::Answered { expected } => meters.arrived(at, Some(expected)),
        }
    }
    arrivals.sort();
    (admissions, arrivals)
}

#[test]
fn whatever_connections_take_no_window_has_more_arrivals_than_the_limit() {
    let mut random = Random::new(8);
    for (connection, transit, response) in [(0, 0, 0), (3000, 0, 10), (50, 100, 0), (200, 100, 3000), (0, 100, 40)] {
        let delays = Delays { connection, transit, response };
        for limit in [(100, SECOND), (7, SECOND / 10), (1, SECOND), (20, 60 * SECOND)] {
            let mut meters = Meters::new([RateLimit::per(limit.0, limit.1)]);
            let (admissions, arrivals) = send(&mut meters, 2_000, delays, &mut random);
            let most = oracle::most_in_any_window(&arrivals, limit.1 * 102 / 100);
            assert!(most <= limit.0 as usize, "{most} of {limit:?} after {connection}, {transit}, {response} ms");
            // Each request counts for its way in addition to the window, and a slow response does not matter.
            let way = Duration::from_millis(u64::from(connection + (transit + response).min(100)));
            let windows = u32::try_from(admissions.len()).expect("few") / limit.0 + 1;
            let took = *admissions.last().expect("many") - admissions[0];
            assert!(took <= (stretched(limit.1) + way) * windows, "{took:?} for {limit:?}");
        }
    }
}

#[test]
fn a_bucket_of_the_service_never_runs_out_whatever_connections_take() {
    let mut random = Random::new(9);
    for (connection, transit, response) in [(0, 0, 0), (3000, 0, 10), (50, 100, 0), (200, 100, 3000)] {
        let delays = Delays { connection, transit, response };
        for (capacity, refill) in [(100, SECOND / 100), (1, SECOND / 5), (5, SECOND)] {
            let mut meters = Meters::new([RateLimit::bucket(capacity, refill)]);
            let (_, arrivals) = send(&mut meters, 2_000, delays, &mut random);
            oracle::check_service_bucket(&arrivals, capacity, refill);
        }
    }
}

#[test]
fn a_request_without_an_end_counts_until_it_has_one() {
    let mut meters = Meters::new([RateLimit::per(1, SECOND)]);
    let start = Instant::now();
    admit(&mut meters, start);
    let later = start + 100 * SECOND;
    assert_eq!(meters.admit(later), Err(later + stretched(SECOND)));
    let expected = meters.written(later);
    assert_eq!(expected, later + TRANSIT);
    assert_eq!(admit(&mut meters, later), expected + stretched(SECOND));
}
