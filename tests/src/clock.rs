//! Simulated time with real sockets: a day of waiting takes a moment, and a timeout never overtakes a response.
//!
//! Tokio can pause its clock, and moves it to the next timer as soon as nothing is left to do. Bytes on their way
//! through the kernel do not count as something to do, so by itself that clock would let a timeout win against an
//! response that is already written. [`run`] allows the step only when nothing can be on its way:
//!
//! - Client and server share one thread, so that a moment in which neither has anything to do is known exactly.
//! - At each such moment a byte is sent through a separate loopback connection and back. Linux delivers the bytes that
//!   one thread sends over loopback in the order of sending, so all earlier bytes have arrived by then, and both sides
//!   can act on them.
//! - The time moves, to the next timer only, after a few of these rounds without an event at the server. The reaction of
//!   a client to a response reaches the server in fewer rounds.
//!
//! The speed and the load of this machine do not matter. The server has to report each event, as [`crate::faults`]
//! does. Name lookups and other work on further threads hold the time, which is Tokio's own rule.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use tokio::runtime;
use tokio::time::sleep;

/// The number of rounds without an event after which time may move.
///
/// Two are needed: one brings the server's last bytes to the client, one the client's reaction to the server. The rest
/// allow for a kernel that moves this thread to another processor in between, and delivers late.
const QUIET_ROUNDS: u32 = 6;

/// The simulated time after which a future is considered to never complete.
const LONGEST: Duration = Duration::from_hours(24);

thread_local! {
    /// The number of events of the servers of this thread.
    static EVENTS: Cell<u64> = const { Cell::new(0) };
}

/// Reports an event on the wire: a connection, bytes read or written, or an end.
pub(crate) fn happened() {
    EVENTS.set(EVENTS.get().wrapping_add(1));
}

/// Runs a future, its server and its timers on this thread, with simulated time.
///
/// Use [`tokio::time::Instant`] for elapsed time.
///
/// # Panics
///
/// Panics if the future is not done after a day of simulated time.
pub fn run<F: Future>(future: F) -> F::Output {
    let gate = Arc::new(Gate::new().expect("this machine has loopback connections"));
    let at_park = Arc::clone(&gate);
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .on_thread_park(move || at_park.nothing_to_do().expect("the byte returns over loopback"))
        .build()
        .expect("the runtime can be built");
    runtime.block_on(async {
        let mut future = pin!(future);
        let mut longest = pin!(sleep(LONGEST));
        poll_fn(|context| {
            gate.state().root = Some(context.waker().clone());
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(output);
            }
            assert!(longest.as_mut().poll(context).is_pending(), "not done after a day of simulated time");
            Poll::Pending
        })
        .await
    })
}

/// The check before each pause of the runtime, in which Tokio would move the time.
struct Gate {
    echo: Echo,
    state: Mutex<State>,
}

struct State {
    /// Wakes the runtime, so that it polls for bytes and does not pause.
    root: Option<Waker>,
    quiet_rounds: u32,
    events: u64,
}

impl Gate {
    fn new() -> io::Result<Self> {
        let state = State { root: None, quiet_rounds: 0, events: 0 };
        Ok(Self { echo: Echo::new()?, state: Mutex::new(state) })
    }

    /// Called when every task waits for bytes or for time.
    fn nothing_to_do(&self) -> io::Result<()> {
        let mut state = self.state();
        let events = EVENTS.get();
        if state.events != events {
            state.events = events;
            state.quiet_rounds = 0;
        }
        if state.quiet_rounds == QUIET_ROUNDS {
            // The runtime pauses now, and the time moves to the next timer, whose effects need further rounds.
            state.quiet_rounds = 0;
            return Ok(());
        }
        state.quiet_rounds += 1;
        self.echo.round_trip()?;
        if let Some(root) = &state.root {
            root.wake_by_ref();
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The state consists of plain numbers, which stay valid after a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A loopback connection with both ends in this process.
struct Echo {
    near: TcpStream,
    far: TcpStream,
}

impl Echo {
    fn new() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let near = TcpStream::connect(listener.local_addr()?)?;
        let (far, _) = listener.accept()?;
        near.set_nodelay(true)?;
        far.set_nodelay(true)?;
        Ok(Self { near, far })
    }

    /// Sends a byte in both directions, and waits for it.
    fn round_trip(&self) -> io::Result<()> {
        let mut byte = [0];
        (&self.near).write_all(&byte)?;
        (&self.far).read_exact(&mut byte)?;
        (&self.far).write_all(&byte)?;
        (&self.near).read_exact(&mut byte)
    }
}
