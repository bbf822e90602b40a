//! The section of the changelog that tells what became of the generated crate.

use std::fmt::Write as _;
use std::fs;

use wirecrate_codegen::diff::{Change, Level};

use super::{Comparison, markdown};
use crate::error::{Error, Result};
use crate::{console, paths};

/// The file, seen from the root of the workspace.
const FILE: &str = "CHANGELOG.md";

/// The heading under which the section stands.
const UNRELEASED: &str = "## Unreleased\n";

/// What stands before and behind the section, so that nothing else is taken for a part of it.
const MARKS: [&str; 2] = ["<!-- cargo xtask diff -->\n", "<!-- end of cargo xtask diff -->\n"];

/// Puts the section in the place of an earlier one, or first under `Unreleased`.
pub(super) fn write(tag: &str, comparison: &Comparison) -> Result<()> {
    let path = paths::workspace().join(FILE);
    let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
    let Some(updated) = insert(&text, &section(tag, comparison)) else {
        let help = "give it the heading `## Unreleased`, and both marks of an earlier section or none";
        return Err(Error::Finding(format!("`{FILE}` has no place for the section; {help}")));
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

/// The text with the section, in the place of an earlier one; `None` where there is no place for it.
fn insert(text: &str, section: &str) -> Option<String> {
    let [begin, end] = MARKS;
    let section = format!("{begin}{section}{end}");
    match (text.find(begin), text.find(end)) {
        (None, None) => {
            let place = text.find(UNRELEASED)? + UNRELEASED.len();
            let (before, after) = text.split_at(place);
            Some(format!("{before}\n{section}{after}"))
        }
        (Some(first), Some(last)) if first < last => {
            Some(format!("{}{section}{}", &text[..first], &text[last + end.len()..]))
        }
        _ => None,
    }
}

fn section(tag: &str, comparison: &Comparison) -> String {
    let mut text = format!("### The description since {tag}\n");
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
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(insert(text, "- new\n").as_deref(), expected);
    }

    #[test]
    fn the_section_stands_first_and_is_replaced() {
        let section = |lines: &str| format!("{}{lines}{}", MARKS[0], MARKS[1]);
        let (old, new) = (section("- old\n"), section("- new\n"));
        check("# C\n\n## Unreleased\n\n- x\n", Some(&format!("# C\n\n## Unreleased\n\n{new}\n- x\n")));
        check(&format!("## Unreleased\n\n{old}- x\n"), Some(&format!("## Unreleased\n\n{new}- x\n")));
        check("## Unreleased\n", Some(&format!("## Unreleased\n\n{new}")));
    }

    #[test]
    fn there_must_be_a_place() {
        check("# Changelog\n", None);
        check(&format!("## Unreleased\n\n{}", MARKS[0]), None);
        check(&format!("## Unreleased\n\n{}{}", MARKS[1], MARKS[0]), None);
    }
}
