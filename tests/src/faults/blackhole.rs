//! An address that ignores attempts to connect, as behind a firewall that drops packets.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

/// A port whose queue of new connections is full, so that every further connection waits.
///
/// This is how Linux treats a full queue. A system that refuses connections instead is detected by
/// [`swallows`](Blackhole::swallows).
#[derive(Debug)]
pub struct Blackhole {
    address: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl Blackhole {
    /// Opens the port and fills its queue.
    ///
    /// # Errors
    ///
    /// Returns an error if this machine has no free port, or if its queues behave differently.
    pub async fn start() -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        // Linux queues one connection more than requested.
        let listener = socket.listen(1)?;
        let address = listener.local_addr()?;
        let queue = vec![TcpStream::connect(address).await?, TcpStream::connect(address).await?];
        Ok(Self { address, _listener: listener, _queue: queue })
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns `true` if a connection is neither made nor refused within an hour of simulated time.
    pub async fn swallows(&self) -> bool {
        timeout(Duration::from_hours(1), TcpStream::connect(self.address)).await.is_err()
    }
}
