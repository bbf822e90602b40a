//! HTTP/2, which a user may enable: a library then queues requests for which the connection has no capacity, and may
//! start one that its caller has dropped. And a service can state which requests it did not process.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use wirecrate_runtime::{Client, Error, Outcome, Retry, TransportErrorKind, http_client_builder};

use crate::support::{Problem, builder, note, send};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;

/// A flag of settings.
const ACK: u8 = 1;
/// A flag of data and headers.
const END_STREAM: u8 = 1;
/// A flag of headers.
const END_HEADERS: u8 = 4;

const NO_ERROR: u32 = 0;
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

fn frame(kind: u8, flags: u8, stream: u32, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a short frame").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), content].concat()
}

/// The setting that allows one stream at a time.
fn one_stream() -> Vec<u8> {
    frame(SETTINGS, 0, 0, &[0, 3, 0, 0, 0, 1])
}

fn reset(stream: u32, code: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, stream, &code.to_be_bytes())
}

/// The end of the connection, after which streams up to `last` may still be answered.
fn go_away(last: u32, code: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[&last.to_be_bytes()[..], &code.to_be_bytes(), b"bye"].concat())
}

/// The head of a response with status 200.
fn head(stream: u32) -> Vec<u8> {
    frame(HEADERS, END_HEADERS, stream, &[0x88])
}

fn accepted(stream: u32) -> Vec<u8> {
    [head(stream), frame(DATA, END_STREAM, stream, b"{}")].concat()
}

/// Returns the type of the next frame that concerns a request, its stream and its content; `None` at the end.
async fn next_frame(connection: &mut TcpStream) -> Option<(u8, u32, Vec<u8>)> {
    loop {
        let mut head = [0; 9];
        connection.read_exact(&mut head).await.ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let mut content = vec![0; length as usize];
        connection.read_exact(&mut content).await.ok()?;
        match head[3] {
            kind @ (DATA | RST_STREAM) => return Some((kind, stream, content)),
            SETTINGS if head[4] == 0 => write(connection, &frame(SETTINGS, ACK, 0, &[])).await,
            // The head of a request, window updates and others.
            _ => {}
        }
    }
}

async fn accept(listener: &TcpListener, settings: &[u8]) -> TcpStream {
    let (mut connection, _) = listener.accept().await.expect("a connection");
    connection.read_exact(&mut [0; 24]).await.expect("the preface");
    write(&mut connection, settings).await;
    connection
}

async fn write(connection: &mut TcpStream, bytes: &[u8]) {
    connection.write_all(bytes).await.expect("a peer");
}

/// A listener, and a client that speaks HTTP/2 to it.
async fn listen() -> (TcpListener, Client) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let http = http_client_builder().http2_prior_knowledge();
    let client = builder(&address).http_client(http).build().expect("a client");
    (listener, client)
}

/// Keeps the first request open until the channel is signalled; returns the first frame of the second stream.
async fn serve(listener: TcpListener, taken: oneshot::Sender<()>, end_first: oneshot::Receiver<()>) -> (u8, Vec<u8>) {
    let mut connection = accept(&listener, &one_stream()).await;
    let (kind, stream, _) = next_frame(&mut connection).await.expect("a request");
    assert_eq!((kind, stream), (DATA, 1));
    taken.send(()).expect("a test that waits");
    end_first.await.expect("a test that goes on");
    write(&mut connection, &reset(1, CANCEL)).await;
    loop {
        if let (kind, 3, content) = next_frame(&mut connection).await.expect("a second request") {
            return (kind, content);
        }
    }
}

