//! Running a program and seeing what it used.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a process used, its descendants included.
pub(crate) struct Used {
    /// From start to end.
    pub(crate) elapsed: Duration,
    /// On all processors, in user and system mode.
    pub(crate) cpu: Duration,
    /// The most memory that was resident at a time, of the largest process.
    pub(crate) peak_bytes: u64,
}

impl Used {
    /// The elapsed time in milliseconds.
    pub(crate) fn milliseconds(&self) -> f64 {
        self.elapsed.as_secs_f64() * 1e3
    }

    /// The peak in mebibytes.
    pub(crate) fn mebibytes(&self) -> f64 {
        const MEBIBYTE: f64 = 1024.0 * 1024.0;
        u32::try_from(self.peak_bytes / 1024)
            .map_or(f64::INFINITY, |kibibytes| f64::from(kibibytes) * 1024.0 / MEBIBYTE)
    }
}

/// Runs a command to its end; what it prints is dropped, what it complains about is shown.
///
/// # Panics
///
/// If it cannot be started or fails: a budget of something broken means nothing.
pub(crate) fn run(command: &mut Command) -> Used {
    let start = Instant::now();
    let child = command.stdout(Stdio::null()).spawn();
    let child = child.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let end = child.wait4().expect("a child can be waited for");
    let elapsed = start.elapsed();
    assert!(end.status.success(), "{command:?}: {}", end.status);
    Used { elapsed, cpu: end.rusage.utime + end.rusage.stime, peak_bytes: end.rusage.maxrss }
}

/// Runs a command to its end and gives what it printed.
///
/// # Panics
///
/// If it cannot be started or fails.
pub(crate) fn output(command: &mut Command) -> (String, String) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let [stdout, stderr] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{command:?}: {}\n{stderr}", output.status);
    (stdout, stderr)
}

/// The least of several measurements.
pub(crate) fn least(runs: u32, mut measure: impl FnMut() -> f64) -> f64 {
    (0..runs).map(|_| measure()).fold(f64::INFINITY, f64::min)
}
