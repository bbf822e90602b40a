//! HTTP/2, which a user may enable: a library then queues requests for which the connection has no capacity, and may
//! start one that its caller has dropped.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use wirecrate_runtime::{Outcome, Retry, TransportErrorKind, http_client_builder};

use crate::support::{builder, note, send};

const DATA: u8 = 0;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;

/// Settings that allow one stream at a time.
const ONE_STREAM: [u8; 15] = [0, 0, 6, SETTINGS, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1];
const SETTINGS_ACK: [u8; 9] = [0, 0, 0, SETTINGS, 1, 0, 0, 0, 0];
/// The end of stream 1 without a response.
const END_OF_FIRST: [u8; 13] = [0, 0, 4, RST_STREAM, 0, 0, 0, 0, 1, 0, 0, 0, 8];

/// Returns the type of the next frame that concerns a request, its stream and its content.
async fn next_frame(connection: &mut TcpStream) -> (u8, u32, Vec<u8>) {
    loop {
        let mut head = [0; 9];
        connection.read_exact(&mut head).await.expect("a frame");
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let mut content = vec![0; length as usize];
        connection.read_exact(&mut content).await.expect("a whole frame");
        match head[3] {
            kind @ (DATA | RST_STREAM) => return (kind, stream, content),
            SETTINGS if head[4] == 0 => connection.write_all(&SETTINGS_ACK).await.expect("a peer"),
            // The head of a request, window updates and others.
            _ => {}
        }
    }
}

/// Keeps the first request open until the channel is signalled; returns the first frame of the second stream.
async fn serve(listener: TcpListener, taken: oneshot::Sender<()>, end_first: oneshot::Receiver<()>) -> (u8, Vec<u8>) {
    let (mut connection, _) = listener.accept().await.expect("a connection");
    connection.read_exact(&mut [0; 24]).await.expect("the preface");
    connection.write_all(&ONE_STREAM).await.expect("a peer");
    let (kind, stream, _) = next_frame(&mut connection).await;
    assert_eq!((kind, stream), (DATA, 1));
    taken.send(()).expect("a test that waits");
    end_first.await.expect("a test that goes on");
    connection.write_all(&END_OF_FIRST).await.expect("a peer");
    loop {
        if let (kind, 3, content) = next_frame(&mut connection).await {
            return (kind, content);
        }
    }
}

#[tokio::test]
async fn a_request_that_was_called_not_sent_is_not_sent_later() {
    for is_dropped in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let ((taken, is_taken), (end_first, ends)) = (oneshot::channel(), oneshot::channel());
        let server = tokio::spawn(serve(listener, taken, ends));
        let http = http_client_builder().http2_prior_knowledge();
        let client = builder(&address).http_client(http).build().expect("a client");

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
            assert_eq!(error.outcome(), Outcome::NotSent);
            let wirecrate_runtime::Error::Transport(transport) = error else { panic!("{error:?}") };
            assert_eq!(transport.kind(), TransportErrorKind::ConnectTimeout);
        }
        end_first.send(()).expect("a server");
        let (kind, content) = server.await.expect("no panic");
        assert_eq!(kind, RST_STREAM, "sent after all: {:?}", String::from_utf8_lossy(&content));
        let error = first.await.expect("no panic").expect_err("no answer");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
}
