//! Changes as Markdown, for a pull request or a release note.

mod page;

use std::fmt::Write as _;

use wirecrate_codegen::Diagnostic;
use wirecrate_codegen::diff::{Change, FilePosition, Level};

use self::page::Page;
pub(super) use self::page::code;
use super::counts::count;
use super::sides::NotCompared;
use super::{Comparison, text};

/// The rule of changed texts.
const TEXTS: &str = "description-changed";

/// Formats a comparison, with the changes that break something first. What does not fit on the page is counted.
pub(super) fn markdown(comparison: &Comparison) -> String {
    let (texts, changes): (Vec<&Change>, Vec<_>) =
        comparison.changes.iter().partition(|change| change.rule.name == TEXTS);
    let of = |level: Level| changes.iter().copied().filter(move |change| change.wire.min(change.api) == level);
    let section = |level: Level| section(comparison, of(level).collect());
    let mut page = Page::new(head(comparison));
    page.open(&count(of(Level::Breaking).count(), "breaking change"), section(Level::Breaking));
    let not_compared: Vec<_> = comparison.not_compared.iter().map(not_compared).collect();
    page.open(&format!("{} not compared", count(not_compared.len(), "operation")), not_compared);
    page.open(&count(of(Level::Compatible).count(), "compatible change"), section(Level::Compatible));
    let warnings: Vec<_> = comparison.warnings.iter().map(warning).collect();
    page.folded(&format!("{} about the descriptions", count(warnings.len(), "finding")), warnings);
    page.folded(&count(of(Level::Informational).count(), "informational change"), section(Level::Informational));
    page.folded(&format!("{} changed", count(texts.len(), "description")), lines(comparison, &texts));
    page.finish()
}

/// Returns the names of both sides, the verdicts and the counts.
fn head(comparison: &Comparison) -> String {
    let Comparison { wire, api, current, next, counts, names: [old, new], .. } = comparison;
    let mut head = format!("{} → {}\n\n", code(old), code(new));
    // Writing to a string cannot fail.
    let _ = write!(head, "**Wire: {wire}. Rust API: {api}.** Version {current} → {next}.");
    if let Some(parts) = comparison.unjudged() {
        let _ = write!(head, " **Without {parts} that changed and cannot be compared.**");
    }
    if comparison.changes.is_empty() {
        let _ = write!(head, "\n\n{}", sentence(text::no_change(comparison)));
        return head;
    }
    head.push_str("\n\n| | Breaking | Compatible | Informational |\n|---|--:|--:|--:|");
    for (name, levels) in [("On the wire", &counts.wire), ("In Rust", &counts.api)] {
        let _ = write!(head, "\n| {name} | {} | {} | {} |", levels.breaking, levels.compatible, levels.informational);
    }
    head
}

/// Returns a line for each change. Those of one rule follow each other, with its reason before the first.
fn section(comparison: &Comparison, changes: Vec<&Change>) -> Vec<String> {
    let key = |change: &Change| (change.rule.name, change.wire, change.api);
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        match groups.iter_mut().find(|group| key(group[0]) == key(change)) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    let mut all = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        let separator = if index == 0 { "" } else { "\n" };
        let mut lines = lines(comparison, &group);
        lines[0].insert_str(0, &format!("{separator}{}", heading(group[0])));
        all.extend(lines);
    }
    all
}

/// Returns a line for each change. Those of one operation that follow each other are below it.
fn lines(comparison: &Comparison, changes: &[&Change]) -> Vec<String> {
    let of_operation = |change: &Change| (change.operation.clone(), change.other_operations.len());
    let mut lines = Vec::new();
    for group in changes.chunk_by(|one, other| of_operation(one) == of_operation(other)) {
        match (operations(comparison, group[0]), group) {
            (None, group) => lines.extend(group.iter().map(|change| format!("- {}", row(change)))),
            (Some(operations), [change]) => lines.push(format!("- {operations}, {}", row(change))),
            (Some(operations), group) => {
                let mut operations = format!("- {operations}\n");
                lines.extend(
                    group.iter().map(|change| format!("{}  - {}", std::mem::take(&mut operations), row(change))),
                );
            }
        }
    }
    lines
}

/// Returns the rule of a change with its levels and its reason.
fn heading(change: &Change) -> String {
    let Change { rule, wire, api, .. } = change;
    let [wire, api] = [*wire, *api].map(text::level);
    let [what, reason] = [rule.what, rule.reason].map(sentence);
    format!("**{what}** `{}`, {wire} on the wire, {api} in Rust. {reason}\n\n", rule.name)
}

/// Returns the method and path of the first operation of a change, its id if it has one, and the number of the others.
fn operations(comparison: &Comparison, change: &Change) -> Option<String> {
    let id = change.operation.as_ref()?;
    let operation = match comparison.operations.get(id) {
        Some(call) if call.eq_ignore_ascii_case(id) => code(call),
        Some(call) => format!("{} {}", code(call), code(id)),
        None => code(id),
    };
    Some(operation + &more(change.other_operations.len(), "operation"))
}

/// Returns the location, the values and the positions of a change.
fn row(change: &Change) -> String {
    let location = if change.location.is_empty() { "as a whole".to_owned() } else { code(&change.location) };
    let locations = location + &more(change.other_locations.len(), "location");
    format!("{locations}{} ({})", values(change), positions(change))
}

fn more(number: usize, noun: &str) -> String {
    if number == 0 { String::new() } else { format!(" and {} more", count(number, noun)) }
}

/// Returns the old and the new value after a colon, if the change has them.
pub(super) fn values(change: &Change) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(": {} → {}", code(old), code(text::without_keyword(old, new))),
        (Some(one), None) | (None, Some(one)) => format!(": {}", code(one)),
        (None, None) => String::new(),
    }
}

/// Returns the file and line in both descriptions.
fn positions(change: &Change) -> String {
    let sides = [&change.old_at, &change.new_at].into_iter().flatten();
    sides.map(position).collect::<Vec<_>>().join(" → ")
}

fn position(FilePosition { file, line, .. }: &FilePosition) -> String {
    code(&format!("{file}:{line}"))
}

fn not_compared(operation: &NotCompared) -> String {
    let NotCompared { operation: key, reason, at, .. } = operation;
    let id = key.id.as_ref().map(|id| format!(" {}", code(id))).unwrap_or_default();
    format!("- {}{id}, which {}: {} ({})", code(&key.to_string()), operation.state(), code(reason), position(at))
}

fn warning(Diagnostic { code: rule, message, file, line, .. }: &Diagnostic) -> String {
    format!("- `{rule}`: {} ({})", code(message), code(&format!("{file}:{line}")))
}

/// Returns a phrase as a sentence: with a capital and a full stop.
fn sentence(phrase: &str) -> String {
    let (first, rest) = phrase.split_at(phrase.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}.", first.to_uppercase())
}

#[cfg(test)]
mod tests;
