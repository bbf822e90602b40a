//! Dropped calls send nothing from then on, at any stage.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::{End, ErrorBody, Moment, RawResponse};
use infobip_whatsapp::{Bulk, Limiter, RateLimit, Retry};
use tokio::time::{Instant, sleep, timeout};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// A time after which nothing more can arrive.
const LATER: Duration = Duration::from_hours(2);

/// Sends a message, with all kinds of retries allowed, and drops the call after a time.
async fn give_up(client: &Client, after: Duration) {
    let message = message(Some(ID));
    let call = client.send_whatsapp_contact_message(&message).retry(Retry::Ambiguous);
    timeout(after, call.into_future()).await.expect_err("the call is dropped first");
}

#[test]
fn in_the_queue_of_the_limiter() {
    clock::run(async {
        let server = FaultServer::start(Script::then_accept([]));
        let limit = RateLimit::per(1, 10 * SECOND);
        let limiter = Limiter::new().limits("send-whatsapp-contact-message", [limit]);
        let client = build(builder(server.base_url()).rate_limiter(limiter));
        let start = Instant::now();
        client.send_whatsapp_contact_message(&message(None)).await.expect("the first one passes");
        give_up(&client, SECOND).await;
        client.send_whatsapp_contact_message(&message(None)).await.expect("the dropped call has left the queue");
        assert!(start.elapsed() < 11 * SECOND, "the dropped call stayed in the queue: {:?}", start.elapsed());
        sleep(LATER).await;
        assert_eq!(server.arrived(), 2);
        assert!(server.requests().iter().all(|request| request.message_id().is_none()));
    });
}

#[test]
fn between_attempts() {
    let refusal = RawResponse::error(429, ErrorBody::Newer);
    let unavailable = RawResponse::error(503, ErrorBody::Newer);
    for response in [refusal.header("retry-after", "5"), unavailable.header("retry-after", "5")] {
        clock::run(async {
            let server = FaultServer::start(Script::then_accept([Step::answer(&response)]));
            give_up(&client(&server), SECOND).await;
            sleep(LATER).await;
            assert_eq!((server.arrived(), server.carried_out().len()), (1, 0));
        });
    }
}

#[test]
fn while_connecting() {
    clock::run(async {
        let server = FaultServer::start(Script::then_accept([]));
        let address = server.base_url();
        let address = address.strip_prefix("http://").expect("the base URL starts with `http://`").parse();
        let names = Arc::new(SlowNames(address.expect("the base URL has an address and a port")));
        let http = http_client_builder().dns_resolver(names).no_proxy();
        let client = builder("http://account.invalid").allow_plain_http();
        let client = build(client.http_client(http));
        give_up(&client, SECOND).await;
        sleep(LATER).await;
        assert_eq!((server.connections(), server.arrived()), (0, 0));
        // The same call arrives if it is not dropped.
        client.send_whatsapp_contact_message(&message(None)).await.expect("accepted");
        assert_eq!((server.connections(), server.arrived()), (1, 1));
    });
}

#[test]
fn while_waiting_for_the_response() {
    let silent = Step::end(Moment::Whole, End::Hang);
    for (step, carried_out) in [
        (silent.clone(), 0),
        (silent.clone().at(Moment::FirstByte), 0),
        (silent.carried_out(), 1),
        (Step::accept().after(5 * SECOND), 1),
        (Step::accept().dripping(SECOND), 1),
    ] {
        clock::run(async {
            let server = FaultServer::start(Script::then_accept([step]));
            give_up(&client(&server), SECOND).await;
            sleep(LATER).await;
            assert_eq!((server.connections(), server.arrived()), (1, 1));
            assert_eq!(server.carried_out().len(), carried_out);
        });
    }
}

/// Drops a call after each possible number of polls, in a sequence of a refusal, a missing response and a
/// success.
#[test]
fn after_every_poll() {
    let mut polls = 0;
    while !dropped_after(polls) {
        polls += 1;
        assert!(polls < 1000, "the call does not end");
    }
    println!("dropped at {polls} points");
    assert!(polls > 5, "the call had too few polls");
}

/// Returns `true` if the call ended within that many polls.
fn dropped_after(polls: u32) -> bool {
    clock::run(async {
        let steps = [
            Step::answer(&RawResponse::error(429, ErrorBody::Older).header("retry-after", "1")),
            Step::answer(&RawResponse::error(503, ErrorBody::Older)).then(End::Close),
            Step::end(Moment::Whole, End::Hang),
        ];
        let server = FaultServer::start(Script::then_accept(steps));
        let client = client(&server);
        let ended = {
            let message = message(Some(ID));
            let call = client.send_whatsapp_contact_message(&message).retry(Retry::Ambiguous);
            let mut call = pin!(call.into_future());
            let mut left = polls;
            poll_fn(|context| {
                if left == 0 {
                    return Poll::Ready(false);
                }
                left -= 1;
                call.as_mut().poll(context).map(|result| result.is_ok())
            })
            .await
        };
        // Bytes that were written before the drop may arrive within this time.
        sleep(Duration::from_millis(1)).await;
        let arrived = server.arrived();
        sleep(LATER).await;
        assert_eq!(server.arrived(), arrived, "dropped after {polls} polls");
        ended
    })
}

#[test]
fn many_at_once() {
    clock::run(async {
        let server = FaultServer::start(Script::by(|| Step::accept().after(SECOND)));
        let client = client(&server);
        let messages = (0..100).map(|number| message(Some(&number.to_string())));
        let call = |message: &ContactMessage| client.send_whatsapp_contact_message(message).into_future();
        let mut sending = Bulk::new(messages).concurrency(10).send(call);
        for _ in 0..13 {
            sending.next().await.expect("a result").1.expect("accepted");
        }
        drop(sending);
        sleep(LATER).await;
        assert!(server.arrived() <= 13 + 10, "{}", server.arrived());
    });
}

/// A resolver that returns one address after a delay.
struct SlowNames(SocketAddr);

impl Resolve for SlowNames {
    fn resolve(&self, _: Name) -> Resolving {
        let address = self.0;
        Box::pin(async move {
            sleep(5 * SECOND).await;
            Ok(Box::new(std::iter::once(address)) as Addrs)
        })
    }
}
