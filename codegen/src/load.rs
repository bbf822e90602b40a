//! Text to a checked tree: JSON and YAML, keyword spelling, and the other files that references lead to.
//!
//! Knows which keywords exist and what kind of value each holds; what they mean is for [`lower`](crate::lower). Everything
//! behind this module sees one dialect of schemas, whichever version a description is written in.

mod check;
mod json;
mod keywords;
mod normalise;
mod yaml;

use std::collections::{HashSet, VecDeque};

pub(crate) use check::{Reference, expected};
pub(crate) use json::parse_json;
use keywords::ObjectName;
pub(crate) use keywords::{Kind, Table, Version, optional, required, table};
pub(crate) use yaml::parse_yaml;

use crate::node::{Document, File, Node, Value};
use crate::pointer::Origin;
use crate::source::{MAX_TEXT, Source, Span};
use crate::{Diagnostics, Files, overlay};

/// How deep values may nest. `serde_json` draws the same line.
pub(crate) const MAX_DEPTH: usize = 128;

/// How many values aliases may add to a text, and overlays to a description, so that a short text cannot fill the memory.
pub(crate) const MAX_ADDED: usize = 1_000_000;

/// Reads the files that were asked for, patches them, and reads those that their references name.
pub(crate) fn load(
    entries: Vec<Source>,
    overlays: Vec<Source>,
    files: &dyn Files,
    diagnostics: &mut Diagnostics,
) -> (Document, Vec<Reference>) {
    let mut loader =
        Loader { document: Document::default(), references: Vec::new(), checked: Vec::new(), files, diagnostics };
    loader.document.entries = entries.len();
    let origins: Vec<_> = entries.iter().map(|source| Origin::file(&source.name)).collect();
    for source in entries {
        loader.parse(source);
    }
    if loader.patch(overlays) {
        for origin in origins {
            loader.check_document(origin);
        }
        loader.follow();
        loader.normalise();
    }
    (loader.document, loader.references)
}

struct Loader<'a> {
    document: Document,
    references: Vec<Reference>,
    /// What was compared with the tables of 3.1: whole documents, and parts in other files.
    checked: Vec<(Origin, ObjectName)>,
    files: &'a dyn Files,
    diagnostics: &'a mut Diagnostics,
}

impl Loader<'_> {
    /// Applies the overlays; `false` if that failed, and nobody knows what the description would be.
    fn patch(&mut self, overlays: Vec<Source>) -> bool {
        if overlays.is_empty() {
            return true;
        }
        overlay::patch(&mut self.document, overlays, self.diagnostics);
        !self.diagnostics.has_errors()
    }

    /// A file that a reference names: a document of its own, or parts that only their references give a kind.
    fn external_file(&mut self, source: Source) {
        let origin = Origin::file(&source.name);
        self.parse(source);
        let root = &self.document.files[&*origin.file].root;
        if root.get("openapi").or(root.get("swagger")).is_some() {
            self.check_document(origin);
        }
    }

    fn check_document(&mut self, origin: Origin) {
        let root = &self.document.files[&*origin.file].root;
        if root.value == Value::Null {
            return;
        }
        let version = match (root.get("openapi"), root.get("swagger")) {
            (Some(text), _) => match text.as_str().map(|text| (text, Version::parse(text))) {
                Some((_, Some(version))) => version,
                Some((text, None)) => return self.diagnostics.unsupported_version(origin.child("openapi"), text),
                None => {
                    let found = text.kind();
                    return self.diagnostics.wrong_kind(origin.child("openapi"), "a string", found, None);
                }
            },
            (None, Some(_)) => return self.diagnostics.unsupported_version(origin.child("swagger"), "2.0"),
            // The table says that the version is missing.
            (None, None) => Version::V30,
        };
        self.check(origin, ObjectName::Document, version);
    }

    /// Compares what stands at a place with the tables; gives the references that were found there.
    fn check(&mut self, origin: Origin, object: ObjectName, version: Version) {
        let Some(node) = self.document.node(&origin) else { return };
        self.references.extend(check::check_object(node, object, version, origin.clone(), self.diagnostics));
        if version == Version::V31 {
            self.checked.push((origin, object));
        }
    }

    /// Brings the schemas of 3.1 into the common dialect, when nothing is compared with the tables any more.
    fn normalise(&mut self) {
        self.diagnostics.pin(&self.document);
        for (origin, object) in &self.checked {
            if let Some(node) = self.document.node_mut(origin) {
                normalise::normalise(node, object.kind());
            }
        }
    }

    /// Adds a file under its name; one that cannot be read stands there as `null`, so that nobody looks for it again.
    fn parse(&mut self, source: Source) {
        let root = parse(&source, self.diagnostics).unwrap_or(Node { span: Span::default(), value: Value::Null });
        self.document.files.insert(source.name.clone(), File { source, root });
    }

    /// Reads the files that references name, and checks the parts of them that are not in a document of their own.
    fn follow(&mut self) {
        let mut queue: VecDeque<Reference> = self.references.clone().into();
        let mut checked = HashSet::new();
        while let Some(reference) = queue.pop_front() {
            let Some(target) = self.target(&reference) else { continue };
            let known = self.references.len();
            if !self.document.files.contains_key(&*target.file) {
                match self.files.read(&target.file) {
                    Ok(source) => self.external_file(source.named(&target.file)),
                    Err(error) => {
                        self.diagnostics.unreadable_file(&reference.holder, &target.file, &error.to_string());
                        continue;
                    }
                }
                queue.extend(self.references[known..].iter().cloned());
            }
            let root = self.document.files.get(&*target.file).map(|file| &file.root);
            if root.is_none_or(|root| root.get("openapi").is_some()) || !checked.insert(target.clone()) {
                continue;
            }
            let known = self.references.len();
            self.check(target, reference.expected, reference.version);
            queue.extend(self.references[known..].iter().cloned());
        }
    }

    fn target(&mut self, reference: &Reference) -> Option<Origin> {
        match locate(&reference.holder, &reference.text) {
            Ok(target) => Some(target),
            Err(problem) => {
                self.diagnostics.bad_reference(&reference.holder, &reference.text, problem);
                None
            }
        }
    }
}

