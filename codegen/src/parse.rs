//! JSON and YAML: from text to a tree.

mod json;
mod yaml;

pub(crate) use json::parse_json;
pub(crate) use yaml::parse_yaml;

use crate::Diagnostics;
use crate::document::{Node, Origin, Source};

/// The maximum depth of nested values, which is also that of `serde_json`.
pub(crate) const MAX_DEPTH: usize = 128;

/// The maximum length of a JSON Pointer to a value with parts, in bytes: each of them has a location.
pub(crate) const MAX_POINTER: usize = 2048;

/// The maximum number of values that aliases add to a text, and overlays to a description: a short text must not fill the
/// memory.
pub(crate) const MAX_ADDED: usize = 100_000;

/// Parses JSON or YAML; syntax errors, and bytes that are not a text, go to `diagnostics`. Spans have the number of the text (see [`Span::source`]).
pub(crate) fn parse(source: &Source, number: u32, diagnostics: &mut Diagnostics) -> Option<Node> {
    if let Some(defect) = source.defect() {
        diagnostics.unreadable_text(Origin::file(&source.name), number, defect);
        None
    } else if is_json(source) {
        parse_json(source, number, diagnostics)
    } else {
        parse_yaml(source, number, diagnostics)
    }
}

/// The extension of the name decides; with an unknown extension, a text that starts with `{` is JSON.
fn is_json(source: &Source) -> bool {
    match source.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        _ => source.text.trim_start().starts_with('{'),
    }
}

/// A number that JSON can represent; an integral value is an integer, so that `24.0` equals `24` as in JSON Schema.
fn number(text: &str) -> Option<serde_json::Number> {
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Some(integer.into());
    }
    let value: f64 = text.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "integral and below 2^53: exact")]
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        return Some((value as i64).into());
    }
    serde_json::Number::from_f64(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integral_numbers_are_integers() {
        assert_eq!(number("24.0"), Some(24.into()));
        assert_eq!(number("1e3"), Some(1000.into()));
        assert_eq!(number("-0.0"), Some(0.into()));
        assert_eq!(number("0.1"), serde_json::Number::from_f64(0.1));
        assert_eq!(number("1e999"), None);
    }
}
