//! Changes as plain text.

use std::fmt;

use wirecrate_codegen::diff::{Change, Level};
use wirecrate_codegen::printable;

use super::Comparison;
use super::counts::count;
use super::sides::NotCompared;

/// The keywords that constrain a number or a size.
const KEYWORDS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
];

/// A comparison as text: the changes, grouped by what they break, what is not compared, then the verdicts.
pub(super) struct Text<'a>(pub(super) &'a Comparison);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Comparison { wire, api, current, next, counts, changes, not_compared, names: [old, new], .. } = self.0;
        writeln!(f, "{}", printable(&format!("{old} -> {new}")))?;
        let mut levels = None;
        for change in changes {
            if levels.replace((change.wire, change.api)) != Some((change.wire, change.api)) {
                writeln!(f, "\n{} on the wire, {} in Rust", level(change.wire), level(change.api))?;
            }
            writeln!(f, "  {}", printable(&sentence(change)))?;
            writeln!(f, "      {}", printable(&positions(change)))?;
        }
        if !not_compared.is_empty() {
            writeln!(f, "\nnot compared because of an error")?;
        }
        for operation in not_compared {
            let NotCompared { operation: key, reason, at, .. } = operation;
            writeln!(f, "  {}", printable(&format!("{key}, which {}: {reason}", operation.state())))?;
            writeln!(f, "      {}", printable(&at.to_string()))?;
        }
        if changes.is_empty() {
            writeln!(f, "\n{}", no_change(self.0))?;
        } else {
            writeln!(f, "\n{}", count(changes.len(), "change"))?;
            writeln!(f, "  on the wire: {}", counts.wire)?;
            writeln!(f, "  in Rust: {}", counts.api)?;
        }
        let without = self.0.unjudged().map(|parts| format!(", without {parts} that changed and cannot be compared"));
        let without = without.unwrap_or_default();
        write!(f, "\nwire: {wire}, Rust API: {api}{without}; {current} -> {next}")
    }
}

/// Returns the reason for which there are no changes.
pub(super) fn no_change(comparison: &Comparison) -> &'static str {
    if comparison.is_written_alike {
        "no change"
    } else {
        "no change of what is compared; the texts of the descriptions differ in other parts"
    }
}

/// Returns the location, the change and the rule:
/// `send-note, request.to: a constraint was loosened: maxLength 24 -> 150 [constraint-loosened]`.
pub(super) fn sentence(change: &Change) -> String {
    let operation = change.operation.as_ref().map(|operation| match change.other_operations.len() {
        0 => operation.clone(),
        others => format!("{operation} and {others} more"),
    });
    let location = Some(change.location.clone()).filter(|location| !location.is_empty());
    let location = location.map(|location| match change.other_locations.len() {
        0 => location,
        others => format!("{location} and {others} more"),
    });
    let place = operation.into_iter().chain(location).collect::<Vec<_>>().join(", ");
    let colon = if place.is_empty() { "" } else { ": " };
    format!("{place}{colon}{}{} [{}]", change.rule.what, values(change), change.rule.name)
}

/// Returns the old and the new value, if the change has them.
fn values(change: &Change) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(": {old} -> {}", without_keyword(old, new)),
        (Some(one), None) | (None, Some(one)) => format!(": {one}"),
        (None, None) => String::new(),
    }
}

/// Returns the new value without a keyword that the old value has as well: `maxLength 24 -> 150`.
pub(super) fn without_keyword<'a>(old: &str, new: &'a str) -> &'a str {
    match (old.split_once(' '), new.split_once(' ')) {
        (Some((before, _)), Some((now, bound))) if before == now && KEYWORDS.contains(&now) => bound,
        _ => new,
    }
}

/// Returns the positions in both descriptions.
fn positions(change: &Change) -> String {
    let position = |position: &Option<wirecrate_codegen::diff::FilePosition>| {
        position.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string)
    };
    format!("{} -> {}", position(&change.old_at), position(&change.new_at))
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Breaking => "breaking",
        Level::Compatible => "compatible",
        Level::Informational => "informational",
    }
}
