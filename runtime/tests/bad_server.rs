//! Servers that do harm: whatever they send, a call ends in its time, with a bounded response, and with an outcome that is
//! true.

mod cases;

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use wirecrate_runtime::{Client, Error, HeaderMap, Outcome, Retry, TransportErrorKind, http_client_builder, reqwest};

use crate::support::{Problem, builder, note, read_request, send};

/// The maximum size of a response body.
const MAX_BYTES: usize = 128 * 1024;

/// The time for an attempt that a server lets pass.
const SHORT: Duration = Duration::from_secs(1);

/// The time for any other attempt, which no attempt takes.
const LONG: Duration = Duration::from_secs(30);

/// More than the buffers of two sockets hold.
const BUFFERED: usize = 32 << 20;

/// The answer of a server to each request.
#[derive(Clone)]
enum Answer {
    /// These bytes, and then the end of the connection.
    Close(Vec<u8>),
    /// These bytes, and then nothing.
    Hang(Vec<u8>),
    /// These bytes, and then the others again and again, as fast as possible.
    Flood(Vec<u8>, Vec<u8>),
    /// These bytes, and then one of the others after each hundredth of a second, again and again.
    Drip(Vec<u8>, Vec<u8>),
}

use self::Answer::{Close, Drip, Flood, Hang};

/// The end of a call: the variant of its error, with the kind or the status.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ending {
    Accepted,
    Status(u16),
    Decode(u16),
    Transport(TransportErrorKind),
}

use self::Ending::{Accepted, Decode, Status, Transport};

/// A server that runs until the process ends.
struct Server {
    address: String,
    connections: Arc<AtomicUsize>,
    /// The number of bytes that the client took, or that are in the buffers of the sockets.
    written: Arc<AtomicUsize>,
}

impl Server {
    fn start(answer: Answer) -> Self {
        Self::start_with(answer, |connection| connection)
    }

    /// Starts a server that makes a stream of each connection.
    fn start_with<S: Read + Write>(answer: Answer, connect: impl Fn(TcpStream) -> S + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let (connections, written) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (connected, taken) = (Arc::clone(&connections), Arc::clone(&written));
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                connected.fetch_add(1, Ordering::Relaxed);
                let mut stream = connect(connection);
                read_request(&mut stream);
                // A client that closes the connection is the end of an answer.
                let _ = answer.play(&mut stream, &taken);
            }
        });
        Self { address, connections, written }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    fn client(&self, scheme: &str, http: reqwest::ClientBuilder) -> Client {
        let builder = builder(&format!("{scheme}://{}", self.address)).max_response_bytes(MAX_BYTES);
        builder.attempt_timeout(LONG).http_client(http.no_proxy()).build().expect("the settings are right")
    }
}

impl Answer {
    /// Returns `true` if the client waits for the server.
    fn is_slow(&self) -> bool {
        matches!(self, Hang(_) | Drip(..))
    }

    fn play(&self, connection: &mut (impl Read + Write), taken: &AtomicUsize) -> io::Result<()> {
        let (Close(head) | Hang(head) | Flood(head, _) | Drip(head, _)) = self;
        connection.write_all(head)?;
        match self {
            Close(_) => Ok(()),
            Hang(_) => connection.read(&mut [0]).map(drop),
            Flood(_, piece) => loop {
                taken.fetch_add(connection.write(piece)?, Ordering::Relaxed);
            },
            Drip(_, bytes) => loop {
                for byte in bytes {
                    thread::sleep(Duration::from_millis(10));
                    connection.write_all(&[*byte])?;
                }
            },
        }
    }
}

/// Returns a response with a status, further header lines, and a body.
fn response(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} X\r\n{headers}\r\n");
    [head.as_bytes(), body.as_ref()].concat()
}

fn with_length(status: u16, body: impl AsRef<[u8]>) -> Vec<u8> {
    response(status, &format!("Content-Length: {}\r\n", body.as_ref().len()), body)
}

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

