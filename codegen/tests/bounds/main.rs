//! Bounds on the memory and the time that large and deep descriptions take.
//!
//! Each case of [`cases`] is a generator of descriptions. It runs in a process of its own at two sizes, so that a case that
//! fills the memory or the stack fails alone. From one size to the other, memory and time may grow only as the input does.
//!
//! ```text
//! cargo test -p wirecrate-codegen --test bounds                      small sizes, as a part of `cargo test`
//! cargo test -p wirecrate-codegen --test bounds -- enum              the cases whose names contain a word
//! cargo test -p wirecrate-codegen --test bounds --release -- --large 8 MiB, at most 10 s and 1 GiB each
//! ```

mod cases;
mod text;

use std::alloc::System;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use std::{env, thread};

use cap::Cap;
use wait4::Wait4;
use wirecrate_codegen::{Description, Options, Report, Source, diff, read, read_supported};

use crate::cases::{Case, Files, Input};

/// Counts the memory of this process.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// The first argument of a child process, which runs one case.
const RUN: &str = "--run";

/// The sizes of the inputs in bytes.
const SMALL: [usize; 2] = [8 << 10, 32 << 10];
const LARGE: [usize; 2] = [2 << 20, 8 << 20];

/// The memory for each byte of the input and of the result.
const FACTOR: usize = 20;

/// The memory of any run.
const CONSTANT: usize = 64 << 20;

/// The most that a large input may take.
const MOST_MEMORY: usize = 1 << 30;
const MOST_TIME: Duration = Duration::from_secs(10);

/// The growth of work and time from one size to the next, which is four times as large. A quadratic algorithm has 16.
const GROWTH: f64 = 10.0;

/// The time in which nothing can be measured.
const NOISE: Duration = Duration::from_millis(150);

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [run, name, size] = &*arguments
        && run == RUN
    {
        run_case(name, size.parse().expect("the parent passes a number"));
        return ExitCode::SUCCESS;
    }
    let is_large = arguments.iter().any(|argument| argument == "--large");
    let words: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let cases: Vec<_> =
        cases::all().filter(|case| words.is_empty() || words.iter().any(|word| case.name.contains(*word))).collect();
    if !cases.is_empty() && check(&cases, is_large) > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Runs cases, prints the table, and returns the number of those that exceed a bound.
fn check(cases: &[&Case], is_large: bool) -> usize {
    let sizes = if is_large { LARGE } else { SMALL };
    println!("{:32} {:>9} {:>9} {:>9} {:>9} {:>7}  result", "case", "input", "result", "peak", "work", "CPU s");
    let threads = if is_large { 1 } else { 2 };
    let mut failed = 0;
    for group in cases.chunks(threads) {
        let runs = thread::scope(|scope| {
            let runs: Vec<_> =
                group.iter().map(|case| scope.spawn(|| sizes.map(|size| Run::start(case, size)))).collect();
            runs.into_iter().map(|run| run.join().expect("a case does not panic")).collect::<Vec<_>>()
        });
        for (case, runs) in group.iter().zip(runs) {
            let problem = problem(&runs, is_large);
            for run in &runs {
                println!("{:32} {run}", case.name);
            }
            if let Some(problem) = problem {
                println!("{:32} FAILED: {problem}", case.name);
                failed += 1;
            }
        }
    }
    println!("{} cases, {failed} failed", cases.len());
    failed
}

/// The bound that a case exceeds.
fn problem([small, large]: &[Run; 2], is_large: bool) -> Option<String> {
    for run in [small, large] {
        if let Some(failure) = &run.failure {
            return Some(failure.clone());
        }
        let most = FACTOR * (run.input + run.result) + CONSTANT;
        if run.peak > most {
            return Some(format!("{} of memory, at most {}", mebibytes(run.peak), mebibytes(most)));
        }
        if is_large && run.resident > MOST_MEMORY {
            return Some(format!("{} of memory", mebibytes(run.resident)));
        }
        if is_large && run.time > MOST_TIME {
            return Some(format!("{:.1} s", run.time.as_secs_f64()));
        }
    }
    let growth = |small: f64, large: f64| large / small.max(1.0);
    let size = growth(kibibytes(small.input + small.result), kibibytes(large.input + large.result)).max(4.0) / 4.0;
    let work = growth(kibibytes(small.work), kibibytes(large.work));
    let time = growth(small.time.max(NOISE).as_secs_f64() * 1e3, large.time.as_secs_f64() * 1e3);
    let most = GROWTH * size;
    (work > most || time > most).then(|| format!("work grows {work:.1} times, time {time:.1} times, at most {most:.1}"))
}

