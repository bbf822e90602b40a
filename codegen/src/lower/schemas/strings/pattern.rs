//! Translation of regular expressions from the syntax of ECMA-262, which JSON Schema uses, to that of `regex-lite`.
//!
//! The runtime only tests for a match anywhere in a text, so groups need no names or numbers. Characters are Unicode scalar
//! values, as with the flag `u`. Constructs that only this flag forbids (`\-` outside a class, `a{`, `[\w-.]`) have their
//! meaning without the flag, because they are frequent in descriptions.

mod class;

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use class::{Class, DIGITS, SPACES, WORDS};

/// The maximum size of a compiled pattern in the runtime, in bytes.
const LARGEST: usize = 2 << 20;

/// The reason for which a pattern cannot be checked, as a phrase for a finding.
pub(crate) type Reason = &'static str;

/// The reason for a pattern behind many others.
pub(crate) const TOO_MANY: Reason = "the patterns of the description are too large in all";

/// Translates a pattern.
///
/// # Errors
///
/// Returns the reason if the pattern is invalid in ECMA-262 or requires backtracking.
pub(crate) fn translate(pattern: &str) -> Result<String, Reason> {
    let mut translation = Translation { rest: pattern.chars().peekable(), out: String::new(), open: 0 };
    translation.read()?;
    let Translation { out, .. } = translation;
    match regex_lite::RegexBuilder::new(&out).size_limit(LARGEST).build() {
        Ok(_) => Ok(out),
        Err(_) => Err("too large or too deeply nested"),
    }
}

/// Returns `true` for the usual patterns that every string matches.
pub(crate) fn matches_everything(pattern: &str) -> bool {
    let after_start = pattern.strip_prefix('^');
    let inner = after_start.unwrap_or(pattern);
    let before_end = inner.strip_suffix('$');
    let inner = before_end.unwrap_or(inner);
    let is_whole = after_start.is_some() && before_end.is_some();
    match inner {
        // A dot is not a line break, so that the whole string must be one line.
        "" | ".*" | ".*?" | ".{0,}" | "(.*)" => !is_whole,
        r"[\s\S]*" | r"[\S\s]*" | r"[\w\W]*" | r"[\W\w]*" | r"[\d\D]*" | r"[\D\d]*" | "[^]*" => true,
        _ => false,
    }
}

struct Translation<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
    /// The number of open groups.
    open: usize,
}

/// The previous term, for quantifiers.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Atom,
    /// The start, `|`, `^`, an opening parenthesis or a quantifier.
    Other,
}

impl Translation<'_> {
    fn read(&mut self) -> Result<(), Reason> {
        let mut last = Last::Other;
        while let Some(next) = self.rest.next() {
            last = self.read_term(next, last)?;
        }
        if self.open == 0 { Ok(()) } else { Err("unclosed group") }
    }

    fn read_term(&mut self, first: char, last: Last) -> Result<Last, Reason> {
        match first {
            '^' | '$' | '|' => {
                self.out.push(first);
                Ok(Last::Other)
            }
            '(' => self.open_group(),
            ')' if self.open == 0 => Err("unmatched closing parenthesis"),
            ')' => {
                self.open -= 1;
                self.out.push(')');
                Ok(Last::Atom)
            }
            '*' | '+' | '?' => self.repeat(last, &first.to_string()),
            '{' => match self.take_count()? {
                Some(count) => self.repeat(last, &count),
                None => Ok(self.literal('{')),
            },
            '.' => {
                self.out.push_str(r"[^\n\r\x{2028}\x{2029}]");
                Ok(Last::Atom)
            }
            '[' => {
                let class = class::read(&mut self.rest)?;
                class.write(&mut self.out);
                Ok(Last::Atom)
            }
            '\\' => self.read_escape(),
            _ => Ok(self.literal(first)),
        }
    }

    fn literal(&mut self, character: char) -> Last {
        write_character(&mut self.out, character);
        Last::Atom
    }

    fn repeat(&mut self, last: Last, operator: &str) -> Result<Last, Reason> {
        if last == Last::Other {
            return Err("a quantifier without anything to repeat");
        }
        self.out.push_str(operator);
        // A lazy quantifier matches the same texts.
        if self.rest.next_if_eq(&'?').is_some() {
            self.out.push('?');
        }
        Ok(Last::Other)
    }

    /// Reads the rest of `{2}`, `{2,}` or `{2,5}`; reads nothing if the brace is a literal.
    fn take_count(&mut self) -> Result<Option<String>, Reason> {
        let mut ahead = self.rest.clone();
        let count: String = ahead.by_ref().take_while(|next| *next != '}').collect();
        let closed = self.rest.clone().any(|next| next == '}');
        let (least, most) = count.split_once(',').unwrap_or((&count, &count));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !closed || least.is_empty() || !digits(least) || !digits(most) {
            return Ok(None);
        }
        let number = |text: &str| text.parse::<u32>().map_err(|_| "a quantifier is too large");
        if !most.is_empty() && number(least)? > number(most)? {
            return Err("the bounds of a quantifier are in the wrong order");
        }
        number(least)?;
        self.rest = ahead;
        Ok(Some(format!("{{{count}}}")))
    }

    fn open_group(&mut self) -> Result<Last, Reason> {
        if self.rest.next_if_eq(&'?').is_some() {
            self.read_group_kind()?;
        }
        self.open += 1;
        self.out.push_str("(?:");
        Ok(Last::Other)
    }

    fn read_group_kind(&mut self) -> Result<(), Reason> {
        const LOOKAROUND: Reason = "look-around requires backtracking";
        match self.rest.next() {
            Some(':') => Ok(()),
            Some('=' | '!') => Err(LOOKAROUND),
            Some('<') if self.rest.peek().is_some_and(|next| matches!(next, '=' | '!')) => Err(LOOKAROUND),
            Some('<') => {
                let name: String = self.rest.by_ref().take_while(|next| *next != '>').collect();
                let starts = name.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '$'));
                let plain = name.chars().all(|next| next.is_alphanumeric() || matches!(next, '_' | '$'));
                if starts && plain { Ok(()) } else { Err("invalid group name") }
            }
            _ => Err("unknown group type after `(?`"),
        }
    }

    fn read_escape(&mut self) -> Result<Last, Reason> {
        if let Some(edge) = self.rest.next_if(|next| matches!(next, 'b' | 'B')) {
            // In both syntaxes, words consist of the letters, digits and underscore of ASCII.
            self.out.push('\\');
            self.out.push(edge);
            return Ok(Last::Other);
        }
        match read_escape(&mut self.rest)? {
            Escape::Character(character) => Ok(self.literal(character)),
            Escape::Class(class) => {
                class.write(&mut self.out);
                Ok(Last::Atom)
            }
        }
    }
}

