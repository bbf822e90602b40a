//! A server that fails according to a script, and records each request.
//!
//! It plays a [`Script`]: one [`Step`] for each request. It speaks raw HTTP/1.1 over TCP, because a library would
//! refuse to write most of what a broken server writes. The outcome that the client reports is then compared
//! with the records of the server: the bytes that arrived, and how often a message was carried out.
//!
//! The server runs on the runtime that started it, with real or with [simulated](crate::clock) time. It does not
//! speak TLS: a client that requires it gets a failed handshake, which is another fault.

mod blackhole;
mod connection;
mod door;
mod ledger;
mod request;
mod response;
mod step;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub use blackhole::Blackhole;
pub use ledger::Message;
pub use request::Request;
pub use response::{ErrorBody, RawResponse};
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

    /// Starts a server that only counts requests and carried-out messages, for runs with many messages.
    pub fn counting(script: Script) -> Self {
        Self::with_ledger(script, Ledger::new(false))
    }

    fn with_ledger(script: Script, ledger: Ledger) -> Self {
        let shared =
            Arc::new(Shared { script: Mutex::new(script), ledger: Mutex::new(ledger), step_done: Notify::new() });
        let door = Door::new(Arc::clone(&shared)).expect("this machine has a free port");
        Self { address: door.address(), shared, keeper: tokio::spawn(door.keep()) }
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the base URL with `https`, which this server does not support.
    pub fn https_url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Returns the requests that have arrived, in the order in which the server acted on them.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.ledger().requests.clone()
    }

    /// Returns the number of requests that have arrived, completely or in part.
    pub fn arrived(&self) -> usize {
        self.shared.ledger().arrived
    }

    /// Returns the number of connections.
    pub fn connections(&self) -> usize {
        self.shared.ledger().connections
    }

    /// Returns the number of times that each message was carried out, if it ever was.
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
        // After a panic with the lock held, the test has already failed.
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection, and returns its number.
    fn new_connection(&self) -> usize {
        let mut ledger = self.ledger();
        ledger.connections += 1;
        ledger.connections - 1
    }

    /// Reports that the script has moved on.
    fn step_done(&self) {
        self.step_done.notify_one();
    }
}
