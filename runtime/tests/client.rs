//! The client against a server on this machine: its requests, and its reaction to every response.

use std::error::Error as _;
use std::future::IntoFuture;
use std::time::Duration;

use wirecrate_runtime::generated::CallBuilder;
use wirecrate_runtime::{
    CallFuture, ClientBuilder, Credentials, Error, HeaderMap, Method, Operation, Response, Retry, StatusCode,
    TransportErrorKind, http_client_builder,
};
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Accepted, Client, Fault, Problem, builder, client, note, send, serve_bytes};

const ACCEPTED: &str = r#"{"id": "a28dd97c", "new": [1]}"#;

async fn serve(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(path("/notes/1/note")).respond_with(response).mount(&server).await;
    server
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json")
}

#[tokio::test]
async fn sends_the_operation_and_decodes_the_response() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/prefix/notes/1/note"))
        .and(header("Accept", "application/json"))
        .and(header("Content-Type", "application/json"))
        .and(header("User-Agent", "notes/1.0"))
        .and(body_string(r#"{"text":"hello"}"#))
        .respond_with(json(200, ACCEPTED))
        .expect(1)
        .mount(&server)
        .await;

    let client = client(&format!("{}/prefix/", server.uri()));
    let accepted = send(&client, &note("hello")).await.expect("accepted");
    assert_eq!(accepted, Accepted { id: Some("a28dd97c".into()) });
}

#[tokio::test]
async fn sends_each_header_once() {
    let mut defaults = HeaderMap::new();
    for name in ["authorization", "accept", "content-type", "user-agent"] {
        defaults.append(name, "theirs".parse().expect("a header value"));
        defaults.append(name, "theirs too".parse().expect("a header value"));
    }
    let theirs = http_client_builder().default_headers(defaults);
    let server = serve(json(200, ACCEPTED)).await;
    let own = builder(&server.uri()).user_agent("my-app/2").build();
    let given = builder(&server.uri()).user_agent("my-app/2").http_client(theirs).build();

    for client in [own, given] {
        send(&client.expect("a client"), &note("x")).await.expect("accepted");
    }
    for request in server.received_requests().await.expect("recorded") {
        for (name, expected) in [
            ("authorization", "App key-1234567890"),
            ("accept", "application/json"),
            ("content-type", "application/json"),
            ("user-agent", "my-app/2"),
        ] {
            let values: Vec<_> = request.headers.get_all(name).iter().collect();
            assert_eq!(values, [expected], "{name}");
        }
        assert!(request.headers.get("referer").is_none());
    }
}

#[tokio::test]
async fn gives_the_whole_response_on_request() {
    let server = serve(json(202, ACCEPTED).insert_header("X-Request-Id", "r-1")).await;
    let client = client(&server.uri());
    let note = note("x");
    let response = send(&client, &note).with_response().timeout(Duration::MAX).await;
    let response = response.expect("accepted");
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    assert_eq!(response.headers()["x-request-id"], "r-1");
    assert_eq!(response.raw_body(), ACCEPTED.as_bytes());
    assert_eq!(response.body().id.as_deref(), Some("a28dd97c"));
    assert_eq!(response.into_body(), Accepted { id: Some("a28dd97c".into()) });
}

#[tokio::test]
async fn a_success_without_a_body_is_a_success() {
    static OPERATION: Operation = Operation::new("send-note", Method::POST, "/notes/1/note").no_response_body();
    for response in [ResponseTemplate::new(204), ResponseTemplate::new(200), json(200, "{}"), json(201, "<html>")] {
        let server = serve(response).await;
        let client = client(&server.uri());
        let note = note("hello");
        let response = CallBuilder::json(&client, &OPERATION, &note)
            .build::<(), Problem>()
            .with_response()
            .await
            .expect("a success");
        assert!(response.status().is_success());
    }
}

#[tokio::test]
async fn a_response_may_begin_with_a_byte_order_mark() {
    let server = serve(json(200, &format!("\u{feff}{ACCEPTED}"))).await;
    let accepted = send(&client(&server.uri()), &note("x")).await.expect("accepted");
    assert_eq!(accepted.id.as_deref(), Some("a28dd97c"));
    let server = serve(json(400, "\u{feff}{\"errorCode\": \"E400\"}")).await;
    let error = send(&client(&server.uri()), &note("x")).await.expect_err("400");
    assert_eq!(error.body().map(|problem| problem.error_code.as_str()), Some("E400"));
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let server = serve(json(200, ACCEPTED)).await;
    let call = {
        let client = client(&server.uri());
        send(&client, &note("gone by now")).into_future()
    };
    let accepted = tokio::spawn(call).await.expect("no panic").expect("accepted");
    assert_eq!(accepted.id.as_deref(), Some("a28dd97c"));
}

#[tokio::test]
async fn checks_before_sending_unless_told_not_to() {
    let server = serve(json(200, ACCEPTED)).await;
    let client = client(&server.uri());
    let long = note(&"x".repeat(41));

    let error = send(&client, &long).await.expect_err("too long");
    assert_eq!(error.to_string(), "the request violates constraints and was not sent");
    let violations = error.violations().expect("violations").to_string();
    assert_eq!(violations, "`text`: 41 characters, `maxLength` is 40");
    assert_eq!(server.received_requests().await.expect("recorded").len(), 0);

    send(&client, &long).unchecked().await.expect("accepted");
    assert_eq!(server.received_requests().await.expect("recorded").len(), 1);
}

#[tokio::test]
async fn every_error_status_keeps_its_headers_and_body() {
    const PROBLEM: &str = r#"{"errorCode": "E400", "extra": true}"#;
    const HTML: &str = "<html><body>Bad Gateway</body></html>";
    for (status, body, code) in [
        (400, PROBLEM, Some("E400")),
        (401, PROBLEM, Some("E400")),
        (403, "{}", None),
        (404, "[]", None),
        (429, r#"{"errorCode": 7}"#, None),
        (500, "", None),
        (502, HTML, None),
        (301, PROBLEM, Some("E400")),
        (304, "", None),
    ] {
        let template = ResponseTemplate::new(status).insert_header("Retry-After", "7");
        let server = serve(template.set_body_string(body)).await;
        let client = client(&server.uri());
        let note = note("x");
        let error = send(&client, &note).retry(Retry::Never).await.expect_err("an error status");

        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        let expected = StatusCode::from_u16(status).expect("a status");
        assert!(matches!(error, Error::Status(_)), "{error:?}");
        assert_eq!(error.status(), Some(expected));
        assert_eq!(error.headers().map(|headers| headers["retry-after"].as_bytes()), Some(&b"7"[..]));
        assert_eq!(error.raw_body(), Some(body.as_bytes()));
        assert_eq!(error.body().map(|Problem { error_code }| error_code.as_str()), code);
        assert_eq!(error.to_string(), format!("the service responded with {expected}"));
        assert!(!error.is_timeout());
    }
}

#[tokio::test]
async fn follows_no_redirect() {
    let elsewhere = serve(json(200, ACCEPTED)).await;
    let target = format!("{}/notes/1/note", elsewhere.uri());
    let server = serve(ResponseTemplate::new(307).insert_header("Location", target)).await;
    let error = send(&client(&server.uri()), &note("x")).await.expect_err("a redirect");
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(elsewhere.received_requests().await.expect("recorded").len(), 0);
}

#[tokio::test]
async fn a_response_that_cannot_be_decoded_keeps_its_status() {
    for (body, text, cause) in [
        ("", "but the response is empty", Some("unexpected end of JSON (line 1, column 0)")),
        ("<html>", "but the response could not be decoded", Some("not valid JSON (line 1, column 1)")),
        (
            r#"{"id": 7}"#,
            "but the response could not be decoded",
            Some("unexpected JSON value at `id`, expected a string (line 1, column 8)"),
        ),
    ] {
        let server = serve(json(200, body).insert_header("X-Request-Id", "r-1")).await;
        let error = send(&client(&server.uri()), &note("x")).await.expect_err("not a response");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("the service responded with 200 OK, {text}"));
        assert_eq!(error.source().map(ToString::to_string).as_deref(), cause);
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.headers().map(|headers| headers["x-request-id"].as_bytes()), Some(&b"r-1"[..]));
        assert_eq!(error.raw_body(), Some(body.as_bytes()));
        assert!(error.body().is_none());
    }
}

