//! The spans and events of a call: its course, and no personal data.
//!
//! All traces and logs of this program are captured, including those of libraries.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use infobip_tests::sample;
use infobip_tests::service::{API_KEY, Service};
use infobip_whatsapp::models::ContactMessage;
use infobip_whatsapp::{Bulk, Client, Credentials, Retry};
use tracing::Dispatch;
use tracing::level_filters::LevelFilter;
use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use wirecrate_runtime::generated::CallBuilder;
use wirecrate_runtime::{ClientBuilder, Method, Operation};
use wiremock::ResponseTemplate;

use crate::endpoint::redaction::check_printed;

/// Captures the output of the current thread until it is dropped.
struct Capture {
    text: Arc<Mutex<Vec<u8>>>,
    _guard: DefaultGuard,
}

#[derive(Clone)]
struct Writer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no test panics with the lock held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// With a single subscriber in the program, `tracing` caches the interest of the thread that first reaches an event, so
/// a test without a subscriber would disable the event for all others. With a second subscriber, the interest is not
/// cached across threads.
static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::new()));

impl Capture {
    fn start() -> Self {
        LazyLock::force(&ANOTHER);
        let text = Arc::default();
        let writer = Writer(Arc::clone(&text));
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        Self { text, _guard: subscriber.set_default() }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.text.lock().expect("no test panics with the lock held")).into_owned()
    }
}

#[track_caller]
fn check_contains(text: &str, wanted: &[&str]) {
    for wanted in wanted {
        assert!(text.contains(wanted), "`{wanted}` is not in\n{text}");
    }
}

fn message() -> ContactMessage {
    let mut message = sample::message();
    message.message_id = Some("Qz-id".into());
    message
}

#[tokio::test]
async fn a_call_is_a_span_with_the_names_of_opentelemetry() {
    let service = Service::accepting().await;
    let client = service.client();
    let capture = Capture::start();
    client.send_whatsapp_contact_message(&sample::message()).await.expect("accepted");
    let text = capture.text();
    check_contains(
        &text,
        &[
            r#"otel.name=POST /whatsapp/1/message/contact otel.kind="client""#,
            r#"http.request.method="POST""#,
            r#"url.template="/whatsapp/1/message/contact""#,
            r#"server.address="127.0.0.1" server.port="#,
            "http.response.status_code=200",
            "attempt ended attempt=1",
            // The HTTP library writes this line with `log`.
            "starting new connection",
        ],
    );
    assert!(!text.contains("error.type") && !text.contains("resend_count="), "{text}");
    check_printed(&text);
}

#[tokio::test]
async fn failures_have_a_type_and_a_count() {
    for (status, retry, wanted) in [
        (429, Retry::Safe, &["http.request.resend_count=3", r#"error.type="429""#, "attempt=4"][..]),
        (503, Retry::Safe, &[r#"error.type="503""#, "http.response.status_code=503"]),
        (503, Retry::Ambiguous, &["http.request.resend_count=3", r#"error.type="503""#]),
        (200, Retry::Safe, &[r#"error.type="unreadable_response""#, r#"otel.status_code="ERROR""#]),
    ] {
        let service = Service::answering(ResponseTemplate::new(status).set_body_string("Qz")).await;
        let client = service.client();
        let capture = Capture::start();
        client.send_whatsapp_contact_message(&message()).retry(retry).await.expect_err("a failure");
        check_contains(&capture.text(), wanted);
        check_printed(&capture.text());
    }
}

#[tokio::test]
async fn the_announced_end_of_an_operation_is_a_warning() {
    let template = ResponseTemplate::new(200).set_body_json(sample::response_json());
    let service = Service::answering(template.insert_header("Sunset", "Qz")).await;
    let client = service.client();
    let capture = Capture::start();
    client.send_whatsapp_contact_message(&message()).await.expect("accepted");
    check_contains(&capture.text(), &["WARN", "the service announces the end of this operation"]);
    check_printed(&capture.text());
}

/// Covers all outcomes of a call, with a key, a message and responses that must not be traced.
#[tokio::test]
async fn nothing_traced_shows_a_key_a_person_or_a_message() {
    let capture = Capture::start();
    let refused = Client::builder("http://127.0.0.1:1").credentials(Credentials::api_key(API_KEY));
    let refused = refused.backoff(Duration::ZERO, Duration::ZERO).build().expect("well-formed");
    refused.send_whatsapp_contact_message(&message()).await.expect_err("the port is closed");
    let mut wrong = message();
    wrong.from = "Qz".repeat(40);
    refused.send_whatsapp_contact_message(&wrong).await.expect_err("the message violates a constraint");
    refused.send_whatsapp_contact_message(&message()).header("x-a", "Qz\r\n").await.expect_err("the header is invalid");
    for status in [200, 302, 400, 401, 408, 429, 500] {
        let response = ResponseTemplate::new(status).insert_header("X-Echo", "Qz").set_body_string(r#"{"to": ["Qz"]}"#);
        let service = Service::answering(response).await;
        let client = service.client();
        for retry in [Retry::Never, Retry::Safe, Retry::Ambiguous] {
            let message = message();
            let call = client.send_whatsapp_contact_message(&message).header("X-Trace", "Qz").retry(retry);
            call.with_response().await.expect_err("a failure");
        }
        let mut sending = Bulk::new([message(), message()])
            .send(|message| client.send_whatsapp_contact_message(message).into_future());
        while let Some((message, result)) = sending.next().await {
            drop((message, result));
        }
    }
    let text = capture.text();
    check_contains(&text, &["TRACE", "DEBUG", "attempt ended"]);
    check_printed(&text);
}

/// Covers secrets outside of `Authorization`: the HTTP library has one in the URL, and the service repeats it in a redirect.
#[tokio::test]
async fn nothing_traced_shows_a_secret_in_the_query_or_a_cookie() {
    static READ: Operation =
        Operation::new("read", Method::GET, "/notes").no_response_body().security(&[&["key", "session"]]);
    let capture = Capture::start();
    let mut base_urls = vec!["http://127.0.0.1:1".to_owned()];
    let mut services = Vec::new();
    for status in [204, 302, 401, 429, 500] {
        let location = format!("/notes?key={API_KEY}");
        let service = Service::answering(ResponseTemplate::new(status).insert_header("Location", &*location)).await;
        base_urls.push(service.base_url());
        services.push(service);
    }
    for base_url in base_urls {
        let credentials = wirecrate_runtime::Credentials::query("key", "key", API_KEY)
            .and(wirecrate_runtime::Credentials::cookie("session", "session", API_KEY));
        let builder = ClientBuilder::new(base_url, "notes/1.0").credentials(credentials);
        let client: wirecrate_runtime::Client =
            builder.backoff(Duration::ZERO, Duration::ZERO).build().expect("well-formed");
        let call = CallBuilder::without_body(&client, &READ).build::<(), Infallible>();
        if let Err(error) = call.await {
            check_printed(&format!("{error} {error:?}"));
        }
    }
    let text = capture.text();
    check_contains(&text, &["TRACE", "DEBUG", "attempt ended", "url.template=\"/notes\""]);
    check_printed(&text);
}
