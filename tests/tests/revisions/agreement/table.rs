//! The table of agreement, which is compared by the test.

use std::collections::BTreeMap;
use std::fmt;
use std::process::Command;

use super::checker::Checker;

/// A pair of descriptions, and both verdicts on their crates.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) old: String,
    pub(super) new: String,
    pub(super) ours: String,
    pub(super) theirs: String,
    /// The rules that our verdict follows from.
    pub(super) rules: Vec<String>,
}

pub(super) struct Table {
    heading: String,
    /// The pairs with the base.
    rows: Vec<Row>,
    /// The number of pairs for each combination of verdicts: ours, theirs.
    counts: BTreeMap<(String, String), usize>,
    variants: usize,
}

const COLUMNS: &str = "| From | To | Ours | Theirs | By |\n|---|---|---|---|---|\n";

impl Table {
    pub(super) fn new(checker: &Checker, variants: usize) -> Self {
        let output = Command::new("date").args(["-u", "+%Y-%m-%d"]).output();
        let date = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
        let rustc = Command::new("rustc").arg("--version").output();
        let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
        let heading = format!("Written on {date} with {} and {rustc}.", checker.version);
        Self { heading, rows: Vec::new(), counts: BTreeMap::new(), variants }
    }

    pub(super) fn enter(&mut self, row: Row, is_shown: bool) {
        *self.counts.entry((row.ours.clone(), row.theirs.clone())).or_default() += 1;
        if is_shown {
            self.rows.push(row);
        }
    }

    pub(super) fn summary(&self) -> String {
        let total: usize = self.counts.values().sum();
        let line = |((ours, theirs), count): (&(String, String), &usize)| {
            let same = if super::explained::agree(ours, theirs) { "agree" } else { "explained below" };
            format!("| {ours} | {theirs} | {count} | {same} |\n")
        };
        let lines: String = self.counts.iter().map(line).collect();
        let heading = format!("{total} ordered pairs of {} descriptions:", self.variants);
        format!("{heading}\n\n| Ours | Theirs | Pairs | |\n|---|---|---|---|\n{lines}")
    }

    /// Parses the rows of a written table.
    pub(super) fn rows(text: &str) -> Vec<Row> {
        let (_, rows) = text.split_once(COLUMNS).expect("the table has its columns");
        let row = |line: &str| {
            let cells: Vec<_> = line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
            let [old, new, ours, theirs, rules] = &cells[..] else { panic!("a row has five cells: {line}") };
            let rules = rules.split(", ").filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
            let [old, new, ours, theirs] = [old, new, ours, theirs].map(Clone::clone);
            Row { old, new, ours, theirs, rules }
        };
        rows.lines().take_while(|line| line.starts_with('|')).map(row).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# Our verdicts on the Rust API and those of cargo-semver-checks\n")?;
        writeln!(f, "Written by the test `agreement`, which documents the procedure. {}\n", self.heading)?;
        writeln!(f, "{}", self.summary())?;
        writeln!(f, "{}", super::explained::table())?;
        writeln!(f, "## The pairs with the base\n")?;
        writeln!(f, "`From` and `To` are overlays in `codegen/tests/changes`; `By` lists the decisive rules.\n")?;
        write!(f, "{COLUMNS}")?;
        for Row { old, new, ours, theirs, rules } in &self.rows {
            let rules: Vec<_> = rules.iter().map(|rule| format!("`{rule}`")).collect();
            writeln!(f, "| `{old}` | `{new}` | {ours} | {theirs} | {} |", rules.join(", "))?;
        }
        Ok(())
    }
}
