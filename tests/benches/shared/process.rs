//! Runs of programs, and the resources that they use.

use std::env;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// The resources that a process used, including its descendants.
pub(crate) struct Used {
    /// The elapsed time.
    pub(crate) elapsed: Duration,
    /// The CPU time on all processors, in user and system mode.
    pub(crate) cpu: Duration,
    /// The peak of the resident memory of the largest process.
    pub(crate) peak_bytes: u64,
}

impl Used {
    /// Returns the elapsed time in milliseconds.
    pub(crate) fn milliseconds(&self) -> f64 {
        self.elapsed.as_secs_f64() * 1e3
    }

    /// Returns the peak memory in mebibytes.
    pub(crate) fn mebibytes(&self) -> f64 {
        const MEBIBYTE: f64 = 1024.0 * 1024.0;
        u32::try_from(self.peak_bytes / 1024)
            .map_or(f64::INFINITY, |kibibytes| f64::from(kibibytes) * 1024.0 / MEBIBYTE)
    }
}

/// Runs a command to completion. Discards its standard output, but shows its standard error.
///
/// # Panics
///
/// Panics if the command cannot be started or fails, because measurements of a failed run are meaningless.
pub(crate) fn run(command: &mut Command) -> Used {
    let started = start(command);
    wait(command, started)
}

/// Runs commands at the same time, like [`run`].
pub(crate) fn run_together(commands: &mut [Command]) -> Vec<Used> {
    let started: Vec<_> = commands.iter_mut().map(start).collect();
    commands.iter().zip(started).map(|(command, started)| wait(command, started)).collect()
}

fn start(command: &mut Command) -> (Instant, Child) {
    let start = Instant::now();
    let child = command.stdout(Stdio::null()).spawn();
    (start, child.unwrap_or_else(|error| panic!("{command:?}: {error}")))
}

fn wait(command: &Command, (start, child): (Instant, Child)) -> Used {
    let end = child.wait4().expect("a child can be waited for");
    let elapsed = start.elapsed();
    assert!(end.status.success(), "{command:?}: {}", end.status);
    Used { elapsed, cpu: end.rusage.utime + end.rusage.stime, peak_bytes: end.rusage.maxrss }
}

/// Returns a command that starts the command with a tool such as a profiler, with only the variables set for the
/// command.
pub(crate) fn under(mut tool: Command, command: &Command) -> Command {
    tool.arg(command.get_program()).args(command.get_args());
    tool.env_clear().envs(env::var_os("PATH").map(|path| ("PATH", path)));
    tool.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    tool
}

/// Runs a command to completion and returns its output.
///
/// # Panics
///
/// Panics if the command cannot be started or fails.
pub(crate) fn output(command: &mut Command) -> (String, String) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let [stdout, stderr] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{command:?}: {}\n{stderr}", output.status);
    (stdout, stderr)
}

/// Returns the least of several measurements.
pub(crate) fn least(runs: u32, mut measure: impl FnMut() -> f64) -> f64 {
    (0..runs).map(|_| measure()).fold(f64::INFINITY, f64::min)
}
