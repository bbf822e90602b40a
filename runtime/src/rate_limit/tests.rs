//! The limiter from the perspective of its callers, in simulated time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::RateLimiter;
use super::limiter::Limiter;
use super::meters::stretched;
use super::oracle::{self, Random};
use crate::Method;
use crate::error::rate_limit::WaitTooLong;
use crate::operation::Operation;
use crate::operation::rate_limit::RateLimit;

const SECOND: Duration = Duration::from_secs(1);

/// The granularity of timers.
const TICK: Duration = Duration::from_millis(1);

static SEND: Operation =
    Operation::new("send", Method::POST, "/send").rate_limits(&[RateLimit::per(100, Duration::from_secs(1))]);
static OTHER: Operation =
    Operation::new("other", Method::POST, "/other").rate_limits(&[RateLimit::per(1, Duration::from_secs(1))]);
static FREE: Operation = Operation::new("free", Method::POST, "/free");

/// Callers that arrive, wait, and leave, and their admissions.
struct Crowd {
    limiter: Limiter,
    arrivals: Vec<Instant>,
    waiting: Vec<JoinHandle<()>>,
    /// The admitted callers with their times, in order.
    admitted: Arc<Mutex<Vec<(usize, Instant)>>>,
}

impl Crowd {
    fn new(limiter: Limiter) -> Self {
        Self { limiter, arrivals: Vec::new(), waiting: Vec::new(), admitted: Arc::default() }
    }

    fn arrive(&mut self) {
        let (limiter, admitted, place) = (self.limiter.clone(), Arc::clone(&self.admitted), self.arrivals.len());
        self.arrivals.push(Instant::now());
        self.waiting.push(tokio::spawn(async move {
            acquire(&limiter, &SEND).await;
            admitted.lock().expect("no test panics while it holds this").push((place, Instant::now()));
        }));
    }

    /// Removes a recent caller, if it has not been admitted yet.
    fn leave(&mut self, last_but: usize) {
        if let Some(task) = self.waiting.iter().rev().nth(last_but) {
            task.abort();
        }
    }

    /// Waits until all callers have been admitted or have left, and returns the number of admissions. Checks that they
    /// were in order, within the limits, and as early as possible.
    async fn check(self, limits: &[(u32, Duration)]) -> usize {
        for task in self.waiting {
            let ended = task.await;
            assert!(ended.is_ok() || ended.is_err_and(|error| error.is_cancelled()));
        }
        let admitted = self.admitted.lock().expect("no task is left").clone();
        assert!(admitted.is_sorted_by(|(one, _), (next, _)| one < next), "out of order");
        let arrivals: Vec<Instant> = admitted.iter().map(|(place, _)| self.arrivals[*place]).collect();
        let instants: Vec<Instant> = admitted.iter().map(|(_, instant)| *instant).collect();
        let limits: Vec<_> = limits.iter().map(|(requests, period)| (*requests, stretched(*period))).collect();
        for (requests, period) in &limits {
            assert!(oracle::most_in_any_window(&instants, *period) <= *requests as usize, "above the limit");
        }
        assert!(instants == oracle::spaced_schedule(&arrivals, &limits, TICK), "later than possible");
        admitted.len()
    }
}

async fn acquire(limiter: &Limiter, operation: &'static Operation) {
    limiter.acquire(operation).await.expect("this limiter never fails");
}

/// Returns `true` if a request is admitted without any wait.
async fn is_free(limiter: &Limiter, operation: &'static Operation) -> bool {
    timeout(Duration::ZERO, limiter.acquire(operation)).await.is_ok()
}

#[tokio::test(start_paused = true)]
async fn a_crowd_is_served_in_order_and_those_who_leave_cost_nothing() {
    for (seed, limits) in
        [(1, vec![(500, SECOND)]), (2, vec![(3, SECOND / 100), (200, SECOND)]), (3, vec![(1, SECOND / 500)])]
    {
        let replaced = limits.iter().map(|(requests, period)| RateLimit::per(*requests, *period));
        let mut crowd = Crowd::new(Limiter::new().limits("send", replaced));
        let mut random = Random::new(seed);
        while crowd.arrivals.len() < 15_000 {
            // A rush every few seconds, then time to catch up.
            let rush = crowd.arrivals.len() % 5_000 < 2_500;
            (0..random.below(if rush { 6 } else { 2 })).for_each(|_| crowd.arrive());
            (0..random.below(3)).for_each(|_| crowd.leave(random.below(400) as usize));
            sleep(Duration::from_millis(1)).await;
        }
        let admitted = crowd.check(&limits).await;
        assert!((3_000..14_000).contains(&admitted), "{admitted} of 15000 were admitted: too many left, or too few");
    }
}

