//! Servers instead of the real one: one that responds, and one that waits for the first byte.

use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use infobip_tests::sample;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::runtime;

/// A server that accepts every message, as long as this program runs.
pub(crate) struct Server {
    url: String,
    connections: Arc<AtomicU32>,
}

/// The timing of a response.
#[derive(Clone, Copy)]
pub(crate) enum Timing {
    /// The response is sent in one piece.
    AtOnce,
    /// The body follows the head after a delay, as from a server that streams its response.
    InTwoPieces,
}

impl Server {
    /// Starts a server.
    pub(crate) fn start(timing: Timing) -> Self {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
        let listener = {
            let _inside = runtime.enter();
            // The standard library's listener queues 128 connections, too few for 256 at once.
            let socket = TcpSocket::new_v4().expect("this machine has sockets");
            socket.bind(free_port()).expect("this machine has a free port");
            socket.listen(1024).expect("a bound socket can listen")
        };
        let address = listener.local_addr().expect("a bound socket has an address");
        let server = Self { url: format!("http://{address}"), connections: Arc::default() };
        let connections = Arc::clone(&server.connections);
        thread::spawn(move || {
            runtime.block_on(async {
                loop {
                    let (connection, _) = listener.accept().await.expect("a bound socket accepts");
                    connections.fetch_add(1, Ordering::Relaxed);
                    // The connection fails when the client exits, which is not an error.
                    tokio::spawn(respond(connection, timing));
                }
            });
        });
        server
    }

    /// Returns the base URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns the number of connections accepted so far.
    pub(crate) fn connections(&self) -> u32 {
        self.connections.load(Ordering::Relaxed)
    }
}

/// Returns the time from the start of a program until its first byte reaches a server, with TLS.
pub(crate) fn time_to_first_byte(program: &mut Command) -> Duration {
    let listener = TcpListener::bind(free_port()).expect("this machine has a free port");
    let url = format!("https://{}", listener.local_addr().expect("a bound socket has an address"));
    let start = Instant::now();
    let child = program.env("INFOBIP_BASE_URL", url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{program:?}: {error}"));
    let (mut connection, _) = listener.accept().expect("a bound socket accepts");
    connection.read_exact(&mut [0]).expect("a client that connects sends a byte");
    let elapsed = start.elapsed();
    drop(connection);
    child.wait().expect("a child can be waited for");
    elapsed
}

/// Returns an address with any free port of this machine.
fn free_port() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// Reads requests and responds with the sample body, until the client disconnects.
async fn respond(connection: TcpStream, timing: Timing) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let body = sample::response_json().to_string();
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
    let pieces = match timing {
        Timing::AtOnce => vec![head + &body],
        Timing::InTwoPieces => vec![head, body],
    };
    let mut connection = BufReader::new(connection);
    loop {
        let length = read_head(&mut connection).await?;
        tokio::io::copy(&mut (&mut connection).take(length), &mut tokio::io::sink()).await?;
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            connection.write_all(piece.as_bytes()).await?;
        }
    }
}

/// Reads up to the empty line and returns the length of the body.
async fn read_head(connection: &mut (impl AsyncBufRead + Unpin)) -> io::Result<u64> {
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if connection.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(("content-length", value)) = line.trim_end().split_once(": ") {
            length = value.parse().map_err(io::Error::other)?;
        }
        if line.trim_end().is_empty() {
            return Ok(length);
        }
    }
}
