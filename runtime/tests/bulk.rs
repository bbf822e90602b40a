//! Many messages: each of them once, a bounded number at a time, and no more after a status that refuses the caller.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use wirecrate_runtime::{Bulk, Call, Outcome, StatusCode};
use wiremock::matchers::{any, body_string_contains};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Accepted, Client, Note, Problem, client, note, prepare, send};

fn notes(count: usize) -> impl Iterator<Item = Note> {
    (0..count).map(|number| note(&format!("n{number}.")))
}

async fn accepting() -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string("{}")).mount(&server).await;
    let client = client(&server.uri());
    (server, client)
}

#[tokio::test]
async fn every_message_has_one_result() {
    let (server, client) = accepting().await;
    let long = "x".repeat(41);
    let messages = notes(200).chain([note(&long)]);
    let mut sending = Bulk::new(messages).concurrency(8).send(|note| send(&client, note).into_future());
    let mut results = BTreeMap::new();
    while let Some((note, result)) = sending.next().await {
        let outcome = result.err().map(|error| error.outcome());
        assert_eq!(results.insert(note.text, outcome), None, "one result each");
    }
    assert_eq!(results.remove(&long), Some(Some(Outcome::NotSent)));
    assert!(results.len() == 200 && results.values().all(Option::is_none));
    let progress = sending.progress();
    assert_eq!((progress.started, progress.finished(), progress.in_flight()), (201, 201, 0));
    assert_eq!((progress.accepted, progress.not_sent, progress.stopped), (200, 1, None));
    assert!(sending.next().await.is_none(), "and then no more");
    assert_eq!(server.received_requests().await.expect("recorded").len(), 200);
}

#[tokio::test]
async fn takes_no_more_messages_than_there_is_room_for() {
    let (_server, client) = accepting().await;
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let messages = notes(1000).inspect(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let mut sending = Bulk::new(messages).concurrency(5).send(|note| send(&client, note).into_future());
    assert_eq!(taken.load(Ordering::Relaxed), 0, "nothing happens before results are asked for");
    for results in 1..100 {
        let (_, result) = sending.next().await.expect("a result");
        result.expect("accepted");
        assert!(taken.load(Ordering::Relaxed) <= results + 4);
        assert!(sending.progress().in_flight() <= 5);
    }
}

#[tokio::test]
async fn stops_when_the_caller_is_refused() {
    for status in [401, 403] {
        let server = MockServer::start().await;
        let refused = ResponseTemplate::new(status).set_body_string("{}");
        Mock::given(body_string_contains("n20.")).respond_with(refused).with_priority(1).mount(&server).await;
        Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string("{}")).mount(&server).await;
        let client = client(&server.uri());
        let mut sending = Bulk::new(notes(100)).concurrency(1).send(|note| send(&client, note).into_future());
        let mut results = Vec::new();
        while let Some((note, result)) = sending.next().await {
            results.push((note.text, result.is_ok()));
        }
        assert_eq!(results.last(), Some(&("n20.".to_owned(), false)));
        assert_eq!(sending.progress().stopped.map(|status| status.as_u16()), Some(status));
        let rest: Vec<_> = sending.into_messages().collect().await;
        assert_eq!(rest.first().map(|note| note.text.as_str()), Some("n21."));
        assert_eq!(results.len() + rest.len(), 100, "none is lost");
    }
}

fn send_declinable<'a>(client: &'a Client, note: &'a Note) -> Call<'a, Note, Accepted, Problem> {
    prepare(client, note).build_declinable(|accepted: &Accepted| accepted.id.as_deref() == Some("declined"))
}

#[tokio::test]
async fn declined_messages_are_counted_apart() {
    let server = MockServer::start().await;
    let declined = ResponseTemplate::new(200).set_body_string(r#"{"id": "declined"}"#);
    Mock::given(body_string_contains("n2.")).respond_with(declined).with_priority(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string("{}")).mount(&server).await;
    let client = client(&server.uri());
    let mut sending = Bulk::new(notes(5)).send(|note| send_declinable(&client, note).into_future());
    while let Some((_, result)) = sending.next().await {
        result.expect("a success");
    }
    let progress = sending.progress();
    assert_eq!((progress.accepted, progress.declined, progress.finished()), (4, 1, 5));
    let mut sending = Bulk::new(notes(5)).send(|note| send_declinable(&client, note).with_response().into_future());
    while sending.next().await.is_some() {}
    assert_eq!((sending.progress().accepted, sending.progress().declined), (4, 1));
}

#[tokio::test]
async fn goes_on_after_any_other_failure() {
    let server = MockServer::start().await;
    Mock::given(body_string_contains("n2.")).respond_with(ResponseTemplate::new(400)).mount(&server).await;
    Mock::given(body_string_contains("n3.")).respond_with(ResponseTemplate::new(500)).mount(&server).await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("{}"))
        .with_priority(9)
        .mount(&server)
        .await;
    let client = client(&server.uri());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watch = Arc::clone(&seen);
    let sending = Bulk::new(notes(10))
        .on_progress(move |progress| watch.lock().expect("no panic").push(*progress))
        .send(|note| send(&client, note).into_future());
    assert_eq!(sending.count().await, 10);
    let seen = seen.lock().expect("no panic");
    assert_eq!(
        seen.iter().map(wirecrate_runtime::Progress::finished).collect::<Vec<_>>(),
        (1..=10).collect::<Vec<_>>()
    );
    let last = seen.last().expect("progress");
    assert_eq!((last.accepted, last.rejected, last.unknown, last.stopped), (8, 1, 1, None::<StatusCode>));
}

#[tokio::test]
async fn waits_for_a_source_that_is_slow() {
    let (_server, client) = accepting().await;
    let messages = stream::iter(notes(5)).then(|note| async move {
        tokio::task::yield_now().await;
        note
    });
    let sending = Bulk::from_stream(Box::pin(messages)).send(|note| send(&client, note).into_future());
    assert_eq!(sending.count().await, 5);
    let none = Bulk::new([]).send(|note: &Note| send(&client, note).timeout(Duration::MAX).into_future());
    assert_eq!(none.count().await, 0);
}
