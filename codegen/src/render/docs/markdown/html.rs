//! The tags of HTML that are common in descriptions, as Markdown.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::OPTIONS;

/// The elements of a paragraph that HTML and Markdown have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Emphasis,
    Strong,
    Strikethrough,
    Code,
    Link,
    Break,
}

/// A tag within a paragraph, and `true` if it ends its element; `None` if it is text.
pub(super) fn element(tag: &str) -> Option<(Element, bool)> {
    let (name, is_end) = name(tag);
    let element = match &*name {
        "i" | "em" => Element::Emphasis,
        "b" | "strong" => Element::Strong,
        "s" | "del" => Element::Strikethrough,
        "code" | "tt" => Element::Code,
        "a" => Element::Link,
        "br" => Element::Break,
        _ => return None,
    };
    Some((element, is_end))
}

/// The address of a link.
pub(super) fn address(tag: &str) -> Option<String> {
    let (_, value) = tag.split_once("href=")?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (address, _) = value[1..].split_once(quote)?;
    Some(address.replace("&amp;", "&"))
}

/// Replaces the tags that separate blocks by empty lines and list markers.
pub(super) fn blocks_to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut copied = 0;
    let mut is_in_table = false;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let html = &text[range.clone()];
        let markdown = match event {
            Event::Start(Tag::Table(_)) => {
                is_in_table = true;
                continue;
            }
            Event::End(TagEnd::Table) => {
                is_in_table = false;
                continue;
            }
            Event::Html(_) => Cow::Owned(replace_tags(html.trim_start())),
            Event::InlineHtml(_) if !is_in_table => match separator(html).filter(|_| !is_break(html)) {
                Some(separator) => Cow::Borrowed(separator),
                None => continue,
            },
            _ => continue,
        };
        out.extend([&text[copied..range.start], &markdown]);
        copied = range.end;
    }
    Cow::Owned(out + &text[copied..])
}

/// A line of an HTML block.
fn replace_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((start, end)) = rest.find('<').and_then(|start| Some((start, start + rest[start..].find('>')? + 1)))
    {
        let tag = &rest[start..end];
        out.extend([&rest[..start], separator(tag).unwrap_or(tag)]);
        rest = &rest[end..];
    }
    out + rest
}

fn separator(tag: &str) -> Option<&'static str> {
    let (name, is_end) = name(tag);
    match &*name {
        "p" | "br" | "ul" | "ol" | "div" => Some("\n\n"),
        "li" => Some(if is_end { "" } else { "\n- " }),
        _ => None,
    }
}

fn is_break(tag: &str) -> bool {
    name(tag).0 == "br"
}

/// The name of a tag, and `true` if it is the end of its element.
fn name(tag: &str) -> (String, bool) {
    let tag = tag.strip_prefix('<').unwrap_or(tag);
    let (tag, is_end) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
    let end = tag.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(tag.len());
    (tag[..end].to_ascii_lowercase(), is_end)
}
