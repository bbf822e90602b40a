//! Times and bounds of a call: its deadline, the waits between attempts, and the number of attempts.

use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::{Blackhole, End, ErrorBody, Moment, RawResponse};
use infobip_whatsapp::{Bulk, Error, Limiter, Outcome, RateLimit, Retry};
use tokio::time::{Instant, sleep_until};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// The tolerance of timers, which are exact to a millisecond.
const TICK: Duration = Duration::from_millis(2);

/// The id of the operation, which identifies its rate limit.
const OPERATION: &str = "send-whatsapp-contact-message";

fn throttled() -> Step {
    Step::answer(&RawResponse::error(429, ErrorBody::Older))
}

fn throttled_for(seconds: &str) -> Step {
    Step::answer(&RawResponse::error(429, ErrorBody::Older).header("retry-after", seconds))
}

/// Sends a message, and returns the error and the elapsed time.
async fn fail(client: &Client, timeout: Duration) -> (Error, Duration) {
    let start = Instant::now();
    let message = message(Some(ID));
    let call = client.send_whatsapp_contact_message(&message).retry(Retry::Ambiguous).timeout(timeout);
    let error = call.await.expect_err("there is no success");
    (error, start.elapsed())
}

#[test]
fn the_deadline_holds_for_every_fault() {
    let silent = || Step::end(Moment::Whole, End::Hang);
    let steps = [
        ("silent", silent()),
        ("silent before reading", silent().at(Moment::FirstByte)),
        ("dripping", Step::accept().dripping(SECOND)),
        ("late", Step::accept().after(Duration::from_hours(1))),
        ("throttled", throttled()),
        ("throttled for long", throttled_for("3000")),
        ("unavailable", Step::answer(&RawResponse::error(503, ErrorBody::Html))),
        ("closed", Step::refuse(Duration::from_hours(1))),
        ("reset", Step::end(Moment::Head, End::Reset)),
    ];
    for (name, step) in steps {
        for timeout in [Duration::ZERO, Duration::from_millis(1), SECOND, 7 * SECOND, 90 * SECOND] {
            clock::run(async {
                let server = FaultServer::start(Script::repeating_last([step.clone()]));
                let client = build(builder(server.base_url()).max_attempts(1000).retry_budget(100, 1000));
                let (error, elapsed) = fail(&client, timeout).await;
                assert!(elapsed <= timeout + TICK, "{name}, {timeout:?}: {elapsed:?}, {error:?}");
                assert_eq!(error.outcome() == Outcome::Unknown, server.arrived() > 0 && !name.starts_with("thr"));
            });
        }
    }
}

#[test]
fn the_deadline_holds_while_connecting() {
    clock::run(async {
        let blackhole = Blackhole::start().await.expect("the queue can be filled");
        let client = build(builder(blackhole.base_url()).max_attempts(1000));
        for timeout in [SECOND, 25 * SECOND] {
            let (error, elapsed) = fail(&client, timeout).await;
            assert!(elapsed <= timeout + TICK, "{elapsed:?}");
            assert_eq!(error.outcome(), Outcome::NotSent);
            assert!(error.is_timeout());
        }
    });
}

#[test]
fn a_call_does_not_wait_for_a_limiter_that_admits_it_too_late() {
    clock::run(async {
        let server = FaultServer::start(Script::then_accept([]));
        let limiter = Limiter::new().limits(OPERATION, [RateLimit::per(1, 7 * SECOND)]);
        let client = build(builder(server.base_url()).rate_limiter(limiter));
        client.send_whatsapp_contact_message(&message(None)).await.expect("the first one passes");
        // Attempts never begin in the last tenth of the timeout.
        let (error, elapsed) = fail(&client, 7 * SECOND).await;
        assert!(elapsed <= TICK, "{elapsed:?}");
        assert!(matches!(error, Error::RateLimit(_)) && error.is_timeout(), "{error:?}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 0));
        let message = message(None);
        let long_enough = client.send_whatsapp_contact_message(&message).timeout(9 * SECOND);
        long_enough.await.expect("the second one passes after its wait");
        assert_eq!(server.arrived(), 2);
    });
}

#[test]
fn after_a_long_retry_after_all_calls_fail_at_once() {
    for seconds in ["86400", "61"] {
        clock::run(async {
            let server = FaultServer::start(Script::then_accept([throttled_for(seconds)]));
            let client = build(builder(server.base_url()));
            let (error, elapsed) = fail(&client, 60 * SECOND).await;
            assert_eq!((error.outcome(), error.attempts()), (Outcome::Rejected, 1));
            assert!(elapsed <= TICK, "{elapsed:?}");
            let (error, elapsed) = fail(&client, 60 * SECOND).await;
            assert!(elapsed <= TICK, "{elapsed:?}");
            assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 0));
            assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
            let Error::RateLimit(error) = error else { panic!("{error:?}") };
            let expected = Duration::from_secs(seconds.parse().expect("a number")).min(Duration::from_hours(1));
            let wait = error.wait().expect("the wait is known");
            assert!(wait <= expected && wait + TICK >= expected, "{wait:?}");
            assert_eq!(server.arrived(), 1);
        });
    }
}

