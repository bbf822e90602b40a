//! `cargo xtask bless`: accepts changed expectations. CI never runs it.

use std::env;
use std::process::Command;

use clap::Args;

use crate::error::{Error, Result};
use crate::{console, generate, paths};

/// Accepts changed expectations: `generated/`, the cases of the generator, and the errors of the compiler.
///
/// Writes what the tests compare. Read `git diff` afterwards, hunk by hunk, and commit it with the change that caused it.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Also asks `cargo-semver-checks` again and writes `tests/agreement.md`, which takes some minutes
    #[arg(long)]
    agreement: bool,
}

/// A run of tests that writes its expectations if a variable is set.
struct Step {
    variable: (&'static str, &'static str),
    arguments: &'static str,
}

/// The files beside the cases in `codegen/tests`.
const CASES: Step =
    Step { variable: ("BLESS", "1"), arguments: "test --package wirecrate-codegen -- fixtures changes overlay" };

/// The `.stderr` files in `tests/ui/fail`.
const COMPILE_ERRORS: Step = Step { variable: ("TRYBUILD", "overwrite"), arguments: "test --package infobip-ui" };

/// The table of agreement with `cargo-semver-checks`.
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
    console::note(format_args!("expectations are written; read `git diff` before you commit them"));
    Ok(())
}

impl Step {
    fn run(&self) -> Result<()> {
        let Self { variable: (name, value), arguments } = self;
        console::note(format_args!("==> {name}={value} cargo {arguments}"));
        // The toolchain that runs this program, which need not be the first one in the path.
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(&cargo);
        command.args(arguments.split(' ')).env(name, value).current_dir(paths::workspace());
        let status = command.status().map_err(Error::io("run", &cargo))?;
        if status.success() { Ok(()) } else { Err(Error::Finding(format!("`cargo {arguments}` failed with {status}"))) }
    }
}
