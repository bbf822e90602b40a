//! A call that is dropped sends nothing from then on, wherever it was.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use infobip_tests::clock;
use infobip_tests::faults::{End, ErrorForm, Moment, Reply};
use infobip_whatsapp::{Bulk, Limiter, RateLimit, Retry};
use tokio::time::{Instant, sleep, timeout};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

/// Long enough for everything that could still come.
const LATER: Duration = Duration::from_hours(2);

/// Sends a message, with every kind of attempt allowed, and drops the call after that time.
async fn give_up(client: &Client, after: Duration) {
    let message = message(Some(ID));
    let call = client.send_whatsapp_contact_message(&message).retry(Retry::Ambiguous);
    timeout(after, call.into_future()).await.expect_err("given up");
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
        client.send_whatsapp_contact_message(&message(None)).await.expect("its place is free again");
        assert!(start.elapsed() < 11 * SECOND, "the dropped call took a place: {:?}", start.elapsed());
        sleep(LATER).await;
        assert_eq!(server.arrived(), 2);
        assert!(server.requests().iter().all(|request| request.message_id().is_none()));
    });
}

#[test]
fn between_attempts() {
    let refusal = Reply::error(429, ErrorForm::Newer);
    let unavailable = Reply::error(503, ErrorForm::Newer);
    for reply in [refusal.header("retry-after", "5"), unavailable.header("retry-after", "5")] {
        clock::run(async {
            let server = FaultServer::start(Script::then_accept([Step::answer(&reply)]));
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
        let address = address.strip_prefix("http://").expect("a plain address").parse();
        let names = Arc::new(SlowNames(address.expect("an address and a port")));
        let http = http_client_builder().dns_resolver(names).no_proxy().build();
        let client = builder("http://account.invalid").allow_plain_http();
        let client = build(client.http_client(http.expect("settings that go together")));
        give_up(&client, SECOND).await;
        sleep(LATER).await;
        assert_eq!((server.connections(), server.arrived()), (0, 0));
        // The same with patience arrives, so that it was the drop that kept it from arriving.
        client.send_whatsapp_contact_message(&message(None)).await.expect("accepted");
        assert_eq!((server.connections(), server.arrived()), (1, 1));
    });
}

#[test]
fn while_the_server_takes_its_time() {
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

/// Drops a call after each number of polls that it can have, on a way through a refusal, an answer that does not come,
/// and a success.
#[test]
fn at_every_point_of_its_way() {
    let mut polls = 0;
    while !dropped_after(polls) {
        polls += 1;
        assert!(polls < 1000, "the call does not end");
    }
    println!("dropped at {polls} points");
    assert!(polls > 5, "the call was never under way");
}

/// Returns `true` if the call ended within that many polls.
fn dropped_after(polls: u32) -> bool {
    clock::run(async {
        let steps = [
            Step::answer(&Reply::error(429, ErrorForm::Older).header("retry-after", "1")),
            Step::answer(&Reply::error(503, ErrorForm::Older)).then(End::Close),
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
        // What was written before the drop may still be on its way for this long.
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

/// Knows one address, after a while.
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
