//! Text from outside, made safe to print: names, values, messages and paths.
//!
//! Every printer uses one of these functions, so that no text can control a terminal, forge a line, or be shown in an order
//! other than that of its characters.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns text on one line. Characters that end a line, control a terminal or change the direction of text are escaped:
/// `\n`, `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    escape(text, is_unprintable, |printable, character| printable.extend(character.escape_default()))
}

/// Returns text of several lines. The same characters are escaped as by [`printable`], except `\n` and tabs.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    let is_escaped = |character| !matches!(character, '\n' | '\t') && is_unprintable(character);
    escape(text, is_escaped, |printable, character| printable.extend(character.escape_default()))
}

/// Returns the text of a JSON value without line breaks. The same characters are escaped as by [`printable`], in the syntax
/// of JSON, so that the value is the same.
pub fn printable_json(json: &str) -> Cow<'_, str> {
    escape(json, is_unprintable, |printable, character| {
        // All of these characters have at most four digits. Writing to a string cannot fail.
        let _ = write!(printable, "\\u{:04x}", u32::from(character));
    })
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool, write: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_escaped(character) {
            write(&mut printable, character);
        } else {
            printable.push(character);
        }
    }
    Cow::Owned(printable)
}

fn is_unprintable(character: char) -> bool {
    const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];
    const DIRECTIONS: [char; 12] = [
        '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
        '\u{2067}', '\u{2068}', '\u{2069}',
    ];
    character.is_control() || SEPARATORS.contains(&character) || DIRECTIONS.contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(printable(text), expected);
    }

    #[test]
    fn controls_are_escaped() {
        check("maxLength 24 → 150, \u{1f600}", "maxLength 24 → 150, \u{1f600}");
        check("a\u{1b}[31mred\r\n# b", r"a\u{1b}[31mred\r\n# b");
        check("\u{9b}2J\u{7}\0\t", r"\u{9b}2J\u{7}\u{0}\t");
        check("a\u{202e}b\u{2066}c\u{2028}", r"a\u{202e}b\u{2066}c\u{2028}");
    }

    #[test]
    fn lines_and_tabs_stay_in_text_of_several_lines() {
        assert_eq!(printable_lines("a\n\tb\r\u{85}c\n"), "a\n\tb\\r\\u{85}c\n");
    }

    #[test]
    fn json_keeps_its_value() {
        for character in '\0'..='\u{2fff}' {
            let value = serde_json::json!({ format!("a{character}"): [format!("{character}"), "\\"] });
            let json = value.to_string();
            let printed = printable_json(&json);
            assert!(!printed.contains(is_unprintable), "{printed:?}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&printed).ok(), Some(value));
        }
    }
}
