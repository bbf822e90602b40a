//! Printed texts contain no part of a credential, of a message or of a response.

use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::future::IntoFuture;
use std::time::Duration;

use wirecrate_runtime::generated::{json, redact};
use wirecrate_runtime::{ClientBuilder, Credentials, DateTime, Error, Violations};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{self, Client, Fault, Note, Problem, note, send, serve_bytes};

/// The secret texts, without a run of four characters that other text may contain.
const SECRETS: [&str; 4] = ["key-1234567890", "QZJXKVWQ0987", "#ZQX!~KJV@W#", "YYQWZZXX5544"];
const MESSAGE: &str = SECRETS[1];
const BODY: &str = SECRETS[2];
const PASSWORD: &str = SECRETS[3];

/// A builder of a client that sends its secret in several parts of a request.
fn builder(base_url: &str) -> ClientBuilder<Client, Credentials> {
    let secret = SECRETS[0];
    let credentials = Credentials::header("header", "X-Key", secret)
        .and(Credentials::query("query", "key", secret))
        .and(Credentials::cookie("cookie", "key", secret));
    support::builder(base_url).credentials(credentials)
}

fn client(base_url: &str) -> Client {
    builder(base_url).build().expect("the settings are right")
}

#[track_caller]
fn check(printed: &str) {
    for secret in SECRETS {
        for start in 0..=secret.len() - 4 {
            let piece = &secret[start..start + 4];
            assert!(!printed.contains(piece), "`{piece}` in: {printed}");
        }
    }
}

#[track_caller]
fn check_debug(value: &impl Debug) {
    check(&format!("{value:?} {value:#?}"));
}

/// Checks an error as `Debug` and `Display`, with all its sources.
#[track_caller]
fn check_error(error: &dyn std::error::Error) {
    let mut printed = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(printed, "{error} {error:?} {error:#?} ").expect("writing to a string");
        next = error.source();
    }
    check(&printed);
}

async fn failure(status: u16, body: &str) -> Error<Problem> {
    let server = MockServer::start().await;
    let template = ResponseTemplate::new(status).set_body_string(body).insert_header("X-Echo", BODY);
    let template = template.insert_header("Location", format!("/notes?key={}", SECRETS[0]));
    Mock::given(any()).respond_with(template).mount(&server).await;
    let error = send(&client(&server.uri()), &note(MESSAGE)).await.expect_err("a failure");
    assert_eq!(error.raw_body(), Some(body.as_bytes()));
    error
}

#[tokio::test]
async fn errors_with_a_response() {
    for status in [200, 400, 500, 302] {
        for body in [
            String::new(),
            BODY.to_owned(),
            format!("\"{BODY}\""),
            format!("{{\"id\": [\"{BODY}\"], \"errorCode\": \"{BODY}\"}}"),
            format!("{{\"id\": {{\"{BODY}\": 1}}, \"{BODY}\": 2}}"),
            format!("{{\"{BODY}\": tru}}"),
        ] {
            check_error(&failure(status, &body).await);
        }
    }
}

#[tokio::test]
async fn errors_without_a_response() {
    let long = note(&MESSAGE.repeat(5));
    let broken = client(&serve_bytes(format!("HTTP/1.1 200 X\r\nContent-Length: 99\r\n\r\n{BODY}"), Fault::Close));
    let closed = client(&serve_bytes(String::new(), Fault::Close));
    let garbled = client(&serve_bytes(format!("{BODY}\r\n\r\n"), Fault::Close));
    let hanging = client(&serve_bytes(String::new(), Fault::Hang));
    let note = note(MESSAGE);

    check_error(&send(&closed, &long).await.expect_err("too long"));
    check_error(&send(&broken, &note).await.expect_err("broken off"));
    check_error(&send(&closed, &note).await.expect_err("closed"));
    check_error(&send(&garbled, &note).await.expect_err("not HTTP"));
    check_error(&send(&hanging, &note).timeout(Duration::from_millis(50)).await.expect_err("late"));
}

#[test]
fn settings() {
    for (base_url, credentials) in [
        (format!("https://user:{PASSWORD}@example.com"), Credentials::bearer("token", SECRETS[0])),
        (format!("{PASSWORD}://example.com"), Credentials::bearer("token", SECRETS[0])),
        ("https://example.com".into(), Credentials::bearer("token", format!("{}\n", SECRETS[0]))),
        ("https://example.com".into(), Credentials::basic("basic", "user", format!("{PASSWORD}\n"))),
        ("https://example.com".into(), Credentials::basic("basic", format!("{PASSWORD}:"), "x")),
    ] {
        check_debug(&credentials);
        let unfinished = ClientBuilder::<Client>::new(base_url, "notes/1.0");
        check_debug(&unfinished);
        let builder = unfinished.credentials(credentials);
        check_debug(&builder);
        check_error(&builder.build().map(drop).expect_err("refused"));
    }
}

#[tokio::test]
async fn values_on_the_way() {
    let server = MockServer::start().await;
    let template = ResponseTemplate::new(200).set_body_string(format!("{{\"extra\": \"{BODY}\"}}"));
    Mock::given(any()).respond_with(template.insert_header("X-Echo", BODY)).mount(&server).await;

    let builder = builder(&server.uri());
    check_debug(&builder);
    let client = builder.build().expect("a client");
    check_debug(&client);
    let note = note(MESSAGE);
    check_debug(&send(&client, &note));
    check_debug(&send(&client, &note).into_future());
    let response = send(&client, &note).with_response().await.expect("accepted");
    check_debug(&response);
    assert!(response.raw_body().ends_with(b"\"}"));
}

#[test]
fn values() {
    check_debug(&redact(MESSAGE));
    check_debug(&Some(MESSAGE).as_ref().map(redact));
    check(&redact(MESSAGE).to_string());
    check_error(&DateTime::from(MESSAGE).timestamp().expect_err("no date"));

    let violations = Note { text: MESSAGE.repeat(5) }.validate().expect_err("too long");
    check_error(&violations);
    check_debug(&violations.iter().collect::<Vec<_>>());
    assert!(Violations::new().source().is_none());

    for text in [format!("\"{MESSAGE}\""), format!("{{\"{BODY}\": {{}}}}"), MESSAGE.to_owned()] {
        check_error(&json::decode::<std::collections::BTreeMap<String, u8>>(text.as_bytes()).expect_err("no map"));
    }
}
