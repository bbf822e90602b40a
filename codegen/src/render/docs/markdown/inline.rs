//! The content of a paragraph, a heading or a cell, as it is written.

use std::mem;

use super::escape::{code, escape, web_address};

/// The number of elements within each other that are written; a text with more of them has no good reason.
const DEPTH: usize = 8;

/// A finished paragraph. A line break in its text is one of Markdown.
#[derive(Debug, PartialEq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// The first sentence, if another follows.
    pub(super) first_sentence: Option<String>,
}

/// An element that contains text.
#[derive(Debug, PartialEq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
    /// A link, with its address if it is shown.
    Link(Option<String>),
}

impl Mark {
    /// A link to an address, which is shown if it leads to the web.
    pub(super) fn link(address: &str) -> Self {
        Self::Link(web_address(address))
    }

    /// Returns `true` for elements of the same kind, whatever their addresses.
    fn is_like(&self, other: &Self) -> bool {
        mem::discriminant(self) == mem::discriminant(other)
    }

    /// Writes the element with its content.
    fn print(&self, content: &str) -> String {
        match self {
            Self::Emphasis => format!("*{content}*"),
            Self::Strong => format!("**{content}**"),
            Self::Strikethrough => format!("~~{content}~~"),
            Self::Link(None) => content.to_owned(),
            Self::Link(Some(address)) if content == escaped(address) => format!("<{address}>"),
            Self::Link(Some(address)) => {
                format!("[{content}]({})", address.replace('(', "%28").replace(')', "%29"))
            }
        }
    }
}

/// Collects the content.
#[derive(Debug, Default)]
pub(super) struct Inline {
    out: String,
    /// Text that is still to be escaped.
    text: String,
    /// The open elements, each with the position of its content.
    open: Vec<(Mark, usize)>,
    /// The content of an element `<code>`.
    code: Option<String>,
    first_sentence: Option<String>,
}

impl Inline {
    pub(super) fn text(&mut self, text: &str) {
        self.code.as_mut().unwrap_or(&mut self.text).push_str(text);
    }

    pub(super) fn code(&mut self, text: &str) {
        if self.code.is_some() {
            return self.text(text);
        }
        self.flush();
        if self.out.ends_with(". ") {
            self.end_sentence(1);
        }
        self.out.push_str(&code(text));
    }

    pub(super) fn start_code(&mut self) {
        self.flush();
        self.code.get_or_insert_default();
    }

    pub(super) fn end_code(&mut self) {
        if let Some(text) = self.code.take().filter(|text| !text.trim().is_empty()) {
            self.code(text.trim());
        }
    }

    /// Returns `true` if a line or the paragraph may end here.
    pub(super) fn is_between_elements(&self) -> bool {
        self.open.is_empty() && self.code.is_none()
    }

    pub(super) fn line_break(&mut self) {
        if self.is_between_elements() {
            self.flush();
            if self.out.ends_with('.') {
                self.end_sentence(0);
            }
            self.out.push('\n');
        } else {
            self.text(" ");
        }
    }

    pub(super) fn open(&mut self, mark: Mark) {
        self.flush();
        self.open.push((mark, self.out.len()));
    }

    /// Closes the last element of the kind, and those in it.
    pub(super) fn close(&mut self, mark: &Mark) {
        if let Some(index) = self.open.iter().rposition(|(open, _)| open.is_like(mark)) {
            while self.open.len() > index {
                self.close_last();
            }
        }
    }

    fn close_last(&mut self) {
        self.flush();
        let Some((mark, start)) = self.open.pop() else { return };
        let is_in_link = matches!(mark, Mark::Link(_)) && self.is_in_link();
        if self.open.len() >= DEPTH || is_in_link {
            return;
        }
        let content = self.out.split_off(start);
        let trimmed = content.trim_matches(' ');
        if trimmed.is_empty() {
            self.out.push(' ');
            return;
        }
        // Markdown has no emphasis with spaces at its ends.
        let [before, after] = [content.starts_with(' '), content.ends_with(' ')].map(|is| if is { " " } else { "" });
        self.out.extend([before, &mark.print(trimmed), after]);
    }

    fn is_in_link(&self) -> bool {
        self.open.iter().any(|(open, _)| matches!(open, Mark::Link(Some(_))))
    }

    /// Writes the collected text; URLs become links.
    fn flush(&mut self) {
        let text = mem::take(&mut self.text);
        let mut rest = &*text;
        while let Some((start, url)) = find_url(rest).filter(|_| !self.is_in_link()) {
            self.escape(&rest[..start]);
            let address = web_address(url).unwrap_or_default();
            self.out.extend(["<", &address, ">"]);
            rest = &rest[start + url.len()..];
        }
        self.escape(rest);
    }

    fn escape(&mut self, text: &str) {
        match sentence_end(text).filter(|_| self.is_between_elements() && self.first_sentence.is_none()) {
            Some(end) => {
                escape(&text[..end], &mut self.out);
                self.end_sentence(0);
                escape(&text[end..], &mut self.out);
            }
            None => escape(text, &mut self.out),
        }
    }

    /// Notes the end of the first sentence, some bytes before the end.
    fn end_sentence(&mut self, before: usize) {
        if self.open.is_empty() {
            self.first_sentence.get_or_insert_with(|| self.out[..self.out.len() - before].trim().to_owned());
        }
    }

    /// Returns the content, and starts anew; `None` if there is none.
    pub(super) fn finish(&mut self) -> Option<Paragraph> {
        self.end_code();
        while !self.open.is_empty() {
            self.close_last();
        }
        self.flush();
        let Self { out, first_sentence, .. } = mem::take(self);
        let text = out.trim();
        (!text.is_empty()).then(|| Paragraph { text: text.to_owned(), first_sentence })
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}

/// The first URL of a text, and its position.
fn find_url(text: &str) -> Option<(usize, &str)> {
    text.match_indices("http").find_map(|(start, _)| {
        let url = &text[start..];
        let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
        let end = host.find(ends_url).unwrap_or(host.len());
        let end = host[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
        (end > 0).then(|| (start, &url[..url.len() - host.len() + end]))
    })
}

fn ends_url(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "<>()[]\"`\\".contains(character)
}

/// The end of the first sentence that another follows.
fn sentence_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(". ").map(|(index, _)| index + 1);
    ends.into_iter().find(|end| text[end + 1..].chars().next().is_some_and(char::is_uppercase))
}
