//! Blocking calls, for callers without an asynchronous runtime.
//!
//! A blocking call is the same future as any other call. The waiting thread polls it, while a background thread drives
//! its sockets and timers.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::runtime::{Builder, Handle};

use crate::error::blocking::BlockingError;

/// The runtime of all blocking calls. A connection belongs to the runtime that opened it, so clients can reuse
/// connections only if the whole process shares one runtime.
static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

/// Blocks the current thread until a future is ready.
pub(crate) fn wait<F: Future>(future: F) -> Result<F::Output, BlockingError> {
    let runtime = runtime().map_err(BlockingError::new)?;
    let _entered = runtime.enter();
    // Within a task of another runtime, tokio would make this future yield to that runtime from time to time, and
    // leave the wake-up to it. That runtime cannot run while this thread waits.
    Ok(pollster::block_on(tokio::task::unconstrained(future)))
}

fn runtime() -> io::Result<Handle> {
    // A thread that panicked while it held the lock left either nothing or a complete handle.
    let mut shared = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*shared {
        return Ok(handle.clone());
    }
    let handle = start()?;
    *shared = Some(handle.clone());
    Ok(handle)
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let serve = move || runtime.block_on(std::future::pending::<()>());
    thread::Builder::new().name("blocking-calls".to_owned()).spawn(serve)?;
    Ok(handle)
}
