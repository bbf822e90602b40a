//! The blocks of a text, from the events of the parser.

use std::mem;

use pulldown_cmark::{Alignment, Event, Parser, Tag, TagEnd};

use super::html::{self, Element};
use super::inline::{Inline, Mark, Paragraph};
use super::{OPTIONS, words};

/// The number of quotes and items within each other that are written.
const DEPTH: usize = 6;

/// The greatest number of an item in Markdown.
const GREATEST: u64 = 999_999_999;

/// A block that contains no other, with the marks of the quotes and items that it is in.
#[derive(Debug)]
pub(super) struct Block {
    /// The start of its first line.
    pub(super) first: String,
    /// The start of its other lines.
    pub(super) next: String,
    pub(super) content: Content,
    /// The outermost list, if the block is one of those that follow each other without empty lines.
    list: Option<usize>,
}

impl Block {
    /// Returns `true` if no empty line separates this block from the one before.
    pub(super) fn is_below(&self, before: &Self) -> bool {
        self.list.is_some() && self.list == before.list
    }
}

#[derive(Debug)]
pub(super) enum Content {
    Paragraph(Paragraph),
    Heading(usize, String),
    Code(String),
    Table(Vec<Alignment>, Vec<Vec<String>>),
    Rule,
}

/// Reads a text.
pub(super) fn read(text: &str) -> Vec<Block> {
    let text = html::blocks_to_markdown(text);
    let mut reader = Reader::default();
    for event in Parser::new_ext(&text, OPTIONS) {
        reader.read(event);
    }
    reader.blocks
}

#[derive(Debug, Default)]
struct Reader {
    blocks: Vec<Block>,
    containers: Vec<Container>,
    /// The number of outermost lists so far.
    lists: usize,
    inline: Inline,
    /// The content of a block of code.
    code: Option<String>,
    /// The alignments and rows of a table.
    table: Option<(Vec<Alignment>, Vec<Vec<String>>)>,
    is_heading: bool,
}

#[derive(Debug)]
enum Container {
    Quote,
    /// The number of the next item.
    List(Option<u64>),
    Item {
        mark: String,
        is_written: bool,
    },
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => {
                self.code.as_mut().map_or_else(|| self.inline.text(&text), |code| code.push_str(&text));
            }
            Event::Code(text) => self.inline.code(&text),
            Event::InlineHtml(tag) => self.html(&tag),
            Event::SoftBreak => self.inline.text(" "),
            Event::HardBreak => self.inline.line_break(),
            Event::Rule => self.push(Content::Rule, false),
            // Extensions that are not enabled.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline.open(Mark::Emphasis),
            Tag::Strong => self.inline.open(Mark::Strong),
            Tag::Strikethrough => self.inline.open(Mark::Strikethrough),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.inline.open(Mark::link(&dest_url)),
            Tag::TableHead | Tag::TableRow => self.add_row(),
            Tag::TableCell => {}
            block => {
                self.end_paragraph(true);
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::BlockQuote(_) => self.containers.push(Container::Quote),
            Tag::List(number) => {
                self.lists += usize::from(!self.is_in_list());
                self.containers.push(Container::List(number));
            }
            Tag::Item => {
                let mark = self.next_mark();
                self.containers.push(Container::Item { mark, is_written: false });
            }
            Tag::Table(alignments) => self.table = Some((alignments, Vec::new())),
            Tag::Heading { .. } => self.is_heading = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inline.close(&Mark::Emphasis),
            TagEnd::Strong => self.inline.close(&Mark::Strong),
            TagEnd::Strikethrough => self.inline.close(&Mark::Strikethrough),
            TagEnd::Link | TagEnd::Image => self.inline.close(&Mark::Link(None)),
            TagEnd::Heading(level) => self.end_heading(level as usize),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.push(Content::Code(code), false);
            }
            TagEnd::TableCell => self.add_cell(),
            TagEnd::Table => {
                if let Some((alignments, rows)) = self.table.take() {
                    self.push(Content::Table(alignments, rows), false);
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.end_paragraph(true);
                self.containers.pop();
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_paragraph(false),
            _ => {}
        }
    }

    fn html(&mut self, tag: &str) {
        match html::element(tag) {
            Some((Element::Emphasis, is_end)) => self.mark(Mark::Emphasis, is_end),
            Some((Element::Strong, is_end)) => self.mark(Mark::Strong, is_end),
            Some((Element::Strikethrough, is_end)) => self.mark(Mark::Strikethrough, is_end),
            Some((Element::Link, is_end)) => self.mark(Mark::link(&html::address(tag).unwrap_or_default()), is_end),
            Some((Element::Code, false)) => self.inline.start_code(),
            Some((Element::Code, true)) => self.inline.end_code(),
            Some((Element::Break, _)) => self.html_break(),
            None => self.inline.text(tag),
        }
    }

    fn mark(&mut self, mark: Mark, is_end: bool) {
        if is_end { self.inline.close(&mark) } else { self.inline.open(mark) }
    }

    /// `<br>` separates paragraphs in most descriptions.
    fn html_break(&mut self) {
        if self.table.is_some() || self.is_heading || !self.inline.is_between_elements() {
            self.inline.text(" ");
        } else {
            self.end_paragraph(false);
        }
    }

    fn end_paragraph(&mut self, is_tight: bool) {
        if let Some(paragraph) = self.inline.finish() {
            self.push(Content::Paragraph(paragraph), is_tight);
        }
    }

    fn end_heading(&mut self, level: usize) {
        self.is_heading = false;
        if let Some(Paragraph { text, .. }) = self.inline.finish() {
            self.push(Content::Heading(level, one_line(&text)), false);
        }
    }

    fn add_row(&mut self) {
        if let Some((_, rows)) = &mut self.table {
            rows.push(Vec::new());
        }
    }

    fn add_cell(&mut self) {
        let text = self.inline.finish().map(|paragraph| one_line(&paragraph.text).replace('|', "\\|"));
        if let Some(row) = self.table.as_mut().and_then(|(_, rows)| rows.last_mut()) {
            row.push(text.unwrap_or_default());
        }
    }

    fn push(&mut self, content: Content, is_tight: bool) {
        let list = (is_tight && self.is_in_list()).then_some(self.lists);
        let (first, next) = self.prefixes();
        self.blocks.push(Block { first, next, content, list });
    }

    fn is_in_list(&self) -> bool {
        self.containers.iter().any(|container| matches!(container, Container::List(_)))
    }

    /// The mark of the next item of the innermost list.
    fn next_mark(&mut self) -> String {
        match self.containers.last_mut() {
            Some(Container::List(Some(number))) => {
                let mark = format!("{number}. ");
                *number = GREATEST.min(*number + 1);
                mark
            }
            _ => "- ".to_owned(),
        }
    }

    /// The starts of the first line and of the other lines of a block.
    fn prefixes(&mut self) -> (String, String) {
        let (mut first, mut next) = (String::new(), String::new());
        for container in
            self.containers.iter_mut().filter(|container| !matches!(container, Container::List(_))).take(DEPTH)
        {
            match container {
                Container::Item { mark, is_written } => {
                    let indent = " ".repeat(mark.len());
                    first.push_str(if mem::replace(is_written, true) { &indent } else { mark });
                    next.push_str(&indent);
                }
                _ => [&mut first, &mut next].into_iter().for_each(|prefix| prefix.push_str("> ")),
            }
        }
        (first, next)
    }
}

fn one_line(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}
