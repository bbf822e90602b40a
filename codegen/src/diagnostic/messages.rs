//! The wording of findings: one constructor each, in a file for each subject.

mod keywords;
mod limits;
mod operations;
mod overlays;
mod references;
mod schemas;
mod text;

use std::borrow::Cow;

use super::Diagnostics;
use crate::document::Location;

/// The extensions with a meaning; all others are accepted and ignored.
pub(crate) const EXTENSIONS: &[&str] = &[
    "x-authorization-prefix",
    "x-codegen-request-body-name",
    "x-declined",
    "x-scopes",
    "x-sensitive",
    "x-throttling-info",
];

/// The code of findings about parts that would take too much memory.
pub(crate) const TOO_LARGE: &str = "too-large";

/// The names in backticks, as alternatives.
fn list(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] | [_] => words.concat(),
        [one, other] => format!("{one} or {other}"),
        [others @ .., last] => format!("{}, or {last}", others.join(", ")),
    }
}

/// The keyword that a value belongs to: an item of a list has the name of the keyword with the list.
fn keyword(at: &Location) -> Cow<'_, str> {
    let is_name = |token: &Cow<'_, str>| token.bytes().any(|byte| !byte.is_ascii_digit());
    at.origin.pointer.tokens().filter(is_name).last().unwrap_or_default()
}

/// An object of the specification with its article: `an Operation Object`.
fn article(object: &str) -> String {
    let article = if object.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {object}")
}
