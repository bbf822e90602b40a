//! The options for descriptions that are not supported in full.

use clap::{Args, ValueEnum};
use wirecrate_codegen::Options;

/// The treatment of what is not supported, and of what cannot be checked.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Policy {
    /// Leave out the operations and webhooks that errors concern, with everything that only they use, and list them.
    #[arg(long)]
    skip_unsupported: bool,
    /// Treat warnings of this kind as errors. Repeatable.
    #[arg(long, value_enum, value_name = "WARNINGS")]
    deny: Vec<Deny>,
}

/// Warnings that can be errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Constraints that the crate does not check.
    Unchecked,
}

impl Policy {
    /// The names of the arguments.
    pub(crate) const NAMES: [&str; 2] = ["skip_unsupported", "deny"];

    pub(crate) fn skips_unsupported(&self) -> bool {
        self.skip_unsupported
    }

    /// Adds the policy to the options of a crate.
    pub(crate) fn apply(&self, options: Options) -> Options {
        let denies_unchecked = self.deny.contains(&Deny::Unchecked);
        Options { skip_unsupported: self.skip_unsupported, deny_unchecked: denies_unchecked, ..options }
    }
}
