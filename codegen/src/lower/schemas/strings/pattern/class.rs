//! Character classes, such as `[A-Z\d_]` and `\s`.

use std::iter::Peekable;
use std::str::Chars;

use super::{Escape, Reason, read_escape, write_character};

/// Ranges of characters, both ends included.
type Ranges = &'static [(char, char)];

pub(super) const DIGITS: Ranges = &[('0', '9')];
pub(super) const WORDS: Ranges = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
/// White space and line terminators of ECMA-262.
pub(super) const SPACES: Ranges = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];

/// A set of characters.
pub(super) struct Class {
    ranges: Vec<(char, char)>,
    negated: bool,
}

impl Class {
    pub(super) fn new(ranges: Ranges, negated: bool) -> Self {
        Self { ranges: ranges.to_vec(), negated }
    }

    /// Adds the characters of another class. For a negated class, these are the gaps between its ranges.
    fn add(&mut self, other: &Self) {
        if !other.negated {
            self.ranges.extend(&other.ranges);
            return;
        }
        let mut start = '\0';
        // The ranges of `\d`, `\w` and `\s` are ordered and separate, and none of their ends is next to the surrogates, which
        // are not characters. So each end except the first character has neighbours.
        for (first, last) in &other.ranges {
            if let Some(before) = char::from_u32(u32::from(*first).wrapping_sub(1)) {
                self.ranges.push((start, before));
            }
            start = char::from_u32(u32::from(*last) + 1).unwrap_or(char::MAX);
        }
        self.ranges.push((start, char::MAX));
    }

    pub(super) fn write(&self, out: &mut String) {
        if self.ranges.is_empty() {
            // `[^]` matches any character, `[]` none.
            out.push_str(if self.negated { r"[\x{0}-\x{10ffff}]" } else { r"[^\x{0}-\x{10ffff}]" });
            return;
        }
        out.push_str(if self.negated { "[^" } else { "[" });
        for (first, last) in &self.ranges {
            write_character(out, *first);
            if first != last {
                out.push('-');
                write_character(out, *last);
            }
        }
        out.push(']');
    }
}

/// Reads a class after its opening bracket.
pub(super) fn read(rest: &mut Peekable<Chars<'_>>) -> Result<Class, Reason> {
    let mut class = Class { ranges: Vec::new(), negated: rest.next_if_eq(&'^').is_some() };
    while let Some(first) = rest.next() {
        if first == ']' {
            return Ok(class);
        }
        match read_item(rest, first)? {
            Escape::Class(other) => class.add(&other),
            Escape::Character(first) => read_range(rest, &mut class, first)?,
        }
    }
    Err("unclosed character class")
}

fn read_item(rest: &mut Peekable<Chars<'_>>, first: char) -> Result<Escape, Reason> {
    if first != '\\' {
        return Ok(Escape::Character(first));
    }
    if rest.next_if_eq(&'b').is_some() {
        return Ok(Escape::Character('\u{8}'));
    }
    read_escape(rest)
}

/// Adds a character, or the range that starts with it.
fn read_range(rest: &mut Peekable<Chars<'_>>, class: &mut Class, first: char) -> Result<(), Reason> {
    let mut ahead = rest.clone();
    // A hyphen at the end of a class is a literal.
    let range = ahead.next_if_eq(&'-').is_some() && ahead.peek().is_some_and(|next| *next != ']');
    let Some(last) = (if range { ahead.next() } else { None }) else {
        class.ranges.push((first, first));
        return Ok(());
    };
    let last = read_item(&mut ahead, last)?;
    *rest = ahead;
    match last {
        Escape::Character(last) if first <= last => class.ranges.push((first, last)),
        Escape::Character(_) => return Err("the ends of a character range are in the wrong order"),
        Escape::Class(other) => {
            class.ranges.extend([(first, first), ('-', '-')]);
            class.add(&other);
        }
    }
    Ok(())
}
