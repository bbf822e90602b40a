//! Costs of sending, with few and with many messages in flight.
//!
//! `cargo bench -p infobip-tests --bench sending` prints two lines for each number of messages in flight, one for calls
//! on as many tasks and one for `Bulk`. A line contains the CPU time of one message for our client, the twin and bare
//! `reqwest`, which gets an encoded body and does not decode the response; the connections that our client opened; and
//! its messages per second. The twin and bare `reqwest` make their calls on tasks, like our client.
//!
//! Each client is a program with one thread and a server on this machine. For CPU times, all clients run at the same
//! time and share one core, so that other programs affect them equally; a ratio is the median of several rounds. For
//! the other measurements, our client runs alone.

mod client;
mod report;

#[path = "../shared/mod.rs"]
#[expect(dead_code, reason = "the bench `budgets` uses the rest")]
mod shared;

use client::Client;
use report::{Line, Report};
use shared::programs::Program;
use shared::server::{Server, Timing};

/// The number of runs of each program for its CPU time.
const ROUNDS: u32 = 9;

const CALLS: Client = Client { program: Program::OURS, way: "call" };
const BULK: Client = Client { program: Program::OURS, way: "bulk" };
const TWIN: Client = Client { program: Program::TWIN, way: "call" };
const BARE: Client = Client { program: Program::TWIN, way: "bare" };

fn main() {
    for program in [Program::OURS, Program::TWIN] {
        program.build("load");
    }
    let (server, slow_server) = (Server::start(Timing::AtOnce), Server::start(Timing::InTwoPieces));
    let mut report = Report::start();
    for concurrency in [1, 16, 64, 256] {
        let rounds: Vec<_> =
            (0..ROUNDS).map(|_| client::costs([CALLS, BULK, TWIN, BARE], &server, concurrency)).collect();
        for (index, client) in [CALLS, BULK].into_iter().enumerate() {
            let run = client.run_alone(&server, concurrency);
            let slow_run = client.run_alone(&slow_server, concurrency);
            report.add(&Line {
                way: client.way,
                concurrency,
                costs: rounds.iter().map(|costs| [costs[index], costs[2], costs[3]]).collect(),
                connections: [run.connections, slow_run.connections],
                messages_per_second: run.messages_per_second,
            });
        }
    }
    report.finish();
}
