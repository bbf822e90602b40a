//! The section of the changelog that lists the changes of the generated crate.

use std::fmt::Write as _;
use std::fs;

use wirecrate_codegen::diff::{Change, Level};

use super::{Comparison, markdown};
use crate::error::{Error, Result};
use crate::{console, paths};

/// The path of the file, relative to the root of the workspace.
const FILE: &str = "CHANGELOG.md";

/// The heading that the section is inserted under.
const UNRELEASED: &str = "## Unreleased\n";

/// The markers before and after the section.
const MARKERS: [&str; 2] = ["<!-- cargo xtask diff -->\n", "<!-- end of cargo xtask diff -->\n"];

/// Replaces the section of an earlier run, or inserts it first under `Unreleased`.
pub(super) fn write(tag: &str, comparison: &Comparison) -> Result<()> {
    let path = paths::workspace().join(FILE);
    let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
    let Some(updated) = insert(&text, &section(tag, comparison)) else {
        let help = "add the heading `## Unreleased`, and keep both markers of an earlier section or neither";
        return Err(Error::Finding(format!("cannot insert the section into `{FILE}`; {help}")));
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

/// Returns the text with the section inserted, or replaced if there is an earlier one; `None` if there is no position
/// for it.
fn insert(text: &str, section: &str) -> Option<String> {
    let [begin, end] = MARKERS;
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
            // Writing to a string cannot fail.
            let _ = writeln!(text, "\n{title}:\n");
        }
        for change in lines {
            let _ = writeln!(text, "- {}", line(change));
        }
    }
    for operation in &comparison.not_compared {
        let key = markdown::code(&operation.operation.to_string());
        let _ = writeln!(text, "\nNot compared: {key}, which {}.", operation.state());
    }
    text
}

/// Returns a change as one line: `send-note`, `request.to`: a constraint was loosened: `maxLength 24` → `150`.
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
        let section = |lines: &str| format!("{}{lines}{}", MARKERS[0], MARKERS[1]);
        let (old, new) = (section("- old\n"), section("- new\n"));
        check("# C\n\n## Unreleased\n\n- x\n", Some(&format!("# C\n\n## Unreleased\n\n{new}\n- x\n")));
        check(&format!("## Unreleased\n\n{old}- x\n"), Some(&format!("## Unreleased\n\n{new}- x\n")));
        check("## Unreleased\n", Some(&format!("## Unreleased\n\n{new}")));
    }

    #[test]
    fn there_must_be_a_place() {
        check("# Changelog\n", None);
        check(&format!("## Unreleased\n\n{}", MARKERS[0]), None);
        check(&format!("## Unreleased\n\n{}{}", MARKERS[1], MARKERS[0]), None);
    }
}