#[tokio::test(start_paused = true)]
async fn fifty_thousand_at_once_are_served_in_order() {
    let mut crowd = Crowd::new(Limiter::new().limits("send", [RateLimit::per(4000, SECOND)]));
    let start = Instant::now();
    (0..50_000).for_each(|_| crowd.arrive());
    assert_eq!(crowd.check(&[(4000, SECOND)]).await, 50_000);
    // The first 400 at once, the others one after another.
    assert_eq!(start.elapsed(), stretched(SECOND) / 4000 * 49_600);
}

#[tokio::test(start_paused = true)]
async fn a_permit_that_nobody_polls_or_that_is_dropped_takes_nothing() {
    let limiter = Limiter::new();
    drop(limiter.acquire(&OTHER));
    assert!(is_free(&limiter, &OTHER).await);
    let start = Instant::now();
    for _ in 0..100 {
        assert!(timeout(SECOND / 200, limiter.acquire(&OTHER)).await.is_err());
    }
    acquire(&limiter, &OTHER).await;
    assert_eq!(start.elapsed(), stretched(SECOND));
}

#[tokio::test(start_paused = true)]
async fn the_next_in_line_takes_over_from_a_head_that_leaves() {
    let limiter = Limiter::new();
    acquire(&limiter, &OTHER).await;
    let start = Instant::now();
    let (head, next) = (limiter.acquire(&OTHER), limiter.acquire(&OTHER));
    let (left, admitted) = tokio::join!(timeout(SECOND / 2, head), next);
    assert!(left.is_err() && admitted.is_ok());
    assert_eq!(start.elapsed(), stretched(SECOND));
}

#[tokio::test(start_paused = true)]
async fn operations_do_not_wait_for_each_other() {
    let limiter = Limiter::new();
    acquire(&limiter, &OTHER).await;
    assert!(!is_free(&limiter, &OTHER).await);
    limiter.throttled(&OTHER, Some(SECOND));
    assert!(is_free(&limiter, &SEND).await);
    for _ in 0..10_000 {
        assert!(is_free(&limiter, &FREE).await);
    }
}

