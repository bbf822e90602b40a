//! A server that fails as it is told, and keeps the books.
//!
//! It plays a [`Script`]: one [`Step`] for each request. It speaks raw HTTP/1.1 over TCP, because a library would
//! refuse to write most of what a broken server writes. What the client says about a message is then compared with
//! what the server knows: which bytes arrived, and how often a message was carried out.
//!
//! The server runs on the runtime that started it, with real or with [simulated](crate::clock) time. It does not
//! speak TLS: a client that wants it meets a failing handshake, which is one more fault.

mod blackhole;
mod connection;
mod door;
mod ledger;
mod reply;
mod request;
mod step;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub use blackhole::Blackhole;
pub use ledger::Message;
pub use reply::{ErrorForm, Reply};
pub use request::Request;
pub use step::{End, Moment, Script, Step};

use door::Door;
use ledger::Ledger;

/// A running server on a free port of this machine. It stops when it is dropped.
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    keeper: JoinHandle<()>,
}

impl FaultServer {
    /// Starts a server that plays the script and keeps every request.
    pub fn start(script: Script) -> Self {
        Self::with_ledger(script, Ledger::new(true))
    }

    /// Starts a server that keeps of a request only that it came and was carried out, for runs of many messages.
    pub fn counting(script: Script) -> Self {
        Self::with_ledger(script, Ledger::new(false))
    }

    fn with_ledger(script: Script, ledger: Ledger) -> Self {
        let shared =
            Arc::new(Shared { script: Mutex::new(script), ledger: Mutex::new(ledger), step_done: Notify::new() });
        let door = Door::new(Arc::clone(&shared)).expect("this machine has a free port");
        Self { address: door.address(), shared, keeper: tokio::spawn(door.keep()) }
    }

    /// The base URL, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same with `https`, which this server does not speak.
    pub fn https_url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// What has arrived, in the order in which the server acted on it.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.ledger().requests.clone()
    }

    /// How many requests have arrived, whole or in part.
    pub fn arrived(&self) -> usize {
        self.shared.ledger().arrived
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.shared.ledger().connections
    }

    /// How often each message was carried out, of those that ever were.
    pub fn carried_out(&self) -> HashMap<Message, u32> {
        self.shared.ledger().carried_out.clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

#[derive(Debug)]
struct Shared {
    script: Mutex<Script>,
    ledger: Mutex<Ledger>,
    step_done: Notify,
}

impl Shared {
    fn script(&self) -> MutexGuard<'_, Script> {
        // Whoever panicked while holding it has failed the test already.
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection, and gives its number.
    fn new_connection(&self) -> usize {
        let mut ledger = self.ledger();
        ledger.connections += 1;
        ledger.connections - 1
    }

    /// Tells that the script has moved on.
    fn step_done(&self) {
        self.step_done.notify_one();
    }
}
