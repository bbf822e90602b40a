//! Texts of a length, a format or a pattern.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

use crate::instances::numbers::size;
use crate::schema::set::SchemaSet;

/// ASCII, two bytes, four bytes, and a letter with a combining accent: two characters.
pub const ALPHABETS: [&str; 4] = ["x", "é", "😀", "e\u{301}"];

/// The number of texts that are made of a pattern until one has the right length.
const TRIES: usize = 20;

/// Makes a text that the schemas allow, if it finds one.
pub fn make(set: &SchemaSet<'_>, rng: &mut Rng) -> String {
    let fewest = set.count_most("minLength").unwrap_or(0);
    let most = set.count_least("maxLength").unwrap_or(fewest.max(20));
    let patterns: Vec<_> = set.all("pattern").filter_map(Value::as_str).collect();
    if !patterns.is_empty() {
        let fits = |text: &String| (fewest..=most).contains(&text.chars().count());
        // One after the other, which serves several patterns unless they name the ends of the text.
        let mut tries = (0..TRIES).map(|_| patterns.iter().map(|pattern| matching(pattern, rng)).collect());
        return tries.find(fits).unwrap_or_default();
    }
    let length = size(fewest, most, rng);
    of_format(set).map_or_else(|| of_length(length, rng.usize(..ALPHABETS.len())), str::to_owned)
}

/// A text of the format of the schemas, if they have one with a type of its own.
pub fn of_format(set: &SchemaSet<'_>) -> Option<&'static str> {
    match set.text("format")? {
        "date-time" => Some("2025-03-18T08:30:12.407-0300"),
        "date" => Some("2025-03-18"),
        "duration" => Some("PT15M"),
        "uuid" => Some("0191d2a4-6f5e-7c3b-8a90-1b2c3d4e5f60"),
        "byte" => Some("c2FtcGxl"),
        _ => None,
    }
}

/// Makes a text of `length` characters of an alphabet.
pub fn of_length(length: usize, alphabet: usize) -> String {
    ALPHABETS[alphabet % ALPHABETS.len()].chars().cycle().take(length).collect()
}

/// Makes a text that matches a pattern; an empty one for a pattern that Rust cannot read.
pub fn matching(pattern: &str, rng: &mut Rng) -> String {
    let mut text = String::new();
    if let Ok(hir) = regex_syntax::parse(pattern) {
        add(&hir, &mut text, rng);
    }
    text
}

fn add(hir: &Hir, text: &mut String, rng: &mut Rng) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            // The first ranges are ASCII, on which all dialects agree.
            let ranges: Vec<_> = class.ranges().iter().filter(|range| range.start().is_ascii()).collect();
            text.extend(
                rng.choice(ranges).map(|range| rng.char(range.start()..=range.end().min('~').max(range.start()))),
            );
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min + 3);
            let times = rng.choice([repetition.min, most, repetition.min.midpoint(most)]).unwrap_or(repetition.min);
            (0..times.min(600)).for_each(|_| add(&repetition.sub, text, rng));
        }
        HirKind::Capture(capture) => add(&capture.sub, text, rng),
        HirKind::Concat(parts) => parts.iter().for_each(|part| add(part, text, rng)),
        HirKind::Alternation(parts) => rng.choice(parts).into_iter().for_each(|part| add(part, text, rng)),
    }
}
