//! Markdown of limited length, with names from a description as code.

use std::fmt::Write as _;

use wirecrate_codegen::printable;

/// The greatest number of bytes. A comment on a pull request holds 65,536 characters.
const MAX_LENGTH: usize = 60_000;

/// The part of it for the headings of sections whose lines do not fit.
const RESERVE: usize = 2_000;

/// The greatest number of characters of a name or a value.
const MAX_CODE: usize = 300;

/// A page that is written from the top, the most important section first.
pub(super) struct Page {
    text: String,
}

impl Page {
    pub(super) fn new(head: String) -> Self {
        Self { text: head + "\n\n" }
    }

    /// Adds a section, unless it has no lines.
    pub(super) fn open(&mut self, title: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(self.text, "### {title}\n\n");
            self.lines(lines);
        }
    }

    /// Adds a section that is shown as its title until it is opened, unless it has no lines.
    pub(super) fn folded(&mut self, title: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            let _ = write!(self.text, "<details><summary>{title}</summary>\n\n");
            self.lines(lines);
            self.text.push_str("</details>\n\n");
        }
    }

    /// Adds lines until one does not fit, and the number of the others.
    fn lines(&mut self, lines: Vec<String>) {
        let mut left = lines.len();
        for line in lines {
            if self.text.len() + line.len() > MAX_LENGTH - RESERVE {
                break;
            }
            self.text.push_str(&line);
            self.text.push('\n');
            left -= 1;
        }
        if left > 0 {
            let _ = writeln!(self.text, "\nAnd {left} more, which `--format text` prints.");
        }
        self.text.push('\n');
    }

    pub(super) fn finish(self) -> String {
        self.text.trim_end().to_owned()
    }
}

/// Formats text as code on one line, with a fence that no character of it can end.
pub(in crate::diff) fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = printable(&text).into_owned();
    if let Some((end, _)) = text.char_indices().nth(MAX_CODE) {
        text.replace_range(end.., "…");
    }
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(code("maxLength 24"), "`maxLength 24`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code("a|b\nc"), "`a|b c`");
        assert_eq!(code("a\u{1b}[31m\u{202e}"), r"`a\u{1b}[31m\u{202e}`");
        assert_eq!(code(&"é".repeat(400)).chars().count(), MAX_CODE + 3);
    }

    #[test]
    fn lines_that_do_not_fit_are_counted() {
        let mut page = Page::new("head".to_owned());
        page.open("first", vec!["- x".repeat(100); 400]);
        page.folded("second", vec!["- y".repeat(200); 3]);
        let page = page.finish();
        assert!(page.len() < MAX_LENGTH, "{}", page.len());
        assert!(page.contains("And 208 more, which `--format text` prints."), "{}", &page[page.len() - 300..]);
        assert!(page.ends_with(
            "<details><summary>second</summary>\n\n\nAnd 3 more, which `--format text` prints.\n\n</details>"
        ));
    }
}
