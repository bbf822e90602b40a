//! Bodies that are streams: sent once as they are read, with and without a known length.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;

use futures_util::stream;
use wirecrate_runtime::generated::{CallBuilder, Multipart, Payload};
use wirecrate_runtime::{ByteSource, Call, Client, Error, File, Method, Operation, Outcome, RequestError};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::forms::parts;
use crate::support::client;

static PUT: Operation = Operation::new("put", Method::PUT, "/film").content_type("video/mp4").no_response_body();
static POST: Operation = Operation::new("post", Method::POST, "/film").no_response_body();

fn put<'a>(client: &'a Client, content: &'a ByteSource) -> Call<'a, ByteSource, (), Infallible> {
    CallBuilder::new(client, &PUT, Some(content), Payload::bytes).build()
}

fn pieces() -> ByteSource {
    ByteSource::from_stream(stream::iter([&b"ab"[..], b"", b"cde"].map(Ok::<_, io::Error>)))
}

async fn serve(statuses: &[u16]) -> MockServer {
    let server = MockServer::start().await;
    for status in statuses {
        Mock::given(any()).respond_with(ResponseTemplate::new(*status)).up_to_n_times(1).mount(&server).await;
    }
    server
}

#[tokio::test]
async fn a_stream_is_sent_with_its_length_or_in_chunks() {
    let server = serve(&[204, 204, 204, 204]).await;
    let client = client(&server.uri());
    let reader = ByteSource::from_reader(io::Cursor::new(vec![7; 200_000]));
    for content in [
        pieces(),
        pieces().with_length(5),
        reader,
        ByteSource::from_stream(stream::empty::<io::Result<&[u8]>>()).with_length(0),
    ] {
        put(&client, &content).await.expect("a success");
    }
    let requests = server.received_requests().await.expect("recorded");
    let header =
        |index: usize, name: &str| requests[index].headers.get(name).map(|value| value.to_str().expect("text"));
    assert_eq!((header(0, "transfer-encoding"), header(0, "content-length")), (Some("chunked"), None));
    assert_eq!((header(1, "transfer-encoding"), header(1, "content-length")), (None, Some("5")));
    assert_eq!(header(3, "content-length"), Some("0"));
    assert_eq!((&*requests[0].body, &*requests[1].body), (&b"abcde"[..], &b"abcde"[..]));
    assert_eq!((requests[2].body.len(), header(0, "content-type")), (200_000, Some("video/mp4")));
}

/// The same bytes would be sent four times if they were in memory.
#[tokio::test]
async fn a_stream_is_never_repeated_once_a_part_was_sent() {
    let server = serve(&[429, 204]).await;
    let client = client(&server.uri());
    let content = pieces();
    let error = put(&client, &content).await.expect_err("429");
    assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Rejected));
    let error = put(&client, &content).await.expect_err("the stream was used");
    assert!(matches!(error, Error::Request(RequestError::StreamUsed)), "{error:?}");
    assert_eq!((error.outcome(), error.is_retryable()), (Outcome::NotSent, false));
    assert_eq!(server.received_requests().await.expect("recorded").len(), 1);
    put(&client, &ByteSource::from("abc")).await.expect("bytes can be sent again");
}

#[tokio::test]
async fn a_stream_that_was_not_sent_can_be_tried_again() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("an address");
    let error = put(&client(&format!("http://{free}")), &pieces()).await.expect_err("nothing listens");
    assert_eq!((error.attempts(), error.outcome()), (4, Outcome::NotSent));
}

#[tokio::test]
async fn a_stream_that_fails_or_has_another_length_is_aborted() {
    let failing = || {
        let items = [Ok("ab"), Err(io::Error::other("the disk is gone"))];
        ByteSource::from_stream(stream::iter(items))
    };
    for (content, reason) in [
        (failing(), "the disk is gone"),
        (pieces().with_length(4), "longer than its stated length"),
        (pieces().with_length(6), "shorter than its stated length"),
    ] {
        let server = serve(&[204]).await;
        let error = put(&client(&server.uri()), &content).await.expect_err(reason);
        let mut causes = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
        assert!(causes.any(|cause| cause.to_string().contains(reason)), "{error:?}");
        assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Unknown), "{reason}");
        assert_eq!(server.received_requests().await.expect("recorded").len(), 0, "{reason}");
    }
}

#[tokio::test]
async fn a_file_in_a_form_can_be_a_stream() {
    let server = serve(&[204, 204]).await;
    let client = client(&server.uri());
    for content in [pieces(), pieces().with_length(5)] {
        let file = File::new("film.mp4", content).content_type("video/mp4");
        let call: Call<'_, File, (), Infallible> = CallBuilder::new(&client, &POST, Some(&file), |file| {
            let mut form = Multipart::new();
            form.text("title", None, ["A film"]);
            form.file("film", None, Some(file));
            form.text("year", None, [1999]);
            form.finish()
        })
        .build();
        call.await.expect("a success");
    }
    let requests = server.received_requests().await.expect("recorded");
    assert_eq!(requests[0].headers.get("content-length"), None);
    assert_eq!(requests[1].headers["content-length"], requests[1].body.len().to_string().as_str());
    for request in &requests {
        let parts = parts(request).await;
        let parts: Vec<_> = parts.iter().map(|part| (&*part.name, part.file.as_deref(), &*part.content)).collect();
        let expected: [(&str, _, &[u8]); 3] =
            [("title", None, b"A film"), ("film", Some("film.mp4"), b"abcde"), ("year", None, b"1999")];
        assert_eq!(parts, expected);
    }
}

#[tokio::test]
async fn content_may_have_a_media_type_of_its_own() {
    let server = serve(&[204]).await;
    let client = client(&server.uri());
    put(&client, &ByteSource::from("x").content_type("video/webm")).await.expect("a success");
    assert_eq!(server.received_requests().await.expect("recorded")[0].headers["content-type"], "video/webm");
    let error = put(&client, &ByteSource::from("x").content_type("a\r\nb: c")).await.expect_err("no header value");
    assert!(matches!(error, Error::Request(RequestError::HeaderValue(_))), "{error:?}");
}