#[test]
fn attempts_are_bounded() {
    for bound in 0..=6 {
        for step in [throttled(), throttled_for("0"), Step::answer(&RawResponse::error(500, ErrorBody::Empty))] {
            clock::run(async {
                let server = FaultServer::start(Script::repeating_last([step]));
                let client = build(builder(server.base_url()).max_attempts(bound));
                let (error, _) = fail(&client, Duration::from_hours(1)).await;
                assert_eq!(error.attempts(), bound.max(1));
                assert_eq!(server.arrived(), bound.max(1) as usize);
            });
        }
    }
}

#[test]
fn waits_grow_up_to_a_maximum_and_are_jittered() {
    const CALLS: usize = 100;
    let limits = [1, 2, 4, 8, 8, 8].map(|seconds| seconds * SECOND);
    let waits = clock::run(async {
        let server = FaultServer::start(Script::repeating_last([throttled()]));
        let client = build(builder(server.base_url()).max_attempts(7).backoff(SECOND, 8 * SECOND));
        for _ in 0..CALLS {
            fail(&client, Duration::from_hours(1)).await;
        }
        let times: Vec<_> = server.requests().iter().map(|request| request.at).collect();
        let waits = times.chunks(7).map(|call| call.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>());
        waits.collect::<Vec<_>>()
    });
    assert_eq!(waits.len(), CALLS);
    for (attempt, limit) in limits.into_iter().enumerate() {
        let waits: Vec<_> = waits.iter().map(|call| call[attempt]).collect();
        let longest = waits.iter().max().expect("some");
        let shortest = waits.iter().min().expect("some");
        assert!(*longest <= limit + TICK, "attempt {attempt}: {longest:?}");
        // A hundred uniform draws violate these bounds once in tens of thousands of runs.
        assert!(*longest > limit * 9 / 10 && *shortest < limit / 10, "attempt {attempt}: {shortest:?} to {longest:?}");
    }
}

#[test]
fn a_requested_delay_applies_to_all_calls_of_the_client() {
    clock::run(async {
        let server = FaultServer::start(Script::then_accept([throttled_for("30")]));
        let client = build(builder(server.base_url()));
        let start = Instant::now();
        let one = message(Some("one"));
        let other = message(Some("other"));
        let later = async {
            sleep_until(start + SECOND).await;
            client.send_whatsapp_contact_message(&other).await
        };
        let (one, other) = tokio::join!(client.send_whatsapp_contact_message(&one).into_future(), later);
        one.expect("accepted the second time");
        other.expect("accepted");
        let times: Vec<_> = server.requests().iter().map(|request| request.at - start).collect();
        assert_eq!(times.len(), 3);
        assert!(times[1] >= 30 * SECOND && times[2] <= 30 * SECOND + TICK, "{times:?}");
    });
}

/// Makes a thousand calls to a service that refuses all requests.
///
/// The documented bound of retries is a fifth of the calls plus ten per second, which accumulate for up to ten seconds.
#[test]
fn an_outage_does_not_multiply_the_traffic() {
    const CALLS: u32 = 1000;
    for limiter in [Limiter::new(), Limiter::unlimited()] {
        clock::run(async {
            let server = FaultServer::start(Script::repeating_last([throttled()]));
            let client = build(builder(server.base_url()).rate_limiter(limiter.clone()));
            let start = Instant::now();
            let messages = (0..CALLS).map(|number| message(Some(&number.to_string())));
            let mut sending = Bulk::new(messages)
                .concurrency(100)
                .send(|message| client.send_whatsapp_contact_message(message).into_future());
            while let Some((_, result)) = sending.next().await {
                assert_eq!(result.expect_err("refused").outcome(), Outcome::Rejected);
            }
            let seconds = start.elapsed().as_secs_f64();
            let bound = f64::from(CALLS) * 1.2 + 10.0 * (seconds + 10.0);
            let requests = server.arrived();
            println!("{requests} requests for {CALLS} calls in {seconds:.1} s, {limiter:?}");
            assert!(u32::try_from(requests).is_ok_and(|requests| f64::from(requests) <= bound), "above {bound}");
            assert!(requests > CALLS as usize, "no call was retried");
        });
    }
}
