//! Redirects, which are never followed: the builder of an HTTP client is configured here, whatever its settings are.

use wirecrate_runtime::generated::CallBuilder;
use wirecrate_runtime::reqwest::redirect::{Action, Attempt, Policy};
use wirecrate_runtime::reqwest::{self, retry};
use wirecrate_runtime::{Client, Method, Operation, Outcome, Retry, http_client_builder};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Problem, builder, note, send_identified};

/// The path of the message.
const NOTE: &str = "/notes/1/note";

/// The statuses of redirects, and the outcomes of a message that is answered with them.
const REDIRECTS: [(u16, Outcome); 5] = [
    (301, Outcome::Rejected),
    (302, Outcome::Unknown),
    (303, Outcome::Unknown),
    (307, Outcome::Rejected),
    (308, Outcome::Rejected),
];

/// Builders of HTTP clients that would follow redirects and repeat requests.
fn eager_builders() -> [reqwest::ClientBuilder; 4] {
    let always = || {
        retry::for_host("127.0.0.1").no_budget().classify_fn(|attempt| match attempt.status() {
            Some(status) if status.is_success() => attempt.success(),
            _ => attempt.retryable(),
        })
    };
    [
        plain_builder(),
        plain_builder().redirect(Policy::limited(10)).retry(always()),
        http_client_builder().redirect(Policy::limited(10)).retry(always()),
        http_client_builder().redirect(Policy::custom(patient)),
    ]
}

/// The builder of `reqwest`, which works on a machine without certificate authorities, too.
fn plain_builder() -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder();
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    let http = http.tls_danger_accept_invalid_certs(true);
    http
}

fn patient(attempt: Attempt<'_>) -> Action {
    if attempt.previous().len() > 10 { attempt.stop() } else { attempt.follow() }
}

fn client(server: &MockServer, http: reqwest::ClientBuilder) -> Client {
    builder(&server.uri()).http_client(http).build().expect("the settings are right")
}

/// A server that carries out each message and redirects to a location. If a redirect to itself were followed, the
/// response to the second request would be a reason to send the message again.
async fn redirecting(status: u16, location: &str) -> MockServer {
    let server = MockServer::start().await;
    let to = |location: &str| ResponseTemplate::new(status).insert_header("Location", location);
    Mock::given(method("POST")).and(path(NOTE)).respond_with(to(location)).mount(&server).await;
    Mock::given(path("/away")).respond_with(to(NOTE)).mount(&server).await;
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(429)).mount(&server).await;
    server
}

#[tokio::test]
async fn a_message_is_sent_once_wherever_a_redirect_leads() {
    let elsewhere = MockServer::start().await;
    for (status, outcome) in REDIRECTS {
        for location in [NOTE, "/away", &format!("{}{NOTE}", elsewhere.uri())] {
            for http in eager_builders() {
                let server = redirecting(status, location).await;
                let client = client(&server, http);
                let note = note("id-17");
                let call = send_identified(&client, &note).retry(Retry::Ambiguous);
                let error = call.await.expect_err("a redirect is no success");
                let seen = error.status().map(|status| status.as_u16());
                assert_eq!((seen, error.outcome(), error.attempts()), (Some(status), outcome, 1), "to {location}");
                assert_eq!(error.headers().map(|headers| headers["location"].as_bytes()), Some(location.as_bytes()));
                let requests = server.received_requests().await.expect("recorded");
                assert_eq!(requests.len(), 1, "{status} to {location}");
            }
        }
    }
    assert_eq!(elsewhere.received_requests().await.expect("recorded").len(), 0);
}

#[tokio::test]
async fn the_http_library_repeats_nothing() {
    static READ: Operation = Operation::new("read", Method::GET, "/notes");
    for http in eager_builders() {
        let server = MockServer::start().await;
        Mock::given(method("GET")).respond_with(ResponseTemplate::new(503)).mount(&server).await;
        let client = client(&server, http);
        let call = CallBuilder::without_body(&client, &READ).build::<(), Problem>().retry(Retry::Never);
        assert_eq!(call.await.expect_err("503").attempts(), 1);
        assert_eq!(server.received_requests().await.expect("recorded").len(), 1);
    }
}
