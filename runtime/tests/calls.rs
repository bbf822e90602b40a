//! The options of one call, and the facts in its error: headers, path parameters, attempts, the outcome and the
//! message id.

use std::error::Error as _;

use wirecrate_runtime::generated::{CallBuilder, Parameters, Style};
use wirecrate_runtime::{Call, Error, Method, Operation, Outcome, RequestError, Retry, StatusCode};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Fault, Note, Problem, builder, client, note, send, send_identified, serve_bytes};

/// A server that answers with the first status a number of times, and then with the second.
async fn serve(statuses: [u16; 2], times: u64) -> MockServer {
    let server = MockServer::start().await;
    for (status, times) in statuses.into_iter().zip([Some(times), None]) {
        let mock = Mock::given(any()).respond_with(ResponseTemplate::new(status).set_body_string("{}"));
        let mock =
            times.map_or_else(|| Mock::given(any()).respond_with(answer(status)), |times| mock.up_to_n_times(times));
        mock.mount(&server).await;
    }
    server
}

fn answer(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_string("{}")
}

async fn requests(server: &MockServer) -> Vec<wiremock::Request> {
    server.received_requests().await.expect("recorded")
}

#[tokio::test]
async fn adds_headers_to_one_request() {
    let server = serve([200, 200], 1).await;
    let client = client(&server.uri());
    let note = note("x");
    send(&client, &note).header("X-Request-Id", "r 1").header("user-agent", "mine/1").await.expect("accepted");
    send(&client, &note).await.expect("accepted");
    let requests = requests(&server).await;
    assert_eq!(requests[0].headers["x-request-id"], "r 1");
    assert_eq!(requests[0].headers.get_all("user-agent").iter().collect::<Vec<_>>(), ["mine/1"]);
    assert!(requests[1].headers.get("x-request-id").is_none());
    assert_eq!(requests[1].headers["user-agent"], "notes/1.0");
}

#[tokio::test]
async fn refuses_headers_that_would_make_another_request() {
    let server = serve([200, 200], 1).await;
    let client = client(&server.uri());
    let note = note("x");
    for (name, value) in
        [("Authorization", "App other"), ("x-a", "b\r\nHost: c"), ("x a", "bobby"), ("content-length", "0017")]
    {
        let error = send(&client, &note).header(name, value).header("x-b", "fine").await.expect_err("refused");
        assert!(matches!(error, Error::Request(_)), "{error:?}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 0));
        assert!(!error.is_retryable() && error.source().is_some());
        assert!(!format!("{error} {error:?}").contains(value));
    }
    assert_eq!(requests(&server).await.len(), 0);
}

#[tokio::test]
async fn path_parameters_stay_in_their_segment() {
    static READ: Operation =
        Operation::new("read", Method::POST, "/senders/{sender}/message/{id}/read").no_response_body();
    let server = serve([200, 200], 1).await;
    let client = client(&format!("{}/base", server.uri()));
    let note = note("x");
    let call = |sender: &str| -> Call<'_, Note, (), Problem> {
        let write = |sender: &&str, to: &mut Parameters| {
            to.path("sender", Style::SIMPLE, sender);
            to.path("id", Style::SIMPLE, &17);
        };
        CallBuilder::json(&client, &READ, &note).parameters(&sender, |_| Ok(()), write).build()
    };
    call("../a/b?c#d é").await.expect("accepted");
    for bad in ["", ".", ".."] {
        let error = call(bad).await.expect_err("refused");
        assert!(matches!(error, Error::Request(RequestError::PathParameter)), "{error:?}");
    }
    let paths: Vec<_> = requests(&server).await.into_iter().map(|request| request.url.path().to_owned()).collect();
    assert_eq!(paths, ["/base/senders/..%2Fa%2Fb%3Fc%23d%20%C3%A9/message/17/read"]);
}

#[tokio::test]
async fn sends_again_after_429_and_tells_how_often() {
    let server = serve([429, 200], 2).await;
    let client = client(&server.uri());
    let note = note("x");
    let response = send_identified(&client, &note).with_response().await.expect("accepted");
    assert_eq!((response.status(), response.attempts()), (StatusCode::OK, 3));
    let requests = requests(&server).await;
    assert!(requests.iter().all(|request| request.body == requests[0].body));
}

#[tokio::test]
async fn a_message_that_may_have_arrived_is_repeated_only_on_request() {
    for (retry, identify, attempts) in
        [(Retry::Safe, true, 1), (Retry::Never, true, 1), (Retry::Ambiguous, false, 1), (Retry::Ambiguous, true, 4)]
    {
        let server = serve([503, 503], 9).await;
        let client = client(&server.uri());
        let note = note("id-17");
        let call = if identify { send_identified(&client, &note) } else { send(&client, &note) };
        let error = call.retry(retry).await.expect_err("503");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, attempts), "{retry:?}");
        assert_eq!(error.message_id(), identify.then_some("id-17"));
        assert!(!error.is_retryable());
        assert_eq!(requests(&server).await.len(), attempts as usize);
    }
}

#[tokio::test]
async fn an_empty_id_identifies_nothing() {
    let server = serve([503, 503], 9).await;
    let client = client(&server.uri());
    let note = note("");
    let error = send_identified(&client, &note).unchecked().retry(Retry::Ambiguous).await.expect_err("503");
    assert_eq!((error.message_id(), error.attempts()), (None, 1));
}

#[tokio::test]
async fn an_unreadable_success_is_unknown_and_stays_so() {
    for retry in [Retry::Safe, Retry::Ambiguous] {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_string("<html>")).mount(&server).await;
        let client = client(&server.uri());
        let note = note("id-17");
        let error = send_identified(&client, &note).retry(retry).await.expect_err("not JSON");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
        assert_eq!(error.message_id(), Some("id-17"));
        assert_eq!(requests(&server).await.len(), 1);
    }
}

#[tokio::test]
async fn a_message_that_may_have_arrived_stays_unknown_when_it_is_refused_later() {
    let server = serve([500, 400], 1).await;
    let client = client(&server.uri());
    let note = note("id-17");
    let error = send_identified(&client, &note).retry(Retry::Ambiguous).await.expect_err("400");
    assert_eq!((error.status(), error.outcome()), (Some(StatusCode::BAD_REQUEST), Outcome::Unknown));
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn the_outcome_follows_the_bytes_and_not_the_clock() {
    // The attempt times out while connecting: nothing was sent, whichever time-out it was.
    let silent = serve_bytes(String::new(), Fault::Hang).replace("http:", "https:");
    if cfg!(any(feature = "rustls", feature = "native-tls")) {
        let client = builder(&silent).attempt_timeout(std::time::Duration::from_millis(50)).max_attempts(2).build();
        let error = send(&client.expect("a client"), &note("x")).await.expect_err("too late");
        assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 2));
        assert!(error.is_timeout() && error.is_retryable());
    }
    let silent = serve_bytes(String::new(), Fault::Hang);
    let client = builder(&silent).attempt_timeout(std::time::Duration::from_millis(50)).build();
    let error = send(&client.expect("a client"), &note("x")).await.expect_err("too late");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    assert!(error.is_timeout() && !error.is_retryable());
}
