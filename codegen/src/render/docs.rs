//! Doc comments: the text of the description, made safe for rustdoc, then constraints and other facts.

mod facts;
mod markdown;

pub(super) use facts::{facts, facts_of_part};
pub(super) use markdown::clean;
use markdown::wrap;
use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Docs;
use crate::document::Origin;

/// A doc comment as paragraphs.
#[derive(Debug, Default)]
pub(super) struct DocText {
    paragraphs: Vec<String>,
}

impl DocText {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Text of the description, cleaned and wrapped.
    pub(super) fn text(mut self, text: Option<&str>) -> Self {
        let text = clean(text.unwrap_or_default());
        if !text.is_empty() {
            self.paragraphs.push(text);
        }
        self
    }

    /// Summary and description.
    pub(super) fn docs(self, docs: &Docs) -> Self {
        let summary = docs.summary.as_deref().filter(|summary| !summary.trim().is_empty());
        let description = docs.description.as_deref().filter(|text| Some(text.trim()) != summary.map(str::trim));
        self.text(summary.map(end_sentence).as_deref()).text(description)
    }

    /// A paragraph, which is wrapped.
    pub(super) fn line(mut self, line: impl AsRef<str>) -> Self {
        self.paragraphs.push(wrap(line.as_ref(), "", ""));
        self
    }

    /// A paragraph as it is, such as a table, a list or code.
    pub(super) fn block(mut self, block: impl Into<String>) -> Self {
        self.paragraphs.push(block.into());
        self
    }

    /// A list, whose items are wrapped.
    pub(super) fn list(mut self, items: impl Iterator<Item = String>) -> Self {
        let items: Vec<_> = items.map(|item| wrap(&item, "- ", "  ")).collect();
        if !items.is_empty() {
            self.paragraphs.push(items.join("\n"));
        }
        self
    }

    /// A paragraph for a comment that is empty so far.
    pub(super) fn or(self, line: impl FnOnce() -> String) -> Self {
        if self.paragraphs.is_empty() { self.line(line()) } else { self }
    }

    /// The location in the description.
    pub(super) fn source(self, origin: &Origin) -> Self {
        self.block(format!("Source: `{origin}`."))
    }

    /// The comment of an item.
    pub(super) fn outer(&self) -> TokenStream {
        let texts = self.attributes();
        quote!(#(#[doc = #texts])*)
    }

    /// The comment of a file.
    pub(super) fn inner(&self) -> TokenStream {
        let texts = self.attributes();
        quote!(#(#![doc = #texts])*)
    }

    /// One attribute for the whole text, which is printed as a block comment and split into lines later: an attribute for
    /// each line makes a run about 4 % longer. A text that would end the block comment has one for each line.
    fn attributes(&self) -> Vec<String> {
        let lines = self.lines();
        let fits = !lines.iter().any(|line| line.contains("*/") || line.contains("/*"));
        if fits && lines.len() > 1 { vec![lines.join("\n")] } else { lines }
    }

    fn lines(&self) -> Vec<String> {
        let text = self.paragraphs.join("\n\n").replace(is_unprintable, " ");
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
    }
}

/// Returns `true` for characters that the compiler refuses in a comment, and for those that change the direction of text.
fn is_unprintable(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text as a code span, which may contain backticks.
pub(super) fn code(text: &str) -> String {
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// The first sentence of a text.
pub(super) fn first_sentence(text: &str) -> String {
    let text = text.split("\n\n").next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = text.match_indices(". ").map(|(index, _)| index);
    let end = ends.into_iter().find(|index| {
        let next = text[index + 2..].chars().next();
        next.is_some_and(|next| next.is_uppercase() || next == '`')
    });
    end_sentence(end.map_or(&*text, |end| &text[..=end]))
}

fn end_sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end() {
        assert_eq!(first_sentence("A number. It is long."), "A number.");
        assert_eq!(first_sentence("Such as e.g. this one"), "Such as e.g. this one.");
        assert_eq!(first_sentence(""), "");
    }
}
