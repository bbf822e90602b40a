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
}

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

/// The maximum size of a text in bytes, because spans are `u32`.
pub(crate) const MAX_TEXT: usize = u32::MAX as usize;

impl Span {
    /// Returns a range in the text of this number.
    pub(crate) fn new(start: u32, end: u32, source: u32) -> Self {
        Self { start, end, source }
    }
}

impl Source {
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
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index + 1))
            .collect();
        Self { name: name.into(), path: path.into(), text, line_starts }
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
        Position { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The offset of the start of a line, counted from 1, and its text without the line break.
    pub(crate) fn line(&self, line: usize) -> (usize, &str) {
        let start = self.line_starts[line - 1];
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        (start, self.text[start..end].trim_end_matches(['\n', '\r']))
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
}
