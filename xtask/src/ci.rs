//! `cargo xtask ci`: all checks that CI runs before the tests, the cheapest first.

use std::env;
use std::process::Command;

use clap::Args;

use crate::error::{Error, Result};
use crate::{console, diff, generate, paths};

/// Runs the checks that CI runs before the tests, in the same order, and stops at the first failure.
///
/// The checks are formatting, lints, drift of `generated/`, the version required by the changes in `spec/` since the
/// last tag, documentation, and the features of the generated crate. Run `cargo test` afterwards.
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

const AFTER_GENERATE: &[Step] = &[
    Step { arguments: "doc --workspace --no-deps --locked", variable: Some(("RUSTDOCFLAGS", "-D warnings")) },
    Step::new("check --package infobip-whatsapp --no-default-features --locked"),
    Step::new("check --package infobip-whatsapp --features symmetric --locked"),
];

pub(crate) fn run() -> Result<()> {
    run_steps(BEFORE_GENERATE)?;
    announce("cargo xtask generate --check");
    generate::run(&generate::Arguments::check())?;
    announce("the version against the last tag");
    diff::check_version()?;
    run_steps(AFTER_GENERATE)
}

fn run_steps(steps: &[Step]) -> Result<()> {
    // The toolchain that runs this program, which may not be the first one in `PATH`.
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
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
