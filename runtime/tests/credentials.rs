//! Credentials as a server receives them. It decodes them with other libraries: `cookie`, `base64`, and `url`.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cookie::Cookie;
use wirecrate_runtime::generated::{Anonymous, CallBuilder};
use wirecrate_runtime::{Call, ClientBuilder, Credentials, Error, Method, Operation, Outcome, RequestError};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::support::{Client, Problem};

static READ: Operation = Operation::new("read", Method::GET, "/notes").no_response_body().security(&[
    &["key"],
    &["id", "token", "code"],
    &["left", "right"],
    &[],
]);

fn read(client: &Client) -> Call<'_, (), (), Problem> {
    CallBuilder::without_body(client, &READ).build()
}

async fn server() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    server
}

fn client(server: &MockServer, credentials: Credentials) -> Client {
    ClientBuilder::new(server.uri(), "notes/1.0").credentials(credentials).build().expect("valid settings")
}

/// Sends a request with credentials and returns it as the server received it.
async fn received(credentials: Credentials) -> Request {
    let server = server().await;
    read(&client(&server, credentials)).header("Cookie", "theme=dark").await.expect("accepted");
    let [request] = <[_; 1]>::try_from(server.received_requests().await.expect("recorded")).expect("one request");
    request
}

/// The scheme in the only header `Authorization`, and the text after it.
fn authorization(request: &Request) -> (&str, &str) {
    assert_eq!(request.headers.get_all("authorization").iter().count(), 1);
    let text = request.headers["authorization"].to_str().expect("visible text");
    text.split_once(' ').expect("a scheme")
}

/// The pairs in the only header `Cookie`.
fn cookies(request: &Request) -> Vec<[String; 2]> {
    assert_eq!(request.headers.get_all("cookie").iter().count(), 1);
    let cookies = Cookie::split_parse(request.headers["cookie"].to_str().expect("visible text"));
    let cookies = cookies.map(|cookie| cookie.expect("a pair"));
    cookies.map(|cookie| [cookie.name(), cookie.value()].map(str::to_owned)).collect()
}

/// The pairs in the query.
fn query(request: &Request) -> Vec<[String; 2]> {
    request.url.query_pairs().map(|(name, value)| [name, value].map(Cow::into_owned)).collect()
}

#[tokio::test]
async fn each_kind_arrives_as_it_was_given() {
    for secret in ["abc", "a+b/c==", "a%20b&c=d#e?f", "~!@$^*()[]{}|<>'`"] {
        let request = received(Credentials::bearer("key", secret)).await;
        assert_eq!(authorization(&request), ("Bearer", secret));

        let request = received(Credentials::header("key", "X-API-Key", secret)).await;
        assert_eq!(request.headers["x-api-key"], secret);
        assert!(!request.headers.contains_key("authorization"));

        let request = received(Credentials::query("key", "api key", secret)).await;
        assert_eq!(query(&request), [["api key", secret]]);

        let request = received(Credentials::cookie("key", "sid", secret)).await;
        assert_eq!(cookies(&request), [["theme", "dark"], ["sid", secret]]);
    }
    for (username, password) in [("Aladdin", "open sesame"), ("täst", "123£:4")] {
        let request = received(Credentials::basic("key", username, password)).await;
        let (scheme, encoded) = authorization(&request);
        let decoded = String::from_utf8(STANDARD.decode(encoded).expect("base64")).expect("UTF-8");
        assert_eq!((scheme, decoded.split_once(':')), ("Basic", Some((username, password))));
    }
}

#[tokio::test]
async fn credentials_that_are_required_together_arrive_together() {
    let credentials = Credentials::query("id", "id", "1&2")
        .and(Credentials::bearer("token", "t"))
        .and(Credentials::cookie("code", "code", "c=d"));
    let request = received(credentials).await;
    assert_eq!(query(&request), [["id", "1&2"]]);
    assert_eq!(authorization(&request), ("Bearer", "t"));
    assert_eq!(cookies(&request), [["theme", "dark"], ["code", "c=d"]]);
}

#[tokio::test]
async fn optional_credentials_are_sent_if_they_are_complete() {
    let request = received(Credentials::header("left", "X-Left", "l")).await;
    assert!(!request.headers.contains_key("x-left"));
    let both = Credentials::header("left", "X-Left", "l").and(Credentials::header("right", "X-Right", "r"));
    let request = received(both).await;
    assert_eq!((request.headers["x-left"].as_bytes(), request.headers["x-right"].as_bytes()), (&b"l"[..], &b"r"[..]));
}

#[tokio::test]
async fn nothing_is_sent_without_the_required_credentials() {
    static WRITE: Operation =
        Operation::new("write", Method::POST, "/notes").no_response_body().security(&[&["key"], &["id", "code"]]);
    let server = server().await;
    let with_part = client(&server, Credentials::query("id", "id", "secret"));
    let without: Client =
        ClientBuilder::<_, Anonymous>::anonymous(server.uri(), "notes/1.0").build().expect("valid settings");
    for client in [with_part, without] {
        let call: Call<'_, (), (), Problem> = CallBuilder::without_body(&client, &WRITE).build();
        let error = call.await.expect_err("no credentials");
        assert_eq!((error.outcome(), error.attempts(), error.is_retryable()), (Outcome::NotSent, 0, false));
        let Error::Request(error @ RequestError::MissingCredentials(_)) = error else { panic!("{error}") };
        let expected = "the client has no credentials for the operation, which requires `key`, or `id` and `code`";
        assert_eq!(error.to_string(), expected);
    }
    assert!(server.received_requests().await.expect("recorded").is_empty());
}
