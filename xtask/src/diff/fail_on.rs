//! The changes for which the command fails.

use clap::ValueEnum;
use wirecrate_codegen::diff::{Change, Level};

use super::Comparison;
use super::counts::count;
use crate::error::{Error, Result};

/// A kind of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A change that is breaking on the wire.
    Wire,
    /// A change that is breaking in Rust.
    Api,
    /// A change that is breaking on the wire or in Rust.
    Breaking,
    /// A change that is breaking or compatible on the wire or in Rust.
    Compatible,
    /// Any change.
    Informational,
}

impl FailOn {
    /// Fails if there is such a change, or if there may be one in an operation that is not compared.
    pub(super) fn check(self, comparison: &Comparison) -> Result<()> {
        let number = comparison.changes.iter().filter(|change| self.matches(change)).count();
        let mut problems = Vec::new();
        if number > 0 {
            let verb = if number == 1 { "is" } else { "are" };
            problems.push(format!("{} {verb} {}", count(number, "change"), self.words()));
        }
        let unjudged = comparison.unjudged();
        problems.extend(unjudged.map(|parts| format!("{parts} changed and cannot be compared because of an error")));
        Error::check(problems)
    }

    fn matches(self, change: &Change) -> bool {
        match self {
            Self::Wire => change.wire == Level::Breaking,
            Self::Api => change.api == Level::Breaking,
            Self::Breaking => change.wire.min(change.api) == Level::Breaking,
            Self::Compatible => change.wire.min(change.api) <= Level::Compatible,
            Self::Informational => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Wire => "breaking on the wire",
            Self::Api => "breaking in Rust",
            Self::Breaking => "breaking",
            Self::Compatible => "breaking or compatible",
            Self::Informational => "reported",
        }
    }
}