/// The resources that a run of a case used.
struct Run {
    /// The sizes of the input and of the result in bytes.
    input: usize,
    result: usize,
    /// The most memory at any time, and the sum of all allocations, in bytes.
    peak: usize,
    work: usize,
    /// The most resident memory.
    resident: usize,
    /// The CPU time.
    time: Duration,
    /// The result in words.
    outcome: String,
    /// The way in which the process failed.
    failure: Option<String>,
}

impl Run {
    /// Runs a case in a process of its own.
    fn start(case: &Case, size: usize) -> Self {
        let program = env::current_exe().expect("the path of this program is known");
        let mut command = Command::new(program);
        command.args([RUN, case.name, &size.to_string()]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("this program can be started");
        let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
        let end = child.wait4().expect("a child can be waited for");
        let read = |pipe: &mut dyn std::io::Read| {
            let mut text = String::new();
            pipe.read_to_string(&mut text).map(|_| text).unwrap_or_default()
        };
        let stdout = stdout.as_mut().map(|pipe| read(pipe)).unwrap_or_default();
        let stderr = stderr.as_mut().map(|pipe| read(pipe)).unwrap_or_default();
        let mut words = stdout.splitn(5, ' ');
        let mut number = || words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let [input, result, peak, work] = std::array::from_fn(|_| number());
        let outcome = words.next().unwrap_or_default().trim().to_owned();
        let failure = (!end.status.success()).then(|| format!("{}: {}", end.status, stderr.trim()));
        let resident = usize::try_from(end.rusage.maxrss).unwrap_or(usize::MAX);
        Self { input, result, peak, work, resident, time: end.rusage.utime + end.rusage.stime, outcome, failure }
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [input, result, peak, work] = [self.input, self.result, self.peak, self.work].map(mebibytes);
        write!(f, "{input:>9} {result:>9} {peak:>9} {work:>9} {:7.2}  {}", self.time.as_secs_f64(), self.outcome)
    }
}

fn kibibytes(bytes: usize) -> f64 {
    u32::try_from(bytes.div_ceil(1024)).map_or(f64::INFINITY, f64::from)
}

fn mebibytes(bytes: usize) -> String {
    format!("{:.2} MiB", kibibytes(bytes) / 1024.0)
}

/// Runs a case in this process, and prints its sizes and its result.
fn run_case(name: &str, size: usize) {
    let case = cases::all().find(|case| case.name == name).expect("the parent passes a case");
    let input = (case.input)(size);
    let bytes = input.size();
    let (before, work) = (MEMORY.allocated(), MEMORY.total_allocated());
    let (result, outcome) = act(input);
    // The input existed before.
    let (peak, work) = (MEMORY.max_allocated().saturating_sub(before), MEMORY.total_allocated() - work);
    println!("{bytes} {result} {peak} {work} {outcome}");
}

/// Generates a crate from an input, or compares two descriptions. Returns the size of the result, and the result in words.
fn act(input: Input) -> (usize, String) {
    let options = Options::new("bounds");
    let Input { files, overlays, new } = input;
    let Some(new) = new else {
        let [entry, others @ ..] = &*files else { return (0, String::new()) };
        let result = read(vec![entry.clone()], overlays, &Files(others), &options).map(Description::emit);
        return match result {
            Ok(output) => {
                let text = output.files.iter().map(|file| file.text.len()).sum();
                (text, format!("{} files; {}", output.files.len(), findings(&output.warnings)))
            }
            Err(report) => (report.to_string().len(), findings(&report)),
        };
    };
    let side = |files: &[Source]| read_supported(files.to_vec(), Vec::new(), &Files(&[]), &options);
    match (side(&files), side(&new)) {
        (Ok(old), Ok(new)) => {
            let changes = diff::diff(&old, &new);
            let text =
                changes.iter().map(|change| change.location.len() + change.other_locations.len() * 20 + 200).sum();
            (text, format!("{} changes", changes.len()))
        }
        (Err(report), _) | (_, Err(report)) => (report.to_string().len(), findings(&report)),
    }
}

/// The number of findings, and the code of the first.
fn findings(report: &Report) -> String {
    let first =
        report.diagnostics.first().map(|first| format!(", first {} at {}:{}", first.code, first.line, first.column));
    format!("{} findings{}", report.diagnostics.len(), first.unwrap_or_default())
}
