//! Responses that are received as a stream of bytes.

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use wirecrate_runtime::{BodyStream, BodyStreamError, Bytes, Error, Outcome};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{Fault, builder, client, note, send, serve_bytes};

/// All pieces up to the first error.
async fn collect(mut stream: BodyStream) -> (Vec<u8>, Option<BodyStreamError>) {
    let mut received = Vec::new();
    while let Some(bytes) = stream.next().await {
        match bytes {
            Ok(bytes) => received.extend(bytes),
            Err(error) => {
                assert!(stream.next().await.is_none(), "an error is the end");
                return (received, Some(error));
            }
        }
    }
    (received, None)
}

async fn serve(body: Vec<u8>) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(429)).up_to_n_times(1).mount(&server).await;
    let response = ResponseTemplate::new(206).set_body_raw(body, "image/png");
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

#[tokio::test]
async fn a_stream_is_not_limited_by_the_setting_of_the_client() {
    let body: Vec<u8> = (0..=u8::MAX).cycle().take(3_000_000).collect();
    let server = serve(body.clone()).await;
    let client = builder(&server.uri()).max_response_bytes(10).build().expect("a client");
    let (note, other) = (note("x"), note("y"));
    let stream = send(&client, &note).stream().await.expect("a success after a 429");
    assert_eq!((stream.status().as_u16(), stream.attempts()), (206, 2));
    assert_eq!(stream.headers()["content-type"], "image/png");
    assert!(!format!("{stream:?}").contains("png"), "headers may be personal");
    let (received, error) = collect(stream).await;
    assert!(received == body && error.is_none());
    let pieces: Vec<Result<Bytes, _>> = send(&client, &other).stream().await.expect("a success").collect().await;
    assert_eq!(pieces.into_iter().map(|piece| piece.expect("bytes").len()).sum::<usize>(), body.len());
}

#[tokio::test]
async fn the_limit_of_the_call_ends_a_stream() {
    let server = serve(vec![7; 100]).await;
    let client = client(&server.uri());
    for (limit, fits) in [(100, true), (99, false)] {
        let note = note("x");
        let stream = send(&client, &note).max_response_bytes(limit).stream().await.expect("a success");
        let (received, error) = collect(stream).await;
        assert_eq!((error.is_none(), received.len() <= limit), (fits, true));
        assert!(
            error
                .is_none_or(|error| error.to_string() == "the response is longer than 99 bytes" && !error.is_timeout())
        );
    }
}

#[tokio::test]
async fn an_error_status_is_not_streamed() {
    let server = MockServer::start().await;
    let refusal = ResponseTemplate::new(400).set_body_raw(r#"{"errorCode": "E400"}"#, "application/json");
    Mock::given(any()).respond_with(refusal).mount(&server).await;
    let client = builder(&server.uri()).max_response_bytes(1000).build().expect("a client");
    let error = send(&client, &note("x")).stream().await.expect_err("400");
    assert_eq!(error.body().map(|problem| &*problem.error_code), Some("E400"));
    assert_eq!(error.outcome(), Outcome::Rejected);
}

#[tokio::test]
async fn a_body_that_is_cut_off_or_stops_is_an_error_after_its_bytes() {
    let response = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello".to_owned();
    for (fault, is_timeout) in [(Fault::Close, false), (Fault::Hang, true)] {
        let client = client(&serve_bytes(response.clone(), fault));
        let start = Instant::now();
        let note = note("x");
        let call = send(&client, &note).attempt_timeout(Duration::from_millis(200)).stream();
        let (received, error) = collect(call.await.expect("the headers arrive")).await;
        let error = error.expect("five bytes are missing");
        assert_eq!((&*received, error.is_timeout()), (&b"hello"[..], is_timeout), "{error:?}");
        assert!(start.elapsed() < Duration::from_secs(20));
        assert!(std::error::Error::source(&error).is_some());
    }
}

/// The timeout of an attempt applies to everything before the body.
#[tokio::test]
async fn a_stream_that_does_not_begin_times_out() {
    let head = "HTTP/1.1 200 OK\r\nContent-Le".to_owned();
    let failure = "HTTP/1.1 400 Bad Request\r\nContent-Length: 10\r\n\r\nhello".to_owned();
    for (response, status) in [(head, None), (failure, Some(400))] {
        let client = client(&serve_bytes(response, Fault::Hang));
        let error = send(&client, &note("x")).attempt_timeout(Duration::from_millis(200)).stream().await;
        let error = error.expect_err("it stops");
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), status);
        assert_eq!(error.attempts(), 1, "{error:?}");
        assert!(matches!((&error, status), (Error::Transport(_), None) | (Error::Status(_), Some(_))));
    }
}
