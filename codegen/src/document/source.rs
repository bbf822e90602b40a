//! The text of one file and positions in it.
//!
//! Counts bytes, characters and lines; parsing is for [`parse`](crate::parse).

use std::fmt;

/// A file of the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path relative to the folder of the description, with `/` as the separator, as in a `$ref` and in emitted
    /// documentation.
    pub name: String,
    /// The path in findings.
    pub path: String,
    /// The text.
    pub text: String,
    line_starts: Vec<usize>,
    /// The reason for which the bytes of the file are not the text.
    defect: Option<Defect>,
    /// The number of characters before each block of a text that is not ASCII.
    characters: Vec<usize>,
}

/// A property of a file because of which it is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// The file is encoded in UTF-16.
    Utf16,
    /// The first byte that is not part of UTF-8, and the position of the character that replaces it in the text.
    NotUtf8 {
        /// The byte.
        byte: u8,
        /// The offset of the character in the text.
        offset: u32,
    },
    /// The file is larger than [`Source::MAX_BYTES`].
    TooLarge,
}

/// The size of a block in bytes.
const BLOCK: usize = 1024;

/// A half-open range of bytes in a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
    /// The number of the text: 0 is the file of the [`Origin`](crate::Origin), 1 the first overlay, 2 the second.
    pub source: u32,
}

/// A position in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The one-based line number.
    pub line: usize,
    /// The one-based column, in Unicode scalar values.
    pub column: usize,
}

impl Span {
    /// Returns a range in the text of this number.
    pub(crate) fn new(start: u32, end: u32, source: u32) -> Self {
        Self { start, end, source }
    }
}

impl Source {
    /// The maximum size of a file, 128 MiB.
    pub const MAX_BYTES: usize = 128 << 20;

    /// Creates a file whose path in findings is its name in the folder of the description.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        Self::with_path(name.clone(), name, text)
    }

    /// Creates a file whose path in findings differs from its name in the folder of the description.
    ///
    /// A byte-order mark is removed.
    pub fn with_path(name: impl Into<String>, path: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.as_bytes().starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len());
        }
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index + 1))
            .collect();
        let defect = (text.len() > Self::MAX_BYTES).then_some(Defect::TooLarge);
        let characters = if text.is_ascii() { Vec::new() } else { characters(&text) };
        Self { name: name.into(), path: path.into(), text, line_starts, defect, characters }
    }

    /// Creates a file from its bytes. If they are not UTF-8, it has a [`defect`](Self::defect), and reading it is an error.
    pub fn from_bytes(name: impl Into<String>, path: impl Into<String>, bytes: Vec<u8>) -> Self {
        if is_utf_16(&bytes) {
            return Self { defect: Some(Defect::Utf16), ..Self::with_path(name, path, "") };
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::with_path(name, path, text),
            Err(error) => {
                let bytes = error.as_bytes();
                let valid = error.utf8_error().valid_up_to();
                let removed = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
                let offset = u32::try_from(valid - removed).unwrap_or(u32::MAX);
                let source = Self::with_path(name, path, String::from_utf8_lossy(bytes));
                Self { defect: source.defect.or(Some(Defect::NotUtf8 { byte: bytes[valid], offset })), ..source }
            }
        }
    }

    /// Returns the reason for which the file is not read, if there is one.
    pub fn defect(&self) -> Option<Defect> {
        self.defect
    }

    /// Returns the file under the name in a reference.
    #[must_use]
    pub(crate) fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// Returns the line and column of a byte offset. An offset beyond the text is treated as its end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(offset as usize);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        Position { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// The number of characters before an offset. A text may be one line of megabytes.
    fn characters_before(&self, offset: usize) -> usize {
        match self.characters.get(offset / BLOCK) {
            Some(before) => before + count(&self.text.as_bytes()[offset / BLOCK * BLOCK..offset]),
            None => offset,
        }
    }

    /// The offset of the start of a line, counted from 1, and its text without the line break.
    pub(crate) fn line(&self, line: usize) -> (usize, &str) {
        let start = self.line_starts[line - 1];
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        (start, self.text[start..end].trim_end_matches(['\n', '\r']))
    }
}

/// The character U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns `true` for a text in UTF-16: with a byte order mark, or with an ASCII character at its start.
fn is_utf_16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=255, ..] | [1..=255, 0, ..])
}

/// The number of characters before each block of a text.
fn characters(text: &str) -> Vec<usize> {
    let mut before = 0;
    let blocks = text.as_bytes().chunks(BLOCK).chain([[].as_slice()]);
    let before_block = |block: &[u8]| {
        let count = count(block);
        before += count;
        before - count
    };
    blocks.map(before_block).collect()
}

/// The number of characters that start in a part of a text.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..0xC0)).count()
}

impl Defect {
    /// Returns the offset in the text that a finding points at.
    pub fn offset(self) -> u32 {
        match self {
            Self::NotUtf8 { offset, .. } => offset,
            Self::Utf16 | Self::TooLarge => 0,
        }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => f.write_str("the file is encoded in UTF-16"),
            Self::NotUtf8 { byte, .. } => write!(f, "the byte 0x{byte:02x} is not valid in UTF-8 here"),
            Self::TooLarge => write!(f, "the file is larger than {} MiB", Source::MAX_BYTES >> 20),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: u32, expected: &str) {
        assert_eq!(Source::new("a.yaml", text).position(offset).to_string(), expected);
    }

    #[test]
    fn positions_count_characters_from_one() {
        check("", 0, "1:1");
        check("ab\ncd", 0, "1:1");
        check("ab\ncd", 2, "1:3");
        check("ab\ncd", 3, "2:1");
        check("é: x", 4, "1:4");
        check("é: x", 99, "1:5");
        check("a\r\nb", 3, "2:1");
    }

    #[track_caller]
    fn check_defect(bytes: &[u8], expected: Option<(&str, &str)>) {
        let source = Source::from_bytes("a.yaml", "a.yaml", bytes.to_vec());
        let found = source.defect().map(|defect| (defect.to_string(), source.position(defect.offset()).to_string()));
        assert_eq!(found.as_ref().map(|(text, position)| (&**text, &**position)), expected, "{bytes:?}");
    }

    #[test]
    fn bytes_that_are_not_utf_8_have_a_position() {
        check_defect("é: x".as_bytes(), None);
        check_defect(b"", None);
        check_defect(b"\xef\xbb\xbfa: x", None);
        check_defect(b"a: x\n\xc3\xa9: \xff\xfe", Some(("the byte 0xff is not valid in UTF-8 here", "2:4")));
        check_defect(b"\xef\xbb\xbfa: \xc3", Some(("the byte 0xc3 is not valid in UTF-8 here", "1:4")));
        for utf_16 in [&b"\xff\xfea\0"[..], b"\xfe\xff\0a", b"a\0:\0", b"\0a\0:"] {
            check_defect(utf_16, Some(("the file is encoded in UTF-16", "1:1")));
        }
    }
}