async fn check((name, answer, expected): cases::Case) {
    let time = if answer.is_slow() { SHORT } else { LONG };
    let server = Server::start(answer);
    let client = server.client("http", http_client_builder());
    let note = note("x");
    let result = send(&client, &note).attempt_timeout(time).retry(Retry::Safe).await;
    let error = result.as_ref().err();
    assert_eq!((error.map_or(Accepted, end), error.map(Error::outcome)), expected, "{name}: {error:?}");
    let size = error.and_then(Error::raw_body).map_or(0, <[u8]>::len);
    let headers = error.and_then(Error::headers).map_or(0, HeaderMap::len);
    assert!(size <= MAX_BYTES && headers <= 100, "{name}: {size} bytes, {headers} headers");
    assert_eq!(server.connections(), 1, "{name}");
    let written = server.written.load(Ordering::Relaxed);
    assert!(written < BUFFERED, "{name}: {written} bytes");
}

fn end(error: &Error<Problem>) -> Ending {
    let status = error.status().map_or(0, |status| status.as_u16());
    match error {
        Error::Status(_) => Status(status),
        Error::Decode(_) => Decode(status),
        Error::Transport(error) => Transport(error.kind()),
        _ => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn every_answer_has_an_end_and_an_outcome() {
    let (slow, fast): (Vec<_>, Vec<_>) =
        cases::bodies().into_iter().chain(cases::heads()).partition(|case| case.1.is_slow());
    for case in fast {
        check(case).await;
    }
    // These wait for their timeout, and do not delay each other.
    futures_util::future::join_all(slow.into_iter().map(check)).await;
}

/// A stream of gzip without an end, of a thousandth of its size.
#[tokio::test]
async fn an_endless_compressed_body_is_bounded() {
    const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut blocks = Vec::with_capacity(1 << 16);
    let mut encoder = flate2::Compress::new(flate2::Compression::best(), false);
    encoder.compress_vec(&vec![b' '; 1 << 20], &mut blocks, flate2::FlushCompress::Full).expect("room for the blocks");
    let head = response(200, "Content-Encoding: gzip\r\n", HEADER);
    let server = Server::start(Flood(head, blocks));
    let client = server.client("http", http_client_builder().gzip(true));
    let error = send(&client, &note("x")).await.expect_err("too long");
    assert_eq!(
        (end(&error), error.outcome(), error.raw_body().map(<[u8]>::len)),
        (Decode(200), Outcome::Unknown, Some(MAX_BYTES))
    );
    assert!(server.written.load(Ordering::Relaxed) < BUFFERED);
}

#[tokio::test]
async fn a_response_to_no_request_is_not_taken() {
    let forged = [with_length(200, "{}"), with_length(200, r#"{"id": "forged"}"#)].concat();
    let server = Server::start(Hang(forged));
    let client = server.client("http", http_client_builder());
    for _ in 0..20 {
        let accepted = send(&client, &note("x")).await.expect("accepted");
        assert_eq!(accepted.id, None);
    }
    assert_eq!(server.connections(), 20);
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn a_handshake_of_garbage_sends_nothing() {
    for garbage in [&b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"[..], b"\x15\x03\x03\0\x02\x02\x28", &[0; 4096]] {
        let server = Server::start_with(Close(Vec::new()), |mut connection| {
            let _ = connection.write_all(garbage);
            connection
        });
        let client = server.client("https", http_client_builder());
        let error = send(&client, &note("x")).retry(Retry::Never).await.expect_err("no TLS");
        assert_eq!((end(&error), error.outcome()), (Transport(TransportErrorKind::Connect), Outcome::NotSent));
    }
}

#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
#[tokio::test]
async fn https_is_not_left_for_http() {
    let plain = Server::start(Close(with_length(200, "{}")));
    let tls = crate::support::tls();
    for (status, outcome) in [
        (301, Outcome::Rejected),
        (302, Outcome::Unknown),
        (303, Outcome::Unknown),
        (307, Outcome::Rejected),
        (308, Outcome::Rejected),
    ] {
        let headers = format!("Location: http://{}/notes/1/note\r\nContent-Length: 0\r\n", plain.address);
        let tls = Arc::clone(&tls);
        let server = Server::start_with(Close(response(status, &headers, "")), move |connection| {
            let tls = rustls::ServerConnection::new(Arc::clone(&tls)).expect("the settings are right");
            rustls::StreamOwned::new(tls, connection)
        });
        let client = server.client("https", reqwest::Client::builder().tls_danger_accept_invalid_certs(true));
        let error = send(&client, &note("x")).await.expect_err("a redirect");
        assert_eq!((end(&error), error.outcome()), (Status(status), outcome));
    }
    assert_eq!(plain.connections(), 0);
}
