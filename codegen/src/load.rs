//! Loading: from texts to a checked document, including the files that references lead to.
//!
//! Applies overlays, compares every file with the [`grammar`](crate::grammar), and brings the schemas of both versions into
//! one dialect, so that no later stage depends on the version.

mod check;
mod normalise;
mod overlay;

use std::collections::{HashSet, VecDeque};

pub(crate) use check::Reference;

use crate::document::{Document, File, Node, Origin, Source, Span, Value, locate};
use crate::grammar::{ObjectName, Version};
use crate::parse::parse;
use crate::{Diagnostics, Files};

/// Parses the root files, patches them, and loads the files that their references name.
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
    /// The parts that were compared with the tables of 3.1: whole documents, and parts of other files.
    checked: Vec<(Origin, ObjectName)>,
    files: &'a dyn Files,
    diagnostics: &'a mut Diagnostics,
}

impl Loader<'_> {
    /// Applies the overlays; `false` if one failed, because the result is undefined then.
    fn patch(&mut self, overlays: Vec<Source>) -> bool {
        if overlays.is_empty() {
            return true;
        }
        overlay::patch(&mut self.document, overlays, self.diagnostics);
        !self.diagnostics.has_errors()
    }

    /// Adds a file that a reference names: a whole document, or parts whose kinds are known from references only.
    fn external_file(&mut self, source: Source) {
        let origin = Origin::file(&source.name);
        self.parse(source);
        let root = &self.document.files[&*origin.file].root;
        if root.get("openapi").or(root.get("swagger")).is_some() {
            self.check_document(origin);
        }
    }

    fn check_document(&mut self, origin: Origin) {
        let root = self.document.files[&*origin.file].cursor();
        if *root.value() == Value::Null {
            return;
        }
        let version = match (root.get("openapi"), root.get("swagger")) {
            (Some(version), _) => match version.as_str().map(|text| (text, Version::parse(text))) {
                Some((_, Some(version))) => version,
                Some((text, None)) => return self.diagnostics.unsupported_version(version, text),
                None => return self.diagnostics.wrong_kind(&version, "a string", version.node().kind(), None),
            },
            (None, Some(swagger)) => return self.diagnostics.unsupported_version(swagger, "2.0"),
            // The table reports that the version is missing.
            (None, None) => Version::V30,
        };
        self.check(origin, ObjectName::Document, version);
    }

    /// Compares the node at an origin with the tables and collects the references in it.
    fn check(&mut self, origin: Origin, object: ObjectName, version: Version) {
        let Some(node) = self.document.cursor(&origin) else { return };
        self.references.extend(check::check_object(&node, object, version, self.diagnostics));
        if version == Version::V31 {
            self.checked.push((origin, object));
        }
    }

    /// Brings the schemas of 3.1 into the common dialect, after the last comparison with the tables.
    fn normalise(&mut self) {
        for (origin, object) in &self.checked {
            if let Some(node) = self.document.node_mut(origin) {
                normalise::normalise(node, object.kind());
            }
        }
    }

    /// Adds a file under its name. A file that cannot be read is added as `null`, so that it is read only once.
    fn parse(&mut self, source: Source) {
        let root = parse(&source, 0, self.diagnostics).unwrap_or(Node { span: Span::default(), value: Value::Null });
        self.document.files.insert(source.name.clone(), File::new(source, root));
    }

    /// Loads the files that references name, and checks the parts that are not in a whole document.
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
                        self.diagnostics.unreadable_file(reference.location(), &target.file, &error.to_string());
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
        match locate(&reference.holder.file, &reference.text) {
            Ok(target) => Some(target),
            Err(problem) => {
                self.diagnostics.bad_reference(reference.location(), &reference.text, problem);
                None
            }
        }
    }
}
