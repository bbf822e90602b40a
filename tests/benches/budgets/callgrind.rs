//! Counts of instructions and allocations, measured with Valgrind.
//!
//! A program repeats an action a few times, then many times. The difference is the cost of the action, without the
//! start and the end of the program.

use std::process::{Command, Stdio};

use crate::shared::process;

/// Returns `true` if Valgrind is installed.
pub(crate) fn is_available() -> bool {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// Returns the number of instructions of one `action` of a program that takes an action and a count.
pub(crate) fn instructions(program: &Command, action: &str, few: u32, many: u32) -> f64 {
    per_action(few, many, |times| {
        let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
        number_behind("Collected : ", &run(program, &tool, action, times))
    })
}

/// Returns the number of allocations of one `action` of a program that takes an action and a count.
pub(crate) fn allocations(program: &Command, action: &str, few: u32, many: u32) -> f64 {
    per_action(few, many, |times| {
        number_behind("total heap usage: ", &run(program, &["--leak-check=no"], action, times))
    })
}

fn per_action(few: u32, many: u32, measure: impl Fn(u32) -> f64) -> f64 {
    // A fraction is caused by variations of the start and the end of the program.
    ((measure(many) - measure(few)) / f64::from(many - few)).round()
}

fn run(program: &Command, tool: &[&str], action: &str, times: u32) -> String {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(tool);
    process::output(process::under(valgrind, program).args([action, &times.to_string()])).1
}

fn number_behind(label: &str, report: &str) -> f64 {
    let (_, rest) = report
        .split_once(label)
        .unwrap_or_else(|| panic!("the output of Valgrind does not contain `{label}`:\n{report}"));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(rest.len());
    rest[..end].replace(',', "").parse().expect("digits are a number")
}
