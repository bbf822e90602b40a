//! Clients that send many messages, and their costs of a message.

use std::process::Command;
use std::{fs, iter};

use crate::shared::process;
use crate::shared::programs::Program;
use crate::shared::server::Server;

/// The number of messages of a long run in addition to those of a short run.
const MESSAGES: u32 = 4000;

/// A way to send messages.
pub(crate) struct Client {
    pub(crate) program: Program,
    /// The argument of the program that selects it.
    pub(crate) way: &'static str,
}

/// The result of a run without other clients.
pub(crate) struct Alone {
    /// The number of opened connections.
    pub(crate) connections: u32,
    /// The messages per second, including the start of the program.
    pub(crate) messages_per_second: f64,
}

/// Returns the CPU time of one message in microseconds for each client, while all run at the same time.
///
/// The clients run twice, with few and with many messages. The difference excludes the costs of starting and of opening
/// connections.
pub(crate) fn costs<const N: usize>(clients: [Client; N], server: &Server, concurrency: u32) -> [f64; N] {
    let few = 4 * concurrency;
    let [short, long] = [few, few + MESSAGES].map(|messages| {
        let mut commands: Vec<_> = clients.iter().map(|client| client.send(server, messages, concurrency)).collect();
        process::run_together(&mut commands)
    });
    let mut costs = iter::zip(short, long).map(|(short, long)| long.cpu.saturating_sub(short.cpu).as_secs_f64());
    clients.map(|_| costs.next().expect("each client has a cost") * 1e6 / f64::from(MESSAGES))
}

impl Client {
    /// Runs the client without other clients.
    pub(crate) fn run_alone(&self, server: &Server, concurrency: u32) -> Alone {
        let before = server.connections();
        let used = process::run(&mut self.send(server, MESSAGES, concurrency));
        Alone {
            connections: server.connections() - before,
            messages_per_second: f64::from(MESSAGES) / used.elapsed.as_secs_f64(),
        }
    }

    /// Returns a command that sends messages, on a single core if the system supports it.
    fn send(&self, server: &Server, messages: u32, concurrency: u32) -> Command {
        let mut command = self.program.command("load");
        command.env("INFOBIP_BASE_URL", server.url());
        command.args([self.way, &messages.to_string(), &concurrency.to_string()]);
        let Some(core) = a_core() else { return command };
        let mut taskset = Command::new("taskset");
        taskset.args(["--cpu-list", &core]);
        process::under(taskset, &command)
    }
}

/// Returns the number of an available core; only on Linux, which also has `taskset`.
fn a_core() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let (_, cores) = status.split_once("Cpus_allowed_list:")?;
    let first = cores.trim_start().split(|c: char| !c.is_ascii_digit()).next()?;
    (!first.is_empty()).then(|| first.to_owned())
}
