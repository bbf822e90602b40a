//! The port of the server: open, or closed for a while.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::Shared;
use super::connection::Connection;
use crate::clock;

/// The number of connections that may wait to be accepted.
const QUEUE: u32 = 1024;

pub(super) struct Door {
    address: SocketAddr,
    state: State,
    shared: Arc<Shared>,
}

enum State {
    /// Bound without listening: connections are refused, and no other process gets the port.
    Closed(TcpSocket, Duration),
    /// The second socket holds the port for when it is closed.
    Open(TcpListener, TcpSocket),
}

impl Door {
    /// Reserves a free port, open unless the script begins with a refusal.
    pub(super) fn new(shared: Arc<Shared>) -> io::Result<Self> {
        let socket = reserve((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = socket.local_addr()?;
        let refusal = shared.script().take_refusal();
        let state = match refusal {
            Some(period) => State::Closed(socket, period),
            None => State::open(socket, address)?,
        };
        Ok(Self { address, state, shared })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts connections, and closes the port when the script requires it.
    pub(super) async fn keep(self) {
        let Self { address, mut state, shared } = self;
        loop {
            state = match state {
                State::Open(listener, spare) => State::Closed(spare, let_in(&listener, &shared).await),
                State::Closed(socket, period) => {
                    clock::happened();
                    sleep(period).await;
                    clock::happened();
                    let refusal = shared.script().take_refusal();
                    match refusal {
                        Some(period) => State::Closed(socket, period),
                        None => State::open(socket, address).expect("the port is reserved"),
                    }
                }
            };
        }
    }
}

impl State {
    /// Listens on the port. A port that listens cannot be bound again, so the spare socket is bound first.
    fn open(socket: TcpSocket, address: SocketAddr) -> io::Result<Self> {
        let spare = reserve(address)?;
        Ok(Self::Open(socket.listen(QUEUE)?, spare))
    }
}

fn reserve(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Without this option, two sockets, or a socket and a recently closed connection, cannot share a port.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Serves connections until the next step is a refusal, ends them all, and returns the length of the refusal.
async fn let_in(listener: &TcpListener, shared: &Arc<Shared>) -> Duration {
    // Dropping this ends its tasks.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (stream, _) = accepted.expect("a listening socket accepts");
                clock::happened();
                let number = shared.new_connection();
                connections.spawn(Connection::new(stream, number, Arc::clone(shared)).serve());
            }
            () = shared.step_done.notified() => {
                let refusal = shared.script().take_refusal();
                if let Some(period) = refusal {
                    return period;
                }
            }
            Some(ended) = connections.join_next() => ended.expect("a connection does not panic"),
        }
    }
}
