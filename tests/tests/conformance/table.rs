//! The results of the suite, by keyword.

use std::collections::BTreeMap;
use std::fmt;

use super::suite::Group;
use crate::emitted_crates::Verdict;

/// A line for each keyword, and a list of differences.
#[derive(Debug, Default)]
pub(super) struct Table {
    lines: BTreeMap<String, Line>,
    /// The instances on which the type and the suite disagree, as text.
    pub(super) differences: Vec<String>,
}

#[derive(Debug, Default)]
struct Line {
    groups: usize,
    passed: usize,
    failed: usize,
    /// The number of groups by reason.
    inexpressible: BTreeMap<String, usize>,
}

impl Table {
    pub(super) fn inexpressible(&mut self, group: &Group, reason: String) {
        let line = self.lines.entry(group.keyword.clone()).or_default();
        *line.inexpressible.entry(reason).or_default() += 1;
    }

    /// Enters the verdicts on the instances of a group.
    pub(super) fn enter(&mut self, group: &Group, verdicts: &[Verdict]) {
        let line = self.lines.entry(group.keyword.clone()).or_default();
        line.groups += 1;
        for (instance, verdict) in group.content.tests.iter().zip(verdicts) {
            if verdict.is_ok() == instance.valid {
                line.passed += 1;
                continue;
            }
            line.failed += 1;
            let Group { keyword, content, .. } = group;
            let what = format!("{keyword} / {} / {}", content.description, instance.description);
            self.differences
                .push(format!("{what}: {} against the schema {}: {verdict:?}", instance.data, content.schema));
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<26}{:>7}{:>8}{:>8}{:>15}", "", "groups", "passed", "failed", "inexpressible")?;
        let mut sum = [0; 4];
        let mut reasons = BTreeMap::<&str, usize>::new();
        for (keyword, line) in &self.lines {
            let numbers = [line.groups, line.passed, line.failed, line.inexpressible.values().sum()];
            write_line(f, keyword, numbers)?;
            for (sum, number) in sum.iter_mut().zip(numbers) {
                *sum += number;
            }
            for (reason, groups) in &line.inexpressible {
                *reasons.entry(reason).or_default() += groups;
            }
        }
        write_line(f, "all", sum)?;
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, groups)| std::cmp::Reverse(*groups));
        reasons.into_iter().try_for_each(|(reason, groups)| writeln!(f, "{groups:>4} groups: {reason}"))
    }
}

/// Writes a line. The first and the last number count groups, the others count instances.
fn write_line(f: &mut fmt::Formatter<'_>, name: &str, numbers: [usize; 4]) -> fmt::Result {
    let [groups, passed, failed, inexpressible] = numbers;
    writeln!(f, "{name:<26}{groups:>7}{passed:>8}{failed:>8}{inexpressible:>15}")
}