#[tokio::test(start_paused = true)]
async fn clones_keep_one_limit_together() {
    let limiter = Limiter::new();
    let clone = limiter.clone();
    assert!(is_free(&limiter, &OTHER).await);
    assert!(!is_free(&clone, &OTHER).await);
    let separate = clone.share(1.0).expect("the whole is a share");
    assert!(is_free(&separate, &OTHER).await);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_reaches_those_who_wait_already() {
    let limiter = Limiter::new();
    acquire(&limiter, &OTHER).await;
    let start = Instant::now();
    let refused = async {
        sleep(SECOND / 2).await;
        limiter.throttled(&OTHER, Some(5 * SECOND));
    };
    tokio::join!(acquire(&limiter, &OTHER), refused);
    assert_eq!(start.elapsed(), SECOND / 2 + 5 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn an_operation_without_limits_respects_the_requested_wait() {
    let limiter = Limiter::new();
    let start = Instant::now();
    limiter.throttled(&FREE, Some(3 * SECOND));
    acquire(&limiter, &FREE).await;
    assert_eq!(start.elapsed(), 3 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_call_fails_as_soon_as_its_time_is_certain_to_be_too_short() {
    let limiter = Limiter::new();
    let start = Instant::now();
    acquire(&limiter, &OTHER).await;
    let too_long = |wait| Some(WaitTooLong::new(wait));
    assert_eq!(refusal(&limiter, SECOND).await, too_long(stretched(SECOND)));
    let (head, next) = tokio::join!(refusal(&limiter, 2 * SECOND), refusal(&limiter, 2 * SECOND));
    assert_eq!((head, next), (None, too_long(stretched(SECOND))), "the next one knows when it is first");
    assert_eq!(start.elapsed(), stretched(SECOND));

    let (head, next, throttled) = tokio::join!(refusal(&limiter, 60 * SECOND), refusal(&limiter, 60 * SECOND), async {
        sleep(SECOND / 2).await;
        limiter.throttled(&OTHER, Some(24 * 3600 * SECOND));
        // A call that comes later does not wait for those that are in the queue.
        refusal(&limiter, 60 * SECOND).await
    });
    assert_eq!(throttled, too_long(3600 * SECOND));
    assert!(head.is_some() && head == next, "{head:?} {next:?}");
    assert_eq!(start.elapsed(), 2 * stretched(SECOND), "those in the queue learn it when the first one looks again");
    acquire(&limiter, &OTHER).await;
    assert!(start.elapsed() > 3600 * SECOND, "without a time, it waits");
}

/// Returns the error of a request that can wait for a time; `None` if it is admitted. It arrives at once.
async fn refusal(limiter: &Limiter, time: Duration) -> Option<WaitTooLong> {
    match limiter.admit(&OTHER, time).await {
        Ok(admission) => {
            admission.arrived();
            None
        }
        Err(error) => Some(*error.downcast().expect("the error of this limiter")),
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_refusal_fewer_are_admitted_and_then_more_again() {
    let limiter = Limiter::new();
    for _ in 0..100 {
        acquire(&limiter, &SEND).await;
    }
    // Sixty of the first hundred are refused.
    (0..60).for_each(|_| limiter.throttled(&SEND, None));
    let start = Instant::now();
    let mut in_second = [0; 9];
    while start.elapsed() < 8 * SECOND {
        acquire(&limiter, &SEND).await;
        let second = usize::try_from(start.elapsed().as_secs()).expect("a few seconds");
        in_second[second] += 1;
    }
    for (count, allowed) in in_second.into_iter().zip([50, 60, 70, 80, 90, 100, 100, 100]).skip(1) {
        assert!((allowed * 9 / 10..=allowed).contains(&count), "{in_second:?}");
    }
    assert!(in_second[0] < 50, "the first hundred are still in the window");
}

#[tokio::test(start_paused = true)]
async fn four_quarters_keep_the_limit_of_the_whole() {
    let admitted: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let (limiter, admitted) = (Limiter::new().share(0.25).expect("a quarter is a share"), Arc::clone(&admitted));
        tasks.push(tokio::spawn(async move {
            for _ in 0..1_000 {
                acquire(&limiter, &SEND).await;
                admitted.lock().expect("no test panics while it holds this").push(Instant::now());
            }
        }));
    }
    for task in tasks {
        task.await.expect("ends well");
    }
    let admitted = admitted.lock().expect("no task is left");
    assert_eq!(oracle::most_in_any_window(&admitted, SECOND), 100);
    assert_eq!(*admitted.last().expect("four thousand") - admitted[0], stretched(SECOND) / 25 * 998);
}

#[tokio::test(start_paused = true)]
async fn a_share_below_one_request_is_kept_over_a_longer_time() {
    let limiter = Limiter::new().share(0.002).expect("one in five hundred is a share");
    let start = Instant::now();
    for _ in 0..=10 {
        acquire(&limiter, &SEND).await;
    }
    assert_eq!(start.elapsed(), stretched(5 * SECOND) * 10);
}

#[test]
fn a_share_is_above_zero_and_at_most_one() {
    for fraction in [0.0, -0.0, -0.5, 1.000_001, 25.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = Limiter::new().share(fraction).expect_err("no share");
        assert_eq!(error.to_string(), format!("a share must be greater than 0 and at most 1, not {fraction}"));
    }
}

#[tokio::test(start_paused = true)]
async fn limits_can_be_replaced_and_removed() {
    let limiter = Limiter::new().limits("other", [RateLimit::bucket(3, SECOND)]).limits("send", []);
    for _ in 0..3 {
        assert!(is_free(&limiter, &OTHER).await);
    }
    assert!(!is_free(&limiter, &OTHER).await);
    for _ in 0..1_000 {
        assert!(is_free(&limiter, &SEND).await);
    }
}

#[tokio::test(start_paused = true)]
async fn a_limiter_without_limits_never_waits() {
    let limiter = Limiter::unlimited();
    limiter.throttled(&OTHER, Some(SECOND));
    for _ in 0..1_000 {
        assert!(is_free(&limiter, &OTHER).await);
    }
    assert_eq!(format!("{limiter:?}"), "Limiter(unlimited)");
}

#[tokio::test(start_paused = true)]
async fn debug_shows_the_allowed_rate() {
    let limiter = Limiter::new().share(0.5).expect("a half is a share");
    assert_eq!(format!("{limiter:?}"), "Limiter { share: 0.5, in_use: {} }");
    acquire(&limiter, &SEND).await;
    assert_eq!(format!("{limiter:?}"), r#"Limiter { share: 0.5, in_use: {"send": [50 of 50 per 1s]} }"#);
    limiter.throttled(&SEND, Some(2 * SECOND));
    assert_eq!(format!("{limiter:?}"), r#"Limiter { share: 0.5, in_use: {"send": [paused for 2s, 25 of 50 per 1s]} }"#);
}

#[test]
fn runtimes_on_several_threads_share_a_limiter() {
    let limiter = Limiter::new().limits("send", [RateLimit::bucket(40_000, 3600 * SECOND)]);
    let work = |limiter: Limiter| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(async {
            for _ in 0..10_000 {
                acquire(&limiter, &SEND).await;
            }
        });
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let limiter = limiter.clone();
            scope.spawn(move || work(limiter));
        }
    });
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime");
    assert!(!runtime.block_on(is_free(&limiter, &SEND)), "some of the forty thousand were not counted");
}
