//! The attempts of a call over simulated time, with a service that follows a script.

use std::collections::VecDeque;
use std::error::Error;
use std::future::ready;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Url};
use tokio::time::{advance, timeout};

use Outcome::{NotSent, Rejected, Unknown};
use Step::{Answer, AnswerRetryAfter, Fail, Hang, Incomplete, Unreadable};
use TransportErrorKind::{Connect, ConnectTimeout, Interrupted, NotProcessed, Refused, Timeout};

use super::*;
use crate::error::rate_limit::{BoxError, WaitTooLong};
use crate::error::transport::TransportErrorKind;
use crate::operation::Operation;
use crate::rate_limit::Permit;
use crate::send::body::RequestBody;
use crate::send::prepared::CallOptions;
use crate::send::receive;
use crate::send::retry::Retry;

static SEND: Operation = Operation::new("send", Method::POST, "/send");

/// The reaction of the service to one attempt.
#[derive(Clone, Copy, Debug)]
enum Step {
    Answer(u16),
    AnswerRetryAfter(u16, &'static str),
    /// A successful response whose body is cut off.
    Incomplete,
    /// A successful response that is complete and cannot be decoded.
    Unreadable,
    Fail(TransportErrorKind),
    /// No response until the client times out.
    Hang,
}

/// Follows its steps, repeats the last one, and records the time of each attempt.
struct Script {
    steps: Mutex<VecDeque<Step>>,
    seen: Mutex<Vec<(Instant, Bytes)>>,
}

impl Script {
    fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self { steps: Mutex::new(steps.into_iter().collect()), seen: Mutex::default() }
    }

    fn next(&self) -> Step {
        let mut steps = self.steps.lock().expect("no test panics with it");
        if steps.len() > 1 { steps.pop_front() } else { steps.front().copied() }.expect("a script has a step")
    }

    fn sent(&self) -> usize {
        self.seen.lock().expect("no test panics with it").len()
    }
}

impl Transport for Script {
    async fn send(&self, request: &Prepared, limit: Duration, _: Admission) -> Result<RawResponse, TransportError> {
        self.seen.lock().expect("no test panics with it").push((Instant::now(), bytes(request)));
        let response = |status| {
            let status = StatusCode::from_u16(status).expect("a status");
            RawResponse { body: b"{}".to_vec(), ..receive::without_body(status, HeaderMap::new()) }
        };
        match self.next() {
            Answer(status) => Ok(response(status)),
            AnswerRetryAfter(status, value) => {
                let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]);
                Ok(receive::without_body(response(status).status, headers))
            }
            Unreadable => Ok(RawResponse { body: b"<html>".to_vec(), ..response(200) }),
            Incomplete => {
                let error = TransportError::of_kind(Interrupted, None);
                Ok(RawResponse { defect: Some(Defect::Interrupted(error)), ..response(200) })
            }
            Fail(kind) => Err(TransportError::of_kind(kind, None)),
            Hang => {
                sleep(limit).await;
                Err(TransportError::of_kind(Timeout, None))
            }
        }
    }
}

/// Admits a number of requests, blocks the following ones, and records every 429.
#[derive(Debug, Default)]
struct FakeLimiter {
    places: Option<usize>,
    taken: Mutex<usize>,
    throttled: Mutex<Vec<Option<Duration>>>,
    error: Option<fn() -> BoxError>,
}

impl RateLimiter for FakeLimiter {
    fn acquire<'a>(&'a self, _: &'static Operation) -> Permit<'a> {
        let mut taken = self.taken.lock().expect("no test panics with it");
        *taken += 1;
        if let Some(error) = self.error {
            return Box::pin(ready(Err(error())));
        }
        if self.places.is_some_and(|places| *taken > places) {
            return Box::pin(std::future::pending());
        }
        Box::pin(ready(Ok(())))
    }

    fn throttled(&self, _: &'static Operation, retry_after: Option<Duration>) {
        self.throttled.lock().expect("no test panics with it").push(retry_after);
    }
}

fn policy(limiter: &Arc<FakeLimiter>) -> Policy {
    Policy {
        timeout: Duration::from_mins(1),
        attempt_timeout: Duration::from_secs(30),
        retry: RetrySettings::default(),
        budget: RetryBudget::default(),
        limiter: Arc::clone(limiter) as Arc<dyn RateLimiter>,
    }
}