/// An escape sequence.
enum Escape {
    Character(char),
    Class(Class),
}

/// Reads an escape with the same meaning inside and outside of a class.
fn read_escape(rest: &mut Peekable<Chars<'_>>) -> Result<Escape, Reason> {
    let Some(first) = rest.next() else {
        return Err("trailing backslash");
    };
    let character = match first {
        'd' | 'D' => return Ok(Escape::Class(Class::new(DIGITS, first == 'D'))),
        'w' | 'W' => return Ok(Escape::Class(Class::new(WORDS, first == 'W'))),
        's' | 'S' => return Ok(Escape::Class(Class::new(SPACES, first == 'S'))),
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        '0' if !rest.peek().is_some_and(char::is_ascii_digit) => '\0',
        'c' => read_control(rest)?,
        'x' => char::from_u32(read_digits(rest, 2)?).unwrap_or_default(),
        'u' => read_unicode(rest)?,
        'p' | 'P' => return Err("Unicode properties are not supported"),
        '0'..='9' | 'k' => return Err("backreferences require backtracking"),
        _ if first.is_ascii_alphanumeric() => return Err("an escape sequence is not defined in ECMA-262"),
        _ => first,
    };
    Ok(Escape::Character(character))
}

fn read_control(rest: &mut Peekable<Chars<'_>>) -> Result<char, Reason> {
    match rest.next_if(char::is_ascii_alphabetic) {
        Some(letter) => Ok(char::from(letter as u8 % 32)),
        None => Err("`\\c` is not followed by a letter"),
    }
}

/// Reads the rest of `\u00e9`, `\ud83d\ude00` or `\u{1f600}`.
fn read_unicode(rest: &mut Peekable<Chars<'_>>) -> Result<char, Reason> {
    const NO_CHARACTER: Reason = "an escape sequence does not represent a character";
    if rest.next_if_eq(&'{').is_some() {
        let digits: String = rest.by_ref().take_while(|next| *next != '}').collect();
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(&digits, 16).ok().filter(|_| plain);
        return number.and_then(char::from_u32).ok_or(NO_CHARACTER);
    }
    let first = read_digits(rest, 4)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first).ok_or(NO_CHARACTER);
    }
    if rest.next_if_eq(&'\\').is_none() || rest.next_if_eq(&'u').is_none() {
        return Err(NO_CHARACTER);
    }
    let second = read_digits(rest, 4)?;
    if !(0xdc00..0xe000).contains(&second) {
        return Err(NO_CHARACTER);
    }
    char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(NO_CHARACTER)
}

fn read_digits(rest: &mut Peekable<Chars<'_>>, count: usize) -> Result<u32, Reason> {
    (0..count).try_fold(0, |number, _| match rest.next().and_then(|digit| digit.to_digit(16)) {
        Some(digit) => Ok(number * 16 + digit),
        None => Err("an escape sequence has too few digits"),
    })
}

/// Writes a literal character, inside or outside of a class.
fn write_character(out: &mut String, character: char) {
    // Writing to a string cannot fail.
    let _ = match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | ' ' | '<' | '>' => out.write_char(character),
        '!'..='~' if r"\.+*?()|[]{}^$#&-~".contains(character) => write!(out, "\\{character}"),
        '!'..='~' => out.write_char(character),
        _ => write!(out, "\\x{{{:x}}}", u32::from(character)),
    };
}

#[cfg(test)]
mod tests;
