//! The section of the changelog that tells what became of the generated crate.

use std::fmt::Write as _;
use std::fs;

use infobip_codegen::diff::{Change, Level};

use super::{Comparison, markdown};
use crate::error::{Error, Result};
use crate::{console, paths};

/// The file, seen from the root of the workspace.
const FILE: &str = "CHANGELOG.md";

/// The heading under which the section stands.
const UNRELEASED: &str = "## Unreleased\n";

/// How the heading of a section starts.
const HEADING: &str = "### The description since ";

/// Puts the section in the place of an earlier one, or first under `Unreleased`.
pub(super) fn write(tag: &str, comparison: &Comparison) -> Result<()> {
    let path = paths::workspace().join(FILE);
    let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
    let Some(updated) = insert(&text, &section(tag, comparison)) else {
        return Err(Error::Finding(format!("`{FILE}` has no heading `Unreleased` for the section; add it")));
    };
    if updated != text {
        fs::write(&path, updated).map_err(Error::io("write", &path))?;
    }
    console::note(format_args!(
        "wrote the section \"The description since {tag}\" in {FILE}; the version after {} is at least {}",
        comparison.current, comparison.next
    ));
    Ok(())
}

fn insert(text: &str, section: &str) -> Option<String> {
    let start = text.find(UNRELEASED)? + UNRELEASED.len();
    let (before, after) = text.split_at(start);
    // What belongs to `Unreleased` ends at the next heading of its rank.
    let end = after.find("\n## ").map_or(after.len(), |end| end + 1);
    let (own, released) = after.split_at(end);
    let own = match own.find(HEADING) {
        None => format!("\n{section}{own}"),
        Some(at) => {
            let (head, old) = own.split_at(at);
            let rest = old[HEADING.len()..].find("\n### ").map_or("", |end| &old[HEADING.len() + end + 1..]);
            let space = if rest.is_empty() && !released.is_empty() || !rest.is_empty() { "\n" } else { "" };
            format!("{head}{section}{space}{rest}")
        }
    };
    Some(format!("{before}{own}{released}"))
}

fn section(tag: &str, comparison: &Comparison) -> String {
    let mut text = format!("{HEADING}{tag}\n");
    let groups =
        [("Breaking", Level::Breaking), ("Added or loosened", Level::Compatible), ("Otherwise", Level::Informational)];
    if comparison.changes.is_empty() {
        text.push_str("\nNothing changed.\n");
    }
    for (title, level) in groups {
        let belongs = |change: &&Change| change.wire.min(change.api) == level;
        let mut lines = comparison.changes.iter().filter(belongs).peekable();
        if lines.peek().is_some() {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "\n{title}:\n");
        }
        for change in lines {
            let _ = writeln!(text, "- {}", line(change));
        }
    }
    text
}

/// `send-note`, `request.to`: a limit is looser: `maxLength 24` → `maxLength 150`.
fn line(change: &Change) -> String {
    let mut place: Vec<_> = change.operation.iter().map(|operation| markdown::code(operation)).collect();
    if !change.other_operations.is_empty() {
        place.push(format!("{} more operations", change.other_operations.len()));
    }
    if !change.location.is_empty() {
        place.push(markdown::code(&change.location));
    }
    let place = place.join(", ");
    let colon = if place.is_empty() { "" } else { ": " };
    format!("{place}{colon}{}{}.", change.rule.what, markdown::values(change))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(insert(text, "### The description since v1\n\n- new\n").as_deref(), Some(expected));
    }

    #[test]
    fn the_section_stands_first_and_is_replaced() {
        check(
            "# C\n\n## Unreleased\n\n### Other\n\n- x\n",
            "# C\n\n## Unreleased\n\n### The description since v1\n\n- new\n\n### Other\n\n- x\n",
        );
        check(
            "## Unreleased\n\n### The description since v0\n\n- old\n\n### Other\n\n- x\n\n## 0.1\n",
            "## Unreleased\n\n### The description since v1\n\n- new\n\n### Other\n\n- x\n\n## 0.1\n",
        );
        check(
            "## Unreleased\n\n### The description since v0\n\n- old\n\n## 0.1\n",
            "## Unreleased\n\n### The description since v1\n\n- new\n\n## 0.1\n",
        );
        check("## Unreleased\n", "## Unreleased\n\n### The description since v1\n\n- new\n");
    }

    #[test]
    fn there_must_be_a_place() {
        assert_eq!(insert("# Changelog\n", "x"), None);
    }
}
