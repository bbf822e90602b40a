//! Findings about the text of a file.

use super::Diagnostics;
use crate::document::{Defect, Location, Origin, Span};

impl Diagnostics {
    pub(crate) fn syntax_error(&mut self, file: Origin, span: Span, problem: &str) {
        let mut problem = problem.to_owned();
        if let Some(first) = problem.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        self.error("syntax", Location::text(file, span), problem)
            .help("the file extension determines whether the file is read as JSON or YAML");
    }

    pub(crate) fn empty_document(&mut self, file: Origin, span: Span) {
        self.error("empty-document", Location::text(file, span), "the document is empty")
            .help("a description starts with `openapi: 3.0.3`, and an overlay with `overlay: 1.1.0`");
    }

    pub(crate) fn several_documents(&mut self, origin: Origin, span: Span) {
        self.error("multiple-documents", Location::text(origin, span), "a second YAML document starts here")
            .help("put each document into a separate file");
    }

    pub(crate) fn unreadable_text(&mut self, file: Origin, number: u32, defect: Defect) {
        let (code, help) = match defect {
            Defect::Utf16 | Defect::NotUtf8 { .. } => ("not-utf-8", "save the file as UTF-8"),
            Defect::TooLarge => ("too-large", "split the description into several files"),
        };
        let span = Span::new(defect.offset(), defect.offset(), number);
        self.error(code, Location::text(file, span), defect.to_string()).help(help);
    }

    pub(crate) fn too_deep(&mut self, at: impl Into<Location>) {
        self.error("too-deep", at, "the values are nested too deeply")
            .help("the limits are 128 levels of nesting, 2,048 bytes in a JSON Pointer, and 100,000 values added by aliases or overlays");
    }

    pub(crate) fn not_a_json_number(&mut self, origin: Origin, span: Span, text: &str) {
        self.error(
            "not-a-json-number",
            Location::text(origin, span),
            format!("`{text}` is not a number that JSON can represent"),
        )
        .help("enclose it in quotes if it is a string");
    }

    pub(crate) fn duplicate_key(&mut self, origin: Origin, span: Span, key: &str) {
        self.error(
            "duplicate-key",
            Location::text(origin, span),
            format!("the key `{key}` occurs twice in the same object"),
        )
        .help("remove one of them; it is undefined which one applies");
    }

    pub(crate) fn key_is_not_text(&mut self, origin: Origin, span: Span) {
        self.error("key-is-not-text", Location::text(origin, span), "a list or an object cannot be a key")
            .help("use a string as the key");
    }

    pub(crate) fn bad_merge(&mut self, origin: Origin, span: Span, found: &str) {
        self.error(
            "bad-merge",
            Location::text(origin, span),
            format!("`<<` must be an object or a list of objects, not {found}"),
        )
        .help("merge an anchored object with `<<: *name`, or write `\"<<\"` for an ordinary key");
    }

    pub(crate) fn alias_of_itself(&mut self, origin: Origin, span: Span) {
        self.error("alias-of-itself", Location::text(origin, span), "this alias is inside the value that it refers to")
            .help("use `$ref` to describe a recursive schema");
    }
}
