//! Markdown of a description, parsed and written again.
//!
//! Only the elements that documentation needs are written: paragraphs, headings, lists, quotes, tables, code, emphasis, and
//! links to the web. Everything else becomes text, and text is escaped. All code is in blocks of the language `text`, so that
//! rustdoc never runs it.

mod escape;
mod html;
mod inline;
mod reader;

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, Options};

pub(in crate::render) use self::escape::code;
use self::reader::{Block, Content};
use super::wrap::{words, wrap};

/// The extensions of Markdown that descriptions use, and rustdoc knows.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Markdown for rustdoc, wrapped.
pub(super) fn blocks(text: &str) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    let blocks = reader::read(text);
    for block in &blocks {
        if let Some(before) = before {
            out.push('\n');
            if !block.is_below(before) {
                out.push_str(common(&before.next, &block.next).trim_end());
                out.push('\n');
            }
        }
        print(block, &mut out);
        before = Some(block);
    }
    out
}

/// Markdown on one line, without blocks.
pub(in crate::render) fn line(text: &str) -> String {
    let blocks = reader::read(text);
    let texts = blocks.iter().map(|block| match &block.content {
        Content::Paragraph(paragraph) => paragraph.text.replace('\n', " "),
        Content::Heading(_, text) => text.clone(),
        Content::Code(text) => code(text.trim()),
        Content::Table(_, rows) => rows.concat().join(" "),
        Content::Rule => String::new(),
    });
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first sentence of a text that begins with a paragraph, on one line.
pub(in crate::render) fn first_sentence(text: &str) -> Option<String> {
    let blocks = reader::read(text);
    let Content::Paragraph(paragraph) = &blocks.first()?.content else { return None };
    let sentence = paragraph.first_sentence.as_ref().unwrap_or(&paragraph.text);
    Some(end_sentence(&words(sentence).collect::<Vec<_>>().join(" ")))
}

/// A text with a full stop at its end, unless it ends a sentence.
pub(super) fn end_sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// The start that two prefixes share: the containers that both blocks are in.
fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let length = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    // Prefixes are ASCII.
    &one[..length]
}

fn print(block: &Block, out: &mut String) {
    let Block { first, next, .. } = block;
    match &block.content {
        Content::Paragraph(paragraph) => out.push_str(&wrap(&paragraph.text, first, next)),
        Content::Heading(level, text) => out.extend([first, &"#".repeat(*level), " ", &unclosed(text)]),
        Content::Code(text) => print_code(text, first, next, out),
        Content::Table(alignments, rows) => print_table(alignments, rows, first, next, out),
        Content::Rule => out.extend([first, "***"]),
    }
}

/// The text of a heading, whose last number signs would close it.
fn unclosed(text: &str) -> String {
    let start = text.trim_end_matches('#').len();
    if start == text.len() { text.to_owned() } else { format!("{}\\{}", &text[..start], &text[start..]) }
}

/// A block of code with a fence that is longer than any in it.
fn print_code(text: &str, first: &str, next: &str, out: &mut String) {
    let fence = "`".repeat(escape::longest_run(text).max(2) + 1);
    out.extend([first, &fence, "text"]);
    for line in text.lines() {
        out.push('\n');
        out.push_str(format!("{next}{}", escape::printable(&line.replace('\t', "    "))).trim_end());
    }
    out.extend(["\n", next, &fence]);
}

fn print_table(alignments: &[Alignment], rows: &[Vec<String>], first: &str, next: &str, out: &mut String) {
    for (index, row) in rows.iter().enumerate() {
        out.push_str(if index == 0 { first } else { next });
        out.push('|');
        out.extend(row.iter().flat_map(|cell| [" ", cell, " |"]));
        if index == 0 {
            // Writing to a string cannot fail.
            let _ = write!(out, "\n{next}|{}|", alignments.iter().copied().map(rule).collect::<Vec<_>>().join("|"));
        }
        if index + 1 < rows.len() {
            out.push('\n');
        }
    }
}

fn rule(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "---",
        Alignment::Left => ":--",
        Alignment::Center => ":-:",
        Alignment::Right => "--:",
    }
}

#[cfg(test)]
mod tests;