#[tokio::test]
async fn bounds_the_response() {
    let long = format!(r#"{{"id": "{}"}}"#, "x".repeat(200_000));
    for (status, limit) in [(200, 100), (500, 100), (200, 0)] {
        let server = serve(json(status, &long)).await;
        let client = builder(&server.uri()).max_response_bytes(limit).build().expect("a client");
        let error = send(&client, &note("x")).await.expect_err("too long");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.raw_body(), Some(&long.as_bytes()[..limit]));
        if status == 200 {
            let text = format!("the service responded with 200 OK, but the response is longer than {limit} bytes");
            assert_eq!(error.to_string(), text);
        }
    }
    let server = serve(json(200, &long)).await;
    let client = builder(&server.uri()).max_response_bytes(long.len()).build().expect("a client");
    send(&client, &note("x")).await.expect("just short enough");
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_the_status() {
    for (status, fault) in [(200, Fault::Close), (500, Fault::Close), (200, Fault::Hang), (500, Fault::Hang)] {
        let response = format!("HTTP/1.1 {status} X\r\nContent-Length: 90\r\nX-Request-Id: r-1\r\n\r\n{{\"id\": \"a");
        let client = client(&serve_bytes(response, fault));
        let error = send(&client, &note("x")).timeout(Duration::from_millis(300)).await;
        let error = error.expect_err("half a response");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.headers().map(|headers| headers["x-request-id"].as_bytes()), Some(&b"r-1"[..]));
        assert_eq!(error.raw_body(), Some(&br#"{"id": "a"#[..]));
        assert_eq!(error.is_timeout(), fault == Fault::Hang);
        assert_eq!(matches!(error, Error::Decode(_)), status == 200);
        assert!(error.source().is_some());
    }
}

#[track_caller]
fn check_transport(error: &Error<Problem>, kind: TransportErrorKind, is_timeout: bool) {
    let Error::Transport(transport) = error else { panic!("{error:?}") };
    assert_eq!(transport.kind(), kind);
    assert_eq!(error.is_timeout(), is_timeout);
    assert_eq!(error.status(), None);
    assert_eq!(error.to_string(), "there is no response from the service");
}

#[tokio::test]
async fn a_connection_that_is_refused() {
    // Bound and not listening. A port that is only free could belong to another test a moment later.
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.bind((std::net::Ipv4Addr::LOCALHOST, 0).into()).expect("a free port");
    let address = socket.local_addr().expect("an address");
    let error = send(&client(&format!("http://{address}")), &note("x")).await;
    check_transport(&error.expect_err("nobody there"), TransportErrorKind::Connect, false);
}

#[tokio::test]
async fn a_connection_that_is_closed_without_an_answer() {
    let client = client(&serve_bytes(String::new(), Fault::Close));
    let error = send(&client, &note("x")).await.expect_err("closed");
    check_transport(&error, TransportErrorKind::Interrupted, false);
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time() {
    let address = serve_bytes(String::new(), Fault::Hang);
    let client = builder(&address).timeout(Duration::from_millis(100)).build().expect("a client");
    let error = send(&client, &note("x")).await.expect_err("too late");
    check_transport(&error, TransportErrorKind::Timeout, true);

    let client = crate::support::client(&address);
    let error = send(&client, &note("x")).timeout(Duration::from_millis(100)).await;
    check_transport(&error.expect_err("too late"), TransportErrorKind::Timeout, true);
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || listener.incoming().for_each(drop));
    let error = send(&client(&format!("https://{address}")), &note("x")).await;
    check_transport(&error.expect_err("no TLS"), TransportErrorKind::Connect, false);
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_connection_that_does_not_come_in_time() {
    let address = serve_bytes(String::new(), Fault::Hang).replace("http:", "https:");
    let builder = builder(&address).connect_timeout(Duration::from_millis(100));
    let error = send(&builder.build().expect("a client"), &note("x")).await;
    check_transport(&error.expect_err("too late"), TransportErrorKind::ConnectTimeout, true);
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn https_without_tls_is_refused_when_building() {
    let error = builder("https://example.com").build().map(drop).expect_err("no TLS");
    assert!(matches!(error, wirecrate_runtime::ConfigurationError::NoTls));
}

/// The types that users move between threads and tasks.
#[test]
fn types_are_send_and_sync() {
    fn check<T: Send + Sync + Unpin + 'static>() {}
    fn check_future<T: Send + Unpin + 'static>() {}

    check::<Client>();
    check::<Error<Problem>>();
    check::<Response<Accepted>>();
    check_future::<CallFuture<Accepted, Problem>>();
    assert!(size_of::<Result<(), Error<Problem>>>() <= 32);
}

#[test]
fn settings_are_checked_when_building() {
    let build = |base_url: &str, user_agent: &str, credentials| {
        let builder = ClientBuilder::<Client>::new(base_url, "notes/1.0");
        let built = builder.user_agent(user_agent).credentials(credentials).build();
        let error = built.map(drop).expect_err("refused");
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        format!("{error}: {source}")
    };
    let good = || Credentials::bearer("token", "token");
    assert_eq!(
        build("http://example.com", "x", good()),
        "the base URL is invalid: plain `http` is only allowed for the local host"
    );
    assert_eq!(
        build("example.com", "x", Credentials::bearer("token", "")),
        "the credentials are invalid: the credentials are empty"
    );
    assert_eq!(build("example.com", "x\n", good()), "the user agent is not a valid header value: ");
}

/// `?` converts every error on the way to a sent note into one type.
#[tokio::test]
async fn one_error_type_for_the_whole_way() {
    async fn way(base_url: &str) -> Result<Accepted, Error<Problem>> {
        let client = builder(base_url).build()?;
        let note = note("x");
        note.validate()?;
        send(&client, &note).await
    }
    let error = way("ftp://example.com").await.expect_err("not https");
    assert!(matches!(error, Error::Configuration(_)));
    let server = serve(json(200, ACCEPTED)).await;
    way(&server.uri()).await.expect("accepted");
}
