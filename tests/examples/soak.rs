//! Sends many messages to a server that fails now and then, and accounts for every one of them.
//!
//! ```text
//! cargo run --release --example soak -p infobip-tests [MESSAGES [CONCURRENCY [SEED]]]
//! ```
//!
//! By default 100,000 messages, 64 at a time, seed 1. One request in twenty is answered 429, reset before the message
//! is carried out, or answered after a tenth of a second, and one in a thousand is carried out and then reset. The
//! server runs in this program, on a thread of its own, and the peak of memory is that of both.
//!
//! The rate limit is off: it would take each of these refusals, which come at random, for a sign to send less.

use std::error::Error;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use infobip_tests::faults::FaultServer;
use infobip_tests::service::API_KEY;
use infobip_tests::soak::{self, Audit};
use infobip_whatsapp::{Client, Credentials, Limiter};
use tokio::runtime;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut argument = |default: usize| arguments.next().map_or(Ok(default), |text| text.parse());
    let (messages, concurrency, seed) = (argument(100_000)?, argument(64)?, argument(1)?);

    let server = serve(u64::try_from(seed)?)?;
    let client = Client::builder(server.base_url())
        .credentials(Credentials::api_key(API_KEY))
        .rate_limiter(Limiter::unlimited())
        .build()?;
    println!("{messages} messages, {concurrency} at a time, seed {seed}");
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let start = Instant::now();
    let told = runtime.block_on(soak::send(&client, messages, concurrency));
    let seconds = start.elapsed().as_secs_f64();

    let audit = Audit::new(&told, &server.carried_out())?;
    println!("{audit}");
    println!("requests                       {:>8}", server.arrived());
    println!("retries                        {:>8}", told.retries);
    println!("connections                    {:>8}", server.connections());
    println!("seconds                        {seconds:>8.1}");
    #[expect(clippy::cast_precision_loss, reason = "no such number of messages is sent in one go")]
    let rate = audit.messages() as f64 / seconds;
    println!("messages per second            {rate:>8.0}");
    if let Some(peak) = peak_of_memory() {
        println!("peak of memory                 {peak:>8}");
    }
    Ok(())
}

/// Starts the server on a thread of its own, where it runs as long as this program.
fn serve(seed: u64) -> Result<FaultServer, Box<dyn Error>> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        runtime.block_on(async {
            let server = FaultServer::counting(soak::mix(seed, Duration::from_millis(100)));
            // Nobody waits for it only when this program is about to end.
            let _ = sender.send(server);
            std::future::pending::<()>().await;
        });
    });
    Ok(receiver.recv()?)
}

/// The most memory that this program has held, where the system tells.
fn peak_of_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}
