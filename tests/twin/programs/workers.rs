//! Keeps a number of calls in flight, for any client.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::task::JoinSet;

/// Makes `calls` calls on `concurrency` tasks, each of which makes its calls in sequence.
///
/// # Errors
///
/// Returns the error of the first failed call; the other calls are cancelled.
pub async fn run<C, F, E>(calls: u32, concurrency: u32, call: C) -> Result<(), E>
where
    C: Fn() -> F + Clone + Send + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    let left = Arc::new(AtomicU32::new(calls));
    let mut workers = JoinSet::new();
    for _ in 0..concurrency {
        let (left, call) = (Arc::clone(&left), call.clone());
        workers.spawn(async move {
            while take_one(&left) {
                call().await?;
            }
            Ok(())
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker.expect("workers neither panic nor are cancelled")?;
    }
    Ok(())
}

fn take_one(left: &AtomicU32) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}
