//! The numbers of changes at each level.

use std::fmt;

use serde::Serialize;
use wirecrate_codegen::diff::{Change, Level};

/// The numbers of changes on the wire and in Rust.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    pub(super) wire: Levels,
    pub(super) api: Levels,
}

/// The number of changes at each level.
#[derive(Debug, Default, Serialize)]
pub(super) struct Levels {
    pub(super) breaking: usize,
    pub(super) compatible: usize,
    pub(super) informational: usize,
}

impl Counts {
    pub(super) fn of(changes: &[Change]) -> Self {
        Self {
            wire: changes.iter().map(|change| change.wire).collect(),
            api: changes.iter().map(|change| change.api).collect(),
        }
    }
}

impl FromIterator<Level> for Levels {
    fn from_iter<I: IntoIterator<Item = Level>>(levels: I) -> Self {
        let mut counts = Self::default();
        for level in levels {
            *match level {
                Level::Breaking => &mut counts.breaking,
                Level::Compatible => &mut counts.compatible,
                Level::Informational => &mut counts.informational,
            } += 1;
        }
        counts
    }
}

impl fmt::Display for Levels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { breaking, compatible, informational } = self;
        write!(f, "{breaking} breaking, {compatible} compatible, {informational} informational")
    }
}

/// Returns a number with its noun: `1 change`, `2 changes`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