/// The bytes of a body in memory.
fn bytes(request: &Prepared) -> Bytes {
    match &request.body {
        Some(RequestBody::Bytes(bytes)) => bytes.clone(),
        _ => Bytes::new(),
    }
}

fn attempts<'c>(
    script: &'c Script,
    policy: &'c Policy,
    options: CallOptions,
    id: Option<&str>,
) -> Attempts<'c, Script> {
    let url = Url::parse("http://localhost/send").expect("a URL");
    let body = Some(RequestBody::Bytes(Bytes::from_static(b"{}")));
    let request =
        Prepared { operation: &SEND, headers: HeaderMap::new(), body, schemes: &[], url, options, error: None };
    let record = CallRecord { message_id: id.map(Box::from), ..CallRecord::default() };
    let span = CallSpan::none();
    Attempts { transport: script, policy, request, record, span }
}

/// The end of a call: the status, the number of attempts and the worst outcome of those that failed.
type End = (Option<u16>, u32, Option<Outcome>);

async fn run(steps: &[Step], retry: Retry, id: Option<&str>) -> (End, Duration) {
    let (script, policy) = (Script::new(steps.iter().copied()), policy(&Arc::default()));
    let start = Instant::now();
    let options = CallOptions { retry, ..CallOptions::default() };
    let end = end(attempts(&script, &policy, options, id).run().await);
    let bodies = script.seen.lock().expect("no test panics with it");
    assert!(bodies.iter().all(|(_, body)| body == &bodies[0].1), "every attempt sends the same bytes");
    (end, start.elapsed())
}

fn end(result: Result<RawResponse, Failure>) -> End {
    match result {
        Ok(response) => (Some(response.status.as_u16()), response.record.attempts, response.record.outcome),
        Err(Failure::Transport(error)) => (None, error.record().attempts, error.record().outcome),
        Err(Failure::RateLimit(error)) => (None, error.record().attempts, error.record().outcome),
        Err(Failure::Violations(_) | Failure::Encode(_) | Failure::Request(_)) => {
            panic!("these end a call before its attempts")
        }
    }
}

