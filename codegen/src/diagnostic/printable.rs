//! Text from a description on one line of a terminal.

use std::borrow::Cow;

/// Escapes the characters that end a line, control a terminal or change the direction of text: `\n`, `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_unprintable(character) {
            printable.extend(character.escape_default());
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
}
