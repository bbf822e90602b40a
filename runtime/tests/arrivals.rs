//! The rate limit as a server sees it: real time, real connections.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use wirecrate_runtime::generated::CallBuilder;
use wirecrate_runtime::{Bulk, Call, Client, Method, Operation, RateLimit, http_client_builder, reqwest};

use crate::support::{Accepted, Note, Problem, builder, note};

const LIMIT: u32 = 40;
const PERIOD: Duration = Duration::from_millis(400);

/// As many as fill three periods.
const MESSAGES: u32 = 3 * LIMIT;

const RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

fn limited<'a>(client: &'a Client, note: &'a Note) -> Call<'a, Note, Accepted, Problem> {
    static OPERATION: Operation =
        Operation::new("limited", Method::POST, "/notes").rate_limits(&[RateLimit::per(LIMIT, PERIOD)]);
    CallBuilder::json(client, &OPERATION, note).build()
}

/// A server that records the time at which each request arrives. Runs until the process ends.
struct Server {
    address: String,
    arrivals: Arc<Mutex<Vec<Instant>>>,
}

impl Server {
    /// Starts a server that makes a stream of each connection, in a thread of its own.
    fn start<S: Read + Write>(connect: impl Fn(TcpStream, u32) -> S + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let (arrivals, connect) = (Arc::<Mutex<Vec<Instant>>>::default(), Arc::new(connect));
        let record = Arc::clone(&arrivals);
        thread::spawn(move || {
            for (number, connection) in (0..).zip(listener.incoming().map_while(Result::ok)) {
                let (record, connect) = (Arc::clone(&record), Arc::clone(&connect));
                thread::spawn(move || answer(&mut connect(connection, number), &record));
            }
        });
        Self { address, arrivals }
    }

    /// Returns the greatest number of requests in any window of the length of the period and 2 %.
    fn most_in_any_window(&self) -> usize {
        let mut arrivals = self.arrivals.lock().expect("no panic").clone();
        arrivals.sort();
        let in_window = |first: usize| {
            let end = arrivals[first] + PERIOD * 102 / 100;
            arrivals[first..].partition_point(|arrival| *arrival <= end)
        };
        (0..arrivals.len()).map(in_window).max().expect("requests")
    }
}

/// Answers requests until the client closes the connection. Each has one brace at its end.
fn answer(stream: &mut (impl Read + Write), arrivals: &Mutex<Vec<Instant>>) {
    let mut buffer = [0; 4096];
    while let Ok(mut length @ 1..) = stream.read(&mut buffer) {
        arrivals.lock().expect("no panic").push(Instant::now());
        while !buffer[..length].ends_with(b"}") {
            match stream.read(&mut buffer) {
                Ok(more @ 1..) => length = more,
                _ => return,
            }
        }
        if stream.write_all(RESPONSE).is_err() {
            return;
        }
    }
}

/// Sends messages as fast as the client allows, first without connections and then with them.
async fn check(server: &Server, base_url: &str, http: reqwest::ClientBuilder) {
    let client = builder(base_url).http_client(http).build().expect("the settings are right");
    for connections in ["cold", "warm"] {
        let notes = (0..MESSAGES).map(|number| note(&number.to_string()));
        let mut sending =
            Bulk::new(notes).concurrency(MESSAGES as usize).send(|note| limited(&client, note).into_future());
        while let Some((_, result)) = sending.next().await {
            result.expect("accepted");
        }
        let most = server.most_in_any_window();
        assert!(most <= LIMIT as usize, "{connections}: {most} of {LIMIT}");
    }
    assert_eq!(server.arrivals.lock().expect("no panic").len(), 2 * MESSAGES as usize);
}

#[tokio::test]
async fn no_window_of_a_server_has_more_requests_than_the_limit() {
    let server = Server::start(|connection, _| connection);
    check(&server, &format!("http://{}", server.address), http_client_builder().no_proxy()).await;
}

/// Handshakes take up to a third of a period, so that a burst and the next one could meet.
#[cfg(all(feature = "rustls", not(feature = "native-tls")))]
#[tokio::test]
async fn nor_by_slow_tls() {
    let tls = crate::support::tls();
    let server = Server::start(move |connection, number| {
        thread::sleep(PERIOD / 9 * (number % 4));
        let connection_tls = rustls::ServerConnection::new(Arc::clone(&tls)).expect("the settings are right");
        rustls::StreamOwned::new(connection_tls, connection)
    });
    let http = reqwest::Client::builder().no_proxy().tls_danger_accept_invalid_certs(true);
    check(&server, &format!("https://{}", server.address), http).await;
}
