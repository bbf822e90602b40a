//! Percent-encoding, and its absence.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except those that RFC 3986 calls unreserved. A space is encoded as `%20`, and a plus sign as `%2B`.
pub(crate) const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same except for the reserved characters that belong to the value in a query.
const RESERVED: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same for values that commas separate.
const RESERVED_BETWEEN_COMMAS: &AsciiSet = &RESERVED.add(b',');

/// The characters of a value that are written as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    /// Unreserved characters.
    Unreserved,
    /// Unreserved and reserved characters, and percent-encoded octets.
    Reserved { commas: bool },
    /// All characters, as in a header.
    All,
}

impl Literal {
    /// Appends a text.
    pub(crate) fn write(self, out: &mut String, text: &str) {
        match self {
            Self::Unreserved => encode(out, text, STRICT),
            Self::Reserved { commas } => {
                write_encoded(out, text, if commas { RESERVED } else { RESERVED_BETWEEN_COMMAS });
            }
            Self::All => out.push_str(text),
        }
    }
}

/// Appends a text, and leaves octets in it that are percent-encoded already.
fn write_encoded(out: &mut String, text: &str, encoded: &'static AsciiSet) {
    let mut pieces = text.split('%');
    encode(out, pieces.next().unwrap_or_default(), encoded);
    for piece in pieces {
        let is_octet =
            piece.as_bytes().first_chunk::<2>().is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if is_octet { "%" } else { "%25" });
        encode(out, piece, encoded);
    }
}

pub(crate) fn encode(out: &mut String, text: &str, encoded: &'static AsciiSet) {
    out.extend(utf8_percent_encode(text, encoded));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(literal: Literal, text: &str, expected: &str) {
        let mut out = String::new();
        literal.write(&mut out, text);
        assert_eq!(out, expected);
    }

    const EVERYTHING: &str = ":/?#[]@!$&'()*+,;=-._~ %\"<>\\^`{|}aZ9é\u{7f}";

    #[test]
    fn only_unreserved_characters_are_literal() {
        let encoded =
            "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D-._~%20%25%22%3C%3E%5C%5E%60%7B%7C%7DaZ9%C3%A9%7F";
        check(Literal::Unreserved, EVERYTHING, encoded);
        check(Literal::All, EVERYTHING, EVERYTHING);
    }

    #[test]
    fn reserved_characters_stay_unless_they_end_the_value() {
        let encoded = ":/?%23%5B%5D@!$%26'()*%2B,;=-._~%20%25%22%3C%3E%5C%5E%60%7B%7C%7DaZ9%C3%A9%7F";
        check(Literal::Reserved { commas: true }, EVERYTHING, encoded);
        check(Literal::Reserved { commas: false }, EVERYTHING, &encoded.replace(',', "%2C"));
    }

    #[test]
    fn encoded_octets_stay() {
        let literal = Literal::Reserved { commas: true };
        check(literal, "%41%c3%A9", "%41%c3%A9");
        check(literal, "100%", "100%25");
        check(literal, "%4%zz%%41", "%254%25zz%25%41");
    }
}
