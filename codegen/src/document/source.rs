//! The text of one file and the places in it.
//!
//! Knows bytes, characters and lines; what the text means is for [`load`](crate::load).

use std::fmt;

/// A file of the description: its name, how to show that name, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path relative to the folder of the description, with `/`: what a `$ref` says and what emitted docs show.
    pub name: String,
    /// The path as diagnostics print it.
    pub path: String,
    /// The whole text.
    pub text: String,
    line_starts: Vec<usize>,
}

/// A half-open range of bytes in a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
    /// Which text: 0 is the file of the [`Origin`](crate::Origin), 1 the first overlay, 2 the second.
    pub source: u32,
}

/// A place for people: one-based line and one-based column, the column counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// The largest text that is read, in bytes; spans count in `u32`.
pub(crate) const MAX_TEXT: usize = u32::MAX as usize;

impl Span {
    /// Returns a range in the text of this number.
    pub(crate) fn new(start: u32, end: u32, source: u32) -> Self {
        Self { start, end, source }
    }
}

impl Source {
    /// Takes a file whose name in the description's folder is also how it is shown.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        Self::with_path(name.clone(), name, text)
    }

    /// Takes a file that diagnostics show under another path than its name in the description's folder.
    ///
    /// A byte-order mark is taken off.
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

    /// The same file under the name that a reference gives it.
    #[must_use]
    pub(crate) fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// The line and column of a byte offset; an offset behind the text is taken as its end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(offset as usize);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        Position { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The text of a line, counted from 1, without its line break; and the offset where it starts.
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
