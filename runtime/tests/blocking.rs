//! Calls that block their thread: without a runtime, from several threads, and within a runtime.

use std::thread;

use wirecrate_runtime::{Bulk, Error, Outcome};

use crate::support::{Fault, client, note, send, serve_bytes};

const REPLY: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 12\r\n\r\n{\"id\": \"17\"}";

#[test]
fn waits_without_a_runtime() {
    let client = client(&serve_bytes(REPLY.to_owned(), Fault::Close));
    let accepted = send(&client, &note("x")).wait().expect("accepted");
    assert_eq!(accepted.id.as_deref(), Some("17"));
    let error = send(&client, &note(&"x".repeat(41))).wait().expect_err("too long");
    assert!(matches!(error, Error::Violations(_)));
}

#[test]
fn waits_in_several_threads_with_one_client() {
    let client = client(&serve_bytes(REPLY.to_owned(), Fault::Close));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    send(&client, &note("x")).with_response().wait().expect("accepted");
                }
            });
        }
    });
}

/// More often than tokio lets a task continue before it must yield.
const MANY: usize = 300;

#[tokio::test]
async fn waits_within_a_runtime_too() {
    let client = client(&serve_bytes(REPLY.to_owned(), Fault::Close));
    for _ in 0..MANY {
        send(&client, &note("x")).wait().expect("accepted");
    }
    send(&client, &note("x")).await.expect("accepted");
    let mut sending = Bulk::new((0..MANY).map(|_| note("x"))).send(|note| send(&client, note).into_future());
    while let Some((_, result)) = sending.wait_next().expect("a thread") {
        result.expect("accepted");
    }
    assert_eq!(sending.progress().accepted, 300);
}

#[test]
fn a_time_out_ends_the_wait() {
    let client = client(&serve_bytes(String::new(), Fault::Hang));
    let note = note("x");
    let error = send(&client, &note).timeout(std::time::Duration::from_millis(50)).wait().expect_err("too late");
    assert!(error.is_timeout());
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn bulk_results_can_be_waited_for() {
    let client = client(&serve_bytes(REPLY.to_owned(), Fault::Close));
    let notes = (0..20).map(|number| note(&number.to_string()));
    let mut sending = Bulk::new(notes).concurrency(3).send(|note| send(&client, note).into_future());
    let mut accepted = 0;
    while let Some((_, result)) = sending.wait_next().expect("a thread") {
        result.expect("accepted");
        accepted += 1;
    }
    assert_eq!(accepted, 20);
}