#[tokio::test(start_paused = true)]
async fn each_failure_is_retried_as_its_outcome_allows() {
    // The failure, whether it is retried by default, whether it is retried on request, its outcome.
    let table = [
        (Fail(Connect), true, true, NotSent),
        (Fail(ConnectTimeout), true, true, NotSent),
        (Fail(NotProcessed), true, true, NotSent),
        (Fail(Refused), false, false, NotSent),
        (Answer(429), true, true, Rejected),
        (AnswerRetryAfter(429, "0.5"), true, true, Rejected),
        (Answer(400), false, false, Rejected),
        (Answer(401), false, false, Rejected),
        (Answer(403), false, false, Rejected),
        (Answer(404), false, false, Rejected),
        (Answer(307), false, false, Rejected),
        (Answer(300), false, false, Unknown),
        (Answer(302), false, false, Unknown),
        (Answer(303), false, false, Unknown),
        (Answer(304), false, false, Unknown),
        (Answer(408), false, true, Unknown),
        (Answer(500), false, true, Unknown),
        (AnswerRetryAfter(503, "1"), false, true, Unknown),
        (Fail(Interrupted), false, true, Unknown),
        (Incomplete, false, true, Unknown),
    ];
    for (step, safe, asked, outcome) in table {
        for (retry, id, again) in [
            (Retry::Never, Some("id"), false),
            (Retry::Safe, Some("id"), safe),
            (Retry::Ambiguous, None, safe),
            (Retry::Ambiguous, Some("id"), asked),
        ] {
            let ((status, attempts, worst), _) = run(&[step, Answer(200)], retry, id).await;
            if again {
                assert_eq!((status, attempts), (Some(200), 2), "{step:?} {retry:?} {id:?}");
            } else {
                assert_ne!(attempts, 2, "{step:?} {retry:?} {id:?}");
            }
            assert_eq!(worst, Some(outcome), "{step:?} {retry:?} {id:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn safe_methods_are_repeated_except_after_a_response_that_would_be_the_same() {
    static READ: Operation = Operation::new("read", Method::GET, "/read");
    for (step, again) in [
        (Answer(503), true),
        (Answer(408), true),
        (Fail(Interrupted), true),
        (Incomplete, true),
        (Answer(302), false),
        (Answer(404), false),
    ] {
        for retry in [Retry::Safe, Retry::Ambiguous] {
            let (script, policy) = (Script::new([step, Answer(200)]), policy(&Arc::default()));
            let mut attempts = attempts(&script, &policy, CallOptions { retry, ..CallOptions::default() }, None);
            attempts.request.operation = &READ;
            let (status, ..) = end(attempts.run().await);
            assert_eq!((status == Some(200), script.sent()), (again, 1 + usize::from(again)), "{step:?} {retry:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_worst_outcome_is_that_of_the_call() {
    let (end, _) = run(&[Hang, Fail(Connect)], Retry::Ambiguous, Some("id")).await;
    assert_eq!(end.2, Some(Unknown));
    let (end, _) = run(&[Answer(503), Answer(400)], Retry::Ambiguous, Some("id")).await;
    assert_eq!(end, (Some(400), 2, Some(Unknown)));
    let (end, _) = run(&[Answer(429), Fail(Refused)], Retry::Safe, None).await;
    assert_eq!(end, (None, 2, Some(Rejected)));
}

#[tokio::test(start_paused = true)]
async fn attempts_are_bounded() {
    let (end, _) = run(&[Answer(429)], Retry::Safe, None).await;
    assert_eq!(end, (Some(429), 4, Some(Rejected)));
    let (script, mut policy) = (Script::new([Answer(429)]), policy(&Arc::default()));
    policy.retry.max_attempts = 1;
    attempts(&script, &policy, CallOptions::default(), None).run().await.ok();
    assert_eq!(script.sent(), 1);
}

#[tokio::test(start_paused = true)]
async fn waits_as_long_as_the_service_asks() {
    for (asked, seconds) in [("0", 0.0), ("1.5", 1.5), ("53", 53.0)] {
        let (end, took) = run(&[AnswerRetryAfter(429, asked), Answer(200)], Retry::Safe, None).await;
        assert_eq!(end.1, 2, "{asked}");
        assert!((took.as_secs_f64() - seconds).abs() < 0.002, "{asked}: {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn does_not_begin_a_wait_that_leaves_no_time_for_an_attempt() {
    for asked in ["54", "55", "61", "99999999999999999999999", "3600"] {
        let (end, took) = run(&[AnswerRetryAfter(429, asked), Answer(200)], Retry::Safe, None).await;
        assert_eq!((end, took), ((Some(429), 1, Some(Rejected)), Duration::ZERO), "{asked}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_deadline_covers_attempts_and_waits() {
    let (end, took) = run(&[Hang], Retry::Ambiguous, Some("id")).await;
    assert!(took <= Duration::from_millis(60_002), "{took:?}");
    assert_eq!((end.0, end.2), (None, Some(Unknown)));
    assert!(end.1 >= 2, "an attempt takes half of the time at most");
    let (_, took) = run(&[Hang], Retry::Safe, Some("id")).await;
    assert_eq!(took.as_secs(), 30, "an attempt whose outcome is unknown is the last");
}

#[tokio::test(start_paused = true)]
async fn a_call_has_times_of_its_own() {
    let (script, policy) = (Script::new([Hang]), policy(&Arc::default()));
    let start = Instant::now();
    let options = CallOptions { attempt_timeout: Some(Duration::from_secs(2)), ..CallOptions::default() };
    attempts(&script, &policy, options, None).run().await.ok();
    assert_eq!(start.elapsed().as_secs(), 2);
    let options = CallOptions { timeout: Some(Duration::from_secs(3)), ..CallOptions::default() };
    attempts(&script, &policy, options, None).run().await.ok();
    assert_eq!(start.elapsed().as_secs(), 5);
    let options = CallOptions { timeout: Some(Duration::ZERO), ..CallOptions::default() };
    let end = end(attempts(&script, &policy, options, None).run().await);
    assert_eq!((end.0, end.1, script.sent()), (None, 0, 2), "no time, no attempt");
    let options = CallOptions { timeout: Some(Duration::MAX), ..CallOptions::default() };
    attempts(&script, &policy, options, None).run().await.ok();
}

#[tokio::test(start_paused = true)]
async fn the_limiter_is_asked_before_each_attempt_and_told_of_each_429() {
    let limiter = Arc::<FakeLimiter>::default();
    let (script, policy) = (Script::new([AnswerRetryAfter(429, "2"), Answer(429), Answer(200)]), policy(&limiter));
    let result = attempts(&script, &policy, CallOptions::default(), None).run().await;
    assert_eq!(end(result), (Some(200), 3, Some(Rejected)));
    assert_eq!(*limiter.taken.lock().expect("no panic"), 3);
    assert_eq!(*limiter.throttled.lock().expect("no panic"), [Some(Duration::from_secs(2)), None]);
}

#[tokio::test(start_paused = true)]
async fn a_place_that_never_comes_ends_the_call_while_nothing_is_at_risk() {
    let limiter = Arc::new(FakeLimiter { places: Some(0), ..FakeLimiter::default() });
    let (script, policy) = (Script::new([Answer(200)]), policy(&limiter));
    let start = Instant::now();
    let Err(Failure::RateLimit(error)) = attempts(&script, &policy, CallOptions::default(), Some("id")).run().await
    else {
        panic!("there is no place");
    };
    assert!(error.is_timeout() && error.source().is_none());
    assert_eq!((error.record().attempts, error.record().message_id.as_deref()), (0, Some("id")));
    assert_eq!((script.sent(), start.elapsed().as_secs()), (0, 54));
}

#[tokio::test(start_paused = true)]
async fn without_a_place_for_another_attempt_the_last_failure_stands() {
    let limiter = Arc::new(FakeLimiter { places: Some(1), ..FakeLimiter::default() });
    let (script, policy) = (Script::new([Answer(429)]), policy(&limiter));
    let result = attempts(&script, &policy, CallOptions::default(), None).run().await;
    assert_eq!(end(result), (Some(429), 1, Some(Rejected)));
}

#[tokio::test(start_paused = true)]
async fn a_known_outcome_is_not_risked_for_an_attempt_without_time() {
    for (asked, timeout) in [("0.4", 402), ("0.4", 405), ("0.4", 444), ("9", 9_999)] {
        let (script, policy) = (Script::new([AnswerRetryAfter(429, asked), Hang]), policy(&Arc::default()));
        let options = CallOptions { timeout: Some(Duration::from_millis(timeout)), ..CallOptions::default() };
        let result = attempts(&script, &policy, options, None).run().await;
        assert_eq!(end(result), (Some(429), 1, Some(Rejected)), "{asked} of {timeout} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn a_complete_response_that_cannot_be_decoded_ends_the_call() {
    for retry in [Retry::Never, Retry::Safe, Retry::Ambiguous] {
        let (end, _) = run(&[Unreadable, Answer(204)], retry, Some("id")).await;
        assert_eq!(end, (Some(200), 1, None), "the caller decodes it, and fails");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_past_a_limiter_that_fails() {
    const WAIT: Duration = Duration::from_secs(7);
    let broken: fn() -> BoxError = || "no connection to the limiter".into();
    let late: fn() -> BoxError = || WaitTooLong::new(WAIT).into();
    for (error, wait, text) in
        [(broken, None, "no connection to the limiter"), (late, Some(WAIT), "a request cannot be sent for another 7s")]
    {
        let limiter = Arc::new(FakeLimiter { error: Some(error), ..FakeLimiter::default() });
        let (script, policy) = (Script::new([Answer(200)]), policy(&limiter));
        let Err(Failure::RateLimit(error)) = attempts(&script, &policy, CallOptions::default(), None).run().await
        else {
            panic!("the limiter returns an error");
        };
        assert_eq!((error.wait(), error.is_timeout()), (wait, wait.is_some()));
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some(text));
        assert_eq!(script.sent(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_does_not_multiply_the_traffic() {
    const CALLS: u64 = 10_000;
    let (script, policy) = (Script::new([Fail(Connect)]), policy(&Arc::default()));
    let start = Instant::now();
    for _ in 0..CALLS {
        attempts(&script, &policy, CallOptions::default(), None).run().await.ok();
    }
    let most = CALLS * 12 / 10 + 10 * (start.elapsed().as_secs() + 10);
    let sent = script.sent() as u64;
    assert!(sent <= most, "{sent} of at most {most}");
    assert!(sent > CALLS * 11 / 10, "{sent}");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_sends_nothing_later() {
    let limiter = Arc::new(FakeLimiter { places: Some(1), ..FakeLimiter::default() });
    let (script, policy) = (Script::new([AnswerRetryAfter(429, "10")]), policy(&limiter));
    // First during the wait between two attempts, then in the queue of the limiter.
    for _ in 0..2 {
        let call = attempts(&script, &policy, CallOptions::default(), None).run();
        assert!(timeout(Duration::from_secs(5), call).await.is_err());
    }
    advance(Duration::from_hours(1)).await;
    assert_eq!(script.sent(), 1);
}