#[tokio::test]
async fn a_request_that_was_called_not_sent_is_not_sent_later() {
    for is_dropped in [false, true] {
        let (listener, client) = listen().await;
        let ((taken, is_taken), (end_first, ends)) = (oneshot::channel(), oneshot::channel());
        let server = tokio::spawn(serve(listener, taken, ends));

        let first = tokio::spawn(send(&client, &note("first")).retry(Retry::Never).into_future());
        is_taken.await.expect("a server");
        let late = Duration::from_millis(50);
        if is_dropped {
            let call = send(&client, &note("second")).into_future();
            tokio::time::timeout(late, call).await.expect_err("no room");
        } else {
            let second = note("second");
            let call = send(&client, &second).attempt_timeout(late).retry(Retry::Never);
            let error = call.await.expect_err("no room");
            assert_eq!((error.outcome(), kind(&error)), (Outcome::NotSent, TransportErrorKind::ConnectTimeout));
        }
        end_first.send(()).expect("a server");
        let (kind, content) = server.await.expect("no panic");
        assert_eq!(kind, RST_STREAM, "sent after all: {:?}", String::from_utf8_lossy(&content));
        let error = first.await.expect("no panic").expect_err("no answer");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
}

#[track_caller]
fn kind(error: &Error<Problem>) -> TransportErrorKind {
    let Error::Transport(transport) = error else { panic!("{error:?}") };
    transport.kind()
}

/// Answers the first request with these bytes, and then closes the connection or accepts the next request.
async fn answer_first(listener: TcpListener, answer: Vec<u8>) {
    let mut connection = accept(&listener, &frame(SETTINGS, 0, 0, &[])).await;
    next_frame(&mut connection).await.expect("a request");
    write(&mut connection, &answer).await;
    if answer[3] == GOAWAY {
        // A client that has read the end closes the connection. One that waits for a response does not.
        let end = next_frame(&mut connection);
        let _ = tokio::time::timeout(Duration::from_millis(50), end).await;
        connection = accept(&listener, &frame(SETTINGS, 0, 0, &[])).await;
    }
    while let Some((kind, stream, _)) = next_frame(&mut connection).await {
        if kind == DATA {
            write(&mut connection, &accepted(stream)).await;
        }
    }
}

#[tokio::test]
async fn a_request_that_the_service_did_not_process_was_not_sent() {
    let not_processed = [reset(1, REFUSED_STREAM), go_away(0, NO_ERROR), go_away(0, ENHANCE_YOUR_CALM)];
    let unknown = [reset(1, CANCEL), reset(1, INTERNAL_ERROR), reset(1, NO_ERROR)];
    for (answer, is_processed) in
        not_processed.map(|answer| (answer, false)).into_iter().chain(unknown.map(|answer| (answer, true)))
    {
        for retry in [Retry::Never, Retry::Safe] {
            let (listener, client) = listen().await;
            let server = tokio::spawn(answer_first(listener, answer.clone()));
            let note = note("x");
            let result = send(&client, &note).retry(retry).with_response().await;
            if !is_processed && retry == Retry::Safe {
                assert_eq!(result.expect("accepted").attempts(), 2, "{answer:?}");
            } else {
                let error = result.expect_err("not accepted");
                let expected = if is_processed {
                    (Outcome::Unknown, TransportErrorKind::Interrupted)
                } else {
                    (Outcome::NotSent, TransportErrorKind::NotProcessed)
                };
                assert_eq!(
                    (error.outcome(), kind(&error), error.attempts()),
                    (expected.0, expected.1, 1),
                    "{answer:?}"
                );
                assert_eq!(error.is_retryable(), !is_processed);
            }
            server.abort();
        }
    }
}

#[tokio::test]
async fn a_request_that_the_service_names_as_the_last_one_may_have_been_processed() {
    let (listener, client) = listen().await;
    let server = tokio::spawn(async move {
        let mut connection = accept(&listener, &frame(SETTINGS, 0, 0, &[])).await;
        for _ in 0..2 {
            next_frame(&mut connection).await.expect("a request");
        }
        write(&mut connection, &go_away(1, NO_ERROR)).await;
    });
    let (first, second) = (note("first"), note("second"));
    let call = |note| send(&client, note).retry(Retry::Never).into_future();
    let (first, second) = tokio::join!(call(&first), call(&second));
    let mut outcomes = [first, second].map(|result| result.expect_err("no answer").outcome());
    outcomes.sort();
    assert_eq!(outcomes, [Outcome::NotSent, Outcome::Unknown]);
    server.await.expect("no panic");
}

#[tokio::test]
async fn a_stream_that_is_refused_within_its_response_was_processed() {
    let (listener, client) = listen().await;
    let half = [head(1), frame(DATA, 0, 1, b"{"), reset(1, REFUSED_STREAM)].concat();
    let server = tokio::spawn(answer_first(listener, half));
    let error = send(&client, &note("x")).await.expect_err("half a response");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    server.abort();
}
