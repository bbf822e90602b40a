//! Changes as Markdown, for a pull request or a release note.

use std::fmt;

use wirecrate_codegen::diff::Change;

use super::{Comparison, text};

/// A comparison as a table.
pub(super) struct Markdown<'a>(pub(super) &'a Comparison);

impl fmt::Display for Markdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Comparison { wire, api, current, next, changes, .. } = self.0;
        writeln!(f, "**Wire: {wire}. Rust API: {api}.** Version {current} → {next}.\n")?;
        if changes.is_empty() {
            return write!(f, "Nothing changed.");
        }
        writeln!(f, "| Wire | Rust | Operation | Where | What |")?;
        write!(f, "|---|---|---|---|---|")?;
        for change in changes {
            let Change { rule, wire, api, .. } = change;
            let [wire, api] = [*wire, *api].map(text::level);
            let (operation, location) = (operations(change), locations(change));
            write!(f, "\n| {wire} | {api} | {operation} | {location} | {}{} |", rule.what, values(change))?;
        }
        Ok(())
    }
}

fn operations(change: &Change) -> String {
    let all = change.operation.iter().chain(&change.other_operations);
    all.map(|operation| code(operation)).collect::<Vec<_>>().join(", ")
}

fn locations(change: &Change) -> String {
    let all = std::iter::once(&change.location).chain(&change.other_locations);
    all.filter(|location| !location.is_empty()).map(|location| code(location)).collect::<Vec<_>>().join(", ")
}

pub(super) fn values(change: &Change) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(": {} → {}", code(old), code(text::without_keyword(old, new))),
        (Some(one), None) | (None, Some(one)) => format!(": {}", code(one)),
        (None, None) => String::new(),
    }
}

/// Formats text as code, with a fence that no character of it can end, and without bars and line breaks, which would
/// end the cell of the table.
pub(super) fn code(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(code("maxLength 24"), "`maxLength 24`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code("a|b\nc"), "`a\\|b c`");
    }
}
