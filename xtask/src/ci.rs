//! `cargo xtask ci`: all checks that CI runs before the tests, the cheapest first.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use clap::Args;

use crate::error::{Error, Result};
use crate::{console, diff, generate, paths};

/// Runs the checks that CI runs before the tests, in the same order, and stops at the first failure.
///
/// The checks are formatting, lints, the dependencies if `cargo-deny` is installed, drift of `generated/`, the version
/// required by the changes in `spec/` since the last tag, documentation, and the features of the generated crate. Run
/// `cargo test` afterwards.
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// An invocation of Cargo, with an additional environment variable if it needs one.
struct Step {
    arguments: &'static str,
    variable: Option<(&'static str, &'static str)>,
}

impl Step {
    const fn new(arguments: &'static str) -> Self {
        Self { arguments, variable: None }
    }
}

const BEFORE_GENERATE: &[Step] = &[
    Step::new("fmt --all --check"),
    Step::new("clippy --workspace --all-targets --locked -- -D warnings"),
    Step::new("clippy --workspace --all-targets --all-features --locked -- -D warnings"),
];

/// The checks of `deny.toml` that need no network.
const DEPENDENCIES: &[Step] = &[Step::new("deny --locked check bans licenses sources")];

const AFTER_GENERATE: &[Step] = &[
    Step { arguments: "doc --workspace --no-deps --locked", variable: Some(("RUSTDOCFLAGS", "-D warnings")) },
    Step::new("check --package infobip-whatsapp --no-default-features --locked"),
    Step::new("check --package infobip-whatsapp --features symmetric --locked"),
];

pub(crate) fn run() -> Result<()> {
    run_steps(BEFORE_GENERATE)?;
    check_dependencies()?;
    announce("cargo xtask generate --check");
    generate::run(&generate::Arguments::check())?;
    announce("the version against the last tag");
    diff::check_version()?;
    run_steps(AFTER_GENERATE)
}

fn check_dependencies() -> Result<()> {
    let is_installed = Command::new(cargo()).args(["deny", "--version"]).output();
    if is_installed.is_ok_and(|output| output.status.success()) {
        return run_steps(DEPENDENCIES);
    }
    console::note("`cargo-deny` is not installed, so the dependencies are not checked");
    Ok(())
}

/// Returns the path of Cargo from the toolchain that runs this program, which may not be the first one in `PATH`.
fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn run_steps(steps: &[Step]) -> Result<()> {
    let cargo = cargo();
    for Step { arguments, variable } in steps {
        let set = variable.map(|(name, value)| format!("{name}='{value}' ")).unwrap_or_default();
        announce(&format!("{set}cargo {arguments}"));
        let mut command = Command::new(&cargo);
        command.args(arguments.split(' ')).envs(*variable).current_dir(paths::workspace());
        let status = command.status().map_err(Error::io("run", &cargo))?;
        if !status.success() {
            return Err(Error::Finding(format!("`cargo {arguments}` failed with {status}")));
        }
    }
    Ok(())
}

/// Prints a step to standard error, as Cargo does, so that the output stays in order.
fn announce(command: &str) {
    console::note(format_args!("==> {command}"));
}
