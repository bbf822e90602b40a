//! Tokens to text: prettyplease lays out the lines, then items and documented fields are separated by empty lines.

use proc_macro2::TokenStream;
use quote::quote;

/// The statements of a function without their indentation.
pub(crate) fn statements(tokens: &TokenStream) -> String {
    let text = print(quote!(fn body() { #tokens }));
    let lines: Vec<_> = text.lines().collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// The lines of some items. Items can be printed one by one, which takes less memory.
pub(crate) fn print(tokens: TokenStream) -> String {
    let file =
        syn::parse2(tokens).expect("templates make Rust of finished identifiers and literals: a template is wrong");
    prettyplease::unparse(&file)
}

/// The text of a file: inserts empty lines, and converts block comments of several lines to line comments.
pub(crate) fn spread(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut before: Option<Line<'_>> = None;
    let mut lines = text.lines();
    while let Some(text) = lines.next() {
        let mut line = Line::new(text);
        if let Some(first) = before.as_ref().filter(|before| before.kind == Kind::Use && !before.text.ends_with(';')) {
            line.kind = Kind::Use;
            line.group = first.group;
        }
        if before.as_ref().is_some_and(|before| needs_space(before, &line)) {
            out.push('\n');
        }
        if let Some(first) = line.text.strip_prefix("/**").or(line.text.strip_prefix("/*!")) {
            let marker = if line.kind == Kind::InnerDoc { "//!" } else { "///" };
            spread_comment(first, &mut lines, line.indent, marker, &mut out);
        } else {
            out.push_str(text);
            out.push('\n');
        }
        before = Some(line);
    }
    out
}

/// Prints a block comment with a given first line as line comments.
fn spread_comment<'a>(
    first: &'a str,
    rest: &mut impl Iterator<Item = &'a str>,
    indent: usize,
    marker: &str,
    out: &mut String,
) {
    let mut line = first;
    loop {
        let (text, last) = line.strip_suffix("*/").map_or((line, false), |text| (text, true));
        out.extend(std::iter::repeat_n(' ', indent));
        out.extend([marker, text, "\n"]);
        if last {
            return;
        }
        let Some(next) = rest.next() else { return };
        line = next;
    }
}

/// A line, with the properties that decide about the space around it.
struct Line<'a> {
    indent: usize,
    text: &'a str,
    kind: Kind,
    /// The group of a `use` line: 0 for the standard library, 1 for other crates, 2 for this one.
    group: u8,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    InnerDoc,
    /// A doc comment or an attribute, which belongs to the next item.
    Lead,
    Use,
    Mod,
    Item,
    Other,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Self {
        let text = line.trim_start();
        let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
        let kind = if starts(&["//!", "#![", "/*!"]) {
            Kind::InnerDoc
        } else if starts(&["///", "#[", "/**"]) {
            Kind::Lead
        } else if starts(&["use ", "pub use "]) {
            Kind::Use
        } else if starts(&["mod ", "pub mod "]) {
            Kind::Mod
        } else if starts(&["pub ", "pub(crate) ", "fn ", "impl", "async fn ", "static "]) {
            Kind::Item
        } else {
            Kind::Other
        };
        Self { indent: line.len() - text.len(), text, kind, group: group(text) }
    }

    fn ends(&self) -> bool {
        self.text.ends_with(['}', ';', ','])
    }
}

fn group(use_line: &str) -> u8 {
    let path = use_line.trim_start_matches("pub ").trim_start_matches("use ");
    match path.split("::").next().unwrap_or_default() {
        "std" | "core" => 0,
        "crate" | "super" | "self" => 2,
        _ => 1,
    }
}

fn needs_space(before: &Line<'_>, line: &Line<'_>) -> bool {
    if before.text.is_empty() || line.text.is_empty() {
        return false;
    }
    if before.kind == Kind::InnerDoc {
        return line.kind != Kind::InnerDoc;
    }
    if before.indent != line.indent || !before.ends() {
        return false;
    }
    match (before.kind, line.kind) {
        (Kind::Use, Kind::Use) => before.group != line.group,
        (_, Kind::Lead) => before.kind != Kind::Lead,
        (Kind::Mod, Kind::Mod) => false,
        (_, Kind::Use) => before.kind == Kind::Mod,
        (_, Kind::Mod | Kind::Item) => before.kind != Kind::Lead && (line.indent == 0 || is_end_of_item(before, line)),
        (Kind::Use, Kind::Other) => true,
        _ => false,
    }
}

/// Returns `true` between two items of an `impl`.
fn is_end_of_item(before: &Line<'_>, line: &Line<'_>) -> bool {
    before.text == "}" || before.text.ends_with(';') && line.text.starts_with("fn ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(spread(text), expected);
    }

    #[test]
    fn items_stand_apart() {
        check(
            "struct A;\nimpl A {\n    fn a() {}\n}\nfn b() {}\n",
            "struct A;\n\nimpl A {\n    fn a() {}\n}\n\nfn b() {}\n",
        );
    }

    #[test]
    fn documented_fields_stand_apart() {
        check(
            "struct A {\n    /// One.\n    a: u8,\n    /// Two.\n    #[x]\n    b: u8,\n    c: u8,\n}\n",
            "struct A {\n    /// One.\n    a: u8,\n\n    /// Two.\n    #[x]\n    b: u8,\n    c: u8,\n}\n",
        );
    }

    #[test]
    fn block_comments_become_line_comments() {
        check("/*! One.\n\n Two.*/\nmod a;\n", "//! One.\n//!\n//! Two.\n\nmod a;\n");
        check(
            "fn a() {}\n    /** One.\n Two.*/\n    fn b() {}\n",
            "fn a() {}\n    /// One.\n    /// Two.\n    fn b() {}\n",
        );
    }

    #[test]
    fn use_lines_stand_in_groups() {
        check(
            "use serde::{\n    A, B,\n};\nuse crate::C;\nstruct D;\n",
            "use serde::{\n    A, B,\n};\n\nuse crate::C;\n\nstruct D;\n",
        );
        check(
            "//! Docs.\nuse std::fmt;\nuse serde::A;\nuse serde::B;\nuse crate::C;\nfn a() {}\n",
            "//! Docs.\n\nuse std::fmt;\n\nuse serde::A;\nuse serde::B;\n\nuse crate::C;\n\nfn a() {}\n",
        );
    }

    #[test]
    fn statements_lose_their_indentation() {
        assert_eq!(statements(&quote!(let a = 1; let b = { 2 };)), "let a = 1;\nlet b = { 2 };");
    }
}
