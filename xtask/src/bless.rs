//! `cargo xtask bless`: updates every expectation to the current output. CI never runs it.

use std::env;
use std::process::Command;

use clap::Args;

use crate::error::{Error, Result};
use crate::{console, generate, paths};

/// Updates the expectations of the tests: `generated/`, the generator's cases, and the compiler errors.
///
/// Review `git diff` afterwards, hunk by hunk, and commit it with the change that caused it.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Also runs `cargo-semver-checks` again and updates `tests/agreement.md`, which takes several minutes
    #[arg(long)]
    agreement: bool,
}

/// A test run that updates its expectations if an environment variable is set.
struct Step {
    variable: (&'static str, &'static str),
    arguments: &'static str,
}

/// The files beside the cases in `codegen/tests`.
const CASES: Step = Step {
    variable: ("BLESS", "1"),
    arguments: "test --package wirecrate-codegen --lib --test main -- fixtures changes overlay",
};

/// The `.stderr` files in `tests/ui/fail`.
const COMPILE_ERRORS: Step = Step { variable: ("TRYBUILD", "overwrite"), arguments: "test --package infobip-ui" };

/// The table that compares the verdicts with those of `cargo-semver-checks`.
const AGREEMENT: Step =
    Step { variable: ("AGREEMENT", "write"), arguments: "test --package infobip-tests --test main -- agreement::" };

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    console::note(format_args!("==> cargo xtask generate"));
    generate::run(&generate::Arguments::workspace())?;
    CASES.run()?;
    COMPILE_ERRORS.run()?;
    if arguments.agreement {
        AGREEMENT.run()?;
    }
    console::note(format_args!("the expectations were updated; review `git diff` before you commit them"));
    Ok(())
}

impl Step {
    fn run(&self) -> Result<()> {
        let Self { variable: (name, value), arguments } = self;
        console::note(format_args!("==> {name}={value} cargo {arguments}"));
        // The toolchain that runs this program, which may not be the first one in `PATH`.
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(&cargo);
        command.args(arguments.split(' ')).env(name, value).current_dir(paths::workspace());
        let status = command.status().map_err(Error::io("run", &cargo))?;
        if status.success() { Ok(()) } else { Err(Error::Finding(format!("`cargo {arguments}` failed with {status}"))) }
    }
}