/// The tree of a text in JSON or YAML; what is wrong with it goes to `diagnostics`.
pub(crate) fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Option<Node> {
    if source.text.len() > MAX_TEXT {
        diagnostics.too_large(Origin::file(&source.name));
        None
    } else if is_json(source) {
        parse_json(source, diagnostics)
    } else {
        parse_yaml(source, diagnostics)
    }
}

/// Why a reference cannot lead anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadReference {
    /// It names another host or a scheme.
    Url,
    /// It leaves the folder of the description.
    OutsideFolder,
    /// What follows `#` is not a JSON Pointer.
    NotAPointer,
}

/// Where a reference leads, by its text alone.
pub(crate) fn locate(holder: &Origin, text: &str) -> Result<Origin, BadReference> {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    let pointer = percent_decode(fragment)
        .and_then(|fragment| crate::pointer::JsonPointer::parse(&fragment))
        .ok_or(BadReference::NotAPointer)?;
    if path.is_empty() {
        return Ok(Origin { file: holder.file.clone(), pointer });
    }
    let path = percent_decode(path).ok_or(BadReference::Url)?;
    Ok(Origin { file: sibling(&holder.file, &path)?.into(), pointer })
}

/// The name of a file that another one names by a relative path.
fn sibling(from: &str, path: &str) -> Result<String, BadReference> {
    if path.contains("://")
        || path.starts_with("//")
        || path.split(['/', '\\']).next().is_some_and(|first| first.contains(':'))
    {
        return Err(BadReference::Url);
    }
    if path.starts_with('/') || path.contains('\\') {
        return Err(BadReference::OutsideFolder);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(BadReference::OutsideFolder)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

pub(crate) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// The ending decides; without one that is known, a text that starts like a JSON object is JSON.
fn is_json(source: &Source) -> bool {
    match source.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        _ => source.text.trim_start().starts_with('{'),
    }
}

/// A number as JSON can hold it; an integral value is an integer, so that `24.0` equals `24`, as JSON Schema has it.
fn number(text: &str) -> Option<serde_json::Number> {
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Some(integer.into());
    }
    let value: f64 = text.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "integral and below 2^53: exact")]
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        return Some((value as i64).into());
    }
    serde_json::Number::from_f64(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_locate(from: &str, text: &str, expected: Result<&str, BadReference>) {
        let found = locate(&Origin::file(from), text).map(|origin| origin.to_string());
        assert_eq!(found.as_deref().map_err(|problem| *problem), expected);
    }

    #[test]
    fn references_stay_in_the_folder() {
        check_locate("a.yaml", "#/components/schemas/A", Ok("a.yaml#/components/schemas/A"));
        check_locate("a.yaml", "b.yaml#/x", Ok("b.yaml#/x"));
        check_locate("a.yaml", "./b.yaml", Ok("b.yaml#"));
        check_locate("parts/a.yaml", "../b.yaml#/x", Ok("b.yaml#/x"));
        check_locate("parts/a.yaml", "c/d.json#/x", Ok("parts/c/d.json#/x"));
        check_locate("a.yaml", "#/a%7B%7D", Ok("a.yaml#/a{}"));
        check_locate("a.yaml", "../b.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "b/../../c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "%2e%2e/c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "/etc/c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "..\\c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "https://example.com/a.yaml#/x", Err(BadReference::Url));
        check_locate("a.yaml", "file:c.yaml", Err(BadReference::Url));
        check_locate("a.yaml", "c:/d.yaml", Err(BadReference::Url));
        check_locate("a.yaml", "#components", Err(BadReference::NotAPointer));
        check_locate("a.yaml", "Contact", Ok("Contact#"));
    }

    #[test]
    fn integral_numbers_are_integers() {
        assert_eq!(number("24.0"), Some(24.into()));
        assert_eq!(number("1e3"), Some(1000.into()));
        assert_eq!(number("-0.0"), Some(0.into()));
        assert_eq!(number("0.1"), serde_json::Number::from_f64(0.1));
        assert_eq!(number("1e999"), None);
    }
}
