//! Servers in the place of the real one: one that answers, and one that waits for a first byte.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use infobip_tests::sample;

/// Starts a server that accepts every message, as long as this program runs, and gives its base URL.
pub(crate) fn start() -> String {
    let listener = listen();
    let url = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // A client that ends breaks its connection off; there is nobody to tell.
            thread::spawn(move || answer(connection));
        }
    });
    url
}

/// How long a program takes from its start until its first byte reaches a server, which it is told to reach by TLS.
pub(crate) fn time_to_first_byte(program: &mut Command) -> Duration {
    let listener = listen();
    let url = format!("https://{}", listener.local_addr().expect("a bound socket has an address"));
    let start = Instant::now();
    let child = program.env("INFOBIP_BASE_URL", url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{program:?}: {error}"));
    let (mut connection, _) = listener.accept().expect("a bound socket accepts");
    connection.read_exact(&mut [0]).expect("a client that connects says something");
    let elapsed = start.elapsed();
    drop(connection);
    child.wait().expect("a child can be waited for");
    elapsed
}

fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("this machine has a free port")
}

/// Reads requests and answers each with the sample's reply, until the client is gone.
fn answer(connection: TcpStream) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let body = sample::reply_json().to_string();
    let reply =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let mut reader = BufReader::new(connection);
    loop {
        let length = read_head(&mut reader)?;
        io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
        reader.get_mut().write_all(reply.as_bytes())?;
    }
}

/// Reads up to the empty line and gives the length of the body.
fn read_head(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
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
