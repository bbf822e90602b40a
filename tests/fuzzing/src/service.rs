//! A server on this machine that keeps the requests and sends one response to all of them.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The time after which a connection without a complete request is closed.
const PATIENCE: Duration = Duration::from_secs(5);

/// The server of this process.
static SERVICE: LazyLock<Service> = LazyLock::new(|| Service::start().expect("a port of this machine is free"));

#[derive(Clone, Default)]
struct Exchange {
    response: Vec<u8>,
    requests: Vec<String>,
}

struct Service {
    address: SocketAddr,
    exchange: Arc<Mutex<Exchange>>,
    /// Held by the caller whose requests the server receives.
    turn: Mutex<()>,
}

/// Runs a client of the server at the given address, and returns its result and the requests that arrived.
pub(crate) fn exchange<R>(response: Vec<u8>, client: impl FnOnce(SocketAddr) -> R) -> (R, Vec<String>) {
    let service = &*SERVICE;
    let _turn = lock(&service.turn);
    *lock(&service.exchange) = Exchange { response, requests: Vec::new() };
    let result = client(service.address);
    let requests = std::mem::take(&mut lock(&service.exchange).requests);
    (result, requests)
}

impl Service {
    fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let exchange = Arc::<Mutex<Exchange>>::default();
        let shared = Arc::clone(&exchange);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client may close its connection at any time.
                let _ = answer(stream, &shared);
            }
        });
        Ok(Self { address, exchange, turn: Mutex::new(()) })
    }
}

/// Reads one request, responds, and closes the connection.
fn answer(mut stream: TcpStream, exchange: &Mutex<Exchange>) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    while !is_complete(&bytes) {
        match stream.read(&mut part)? {
            0 => break,
            count => bytes.extend_from_slice(&part[..count]),
        }
    }
    if bytes.is_empty() {
        return Ok(());
    }
    let response = {
        let mut exchange = lock(exchange);
        exchange.requests.push(String::from_utf8_lossy(&bytes).into_owned());
        exchange.response.clone()
    };
    stream.write_all(&response)
}

/// Returns `true` if a request has its head and as much of a body as it announces.
fn is_complete(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The values are replaced at once, so they are valid whoever panicked.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
