//! Doc comments: the text of the description, made safe for rustdoc, then constraints and other facts.

mod facts;
mod markdown;
mod wrap;

pub(super) use facts::{facts, facts_of_part};
use markdown::end_sentence;
pub(super) use markdown::{code, first_sentence, line};
use proc_macro2::TokenStream;
use quote::quote;
use wrap::wrap;

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

    /// Markdown of the description.
    pub(super) fn text(mut self, text: Option<&str>) -> Self {
        let text = markdown::blocks(text.unwrap_or_default());
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

    /// A heading.
    pub(super) fn heading(self, text: &str) -> Self {
        self.block(format!("# {text}"))
    }

    /// A paragraph of finished Markdown, which is wrapped. Names in it come from [`code`], texts of the description from
    /// [`line`] or [`first_sentence`].
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
        self.block(format!("Source: {}.", code(&origin.to_string())))
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
        let text = self.paragraphs.join("\n\n");
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
    }
}

/// A code span in a table.
pub(super) fn code_in_table(text: &str) -> String {
    code(text).replace('|', "\\|")
}
