//! The commands of this workspace, run as `cargo xtask <command>`.
//!
//! This file dispatches to the commands, which have a file each. Descriptions are interpreted by `wirecrate-codegen`.

// Only `console` prints, because it escapes control characters.
#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr))]

mod bless;
mod ci;
mod console;
mod diff;
mod error;
mod generate;
mod paths;
mod policy;
mod read;
mod wanted;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  findings: drift, errors in a description, changes that `--fail-on` names, files that cannot be read or written, a
     failing step
  2  invalid command line";

/// Generates and checks the bindings of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Diff(diff::Arguments),
    Bless(bless::Arguments),
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Bless(arguments) => bless::run(&arguments),
        Command::Ci(_) => ci::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for problem in error.problems() {
                console::note(format_args!("error: {problem}"));
            }
            ExitCode::FAILURE
        }
    }
}
