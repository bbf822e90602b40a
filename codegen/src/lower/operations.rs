//! Operations: the reader that starts at the paths and webhooks of a description, and reads schemas where they are used.

mod bodies;
mod callbacks;
mod forms;
mod media;
mod operation;
mod parameters;
mod rate_limits;
mod responses;
mod security;

use std::cmp::Reverse;
use std::collections::HashSet;

use super::draft::{Draft, DraftCredential, DraftOperation, Types};
use super::schemas::SchemaReader;
use crate::api::{BodyFormat, Callback, Omitted, TypeId};
use crate::document::{Document, Node, Origin};
use crate::grammar::Version;
use crate::names::Casing;
use crate::resolve::Resolved;
use crate::{Diagnostics, Options};

/// Reads the operations that are wanted, and the schemas that they use. What cannot be expressed is a finding, and the
/// part that holds it is left out.
pub(crate) fn read(
    resolved: &Resolved<'_>,
    options: &Options,
    casing: &Casing,
    diagnostics: &mut Diagnostics,
) -> Draft {
    let mut reader = OperationReader::new(resolved, casing, diagnostics);
    let (operations, callbacks) = reader.read_entries(options);
    reader.schemas.read_pending();
    reader.read_forms();
    let credentials = reader.credentials();
    reader.into_draft(operations, callbacks, credentials)
}

/// What is known while operations are read.
struct OperationReader<'a, 'd> {
    resolved: &'a Resolved<'d>,
    casing: &'a Casing,
    schemas: SchemaReader<'a, 'd>,
    /// The types of forms, with the media types that they stand under.
    forms: Vec<(TypeId, BodyFormat, Origin)>,
    error_bodies: Vec<TypeId>,
    /// The security schemes that operations accept.
    schemes: Vec<Origin>,
    /// Rate limits whose period is 0 units long.
    limits_of_no_units: Vec<Origin>,
    /// The path items that were looked at.
    checked_items: HashSet<Origin>,
    omitted: Omitted,
    /// The files that were asked for and have operations; the last is the one that is being read.
    entries: Vec<Origin>,
}

impl<'a, 'd> OperationReader<'a, 'd> {
    fn new(resolved: &'a Resolved<'d>, casing: &'a Casing, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            resolved,
            casing,
            schemas: SchemaReader::new(resolved, casing, diagnostics),
            forms: Vec::new(),
            error_bodies: Vec::new(),
            schemes: Vec::new(),
            limits_of_no_units: Vec::new(),
            checked_items: HashSet::new(),
            omitted: Omitted::default(),
            entries: Vec::new(),
        }
    }

    /// Lowers every operation of the files that were asked for, and what those operations call back.
    fn read_entries(&mut self, options: &Options) -> (Vec<DraftOperation>, Vec<Callback>) {
        let document = self.resolved.document;
        let mut operations = Vec::new();
        let mut callbacks = Vec::new();
        let mut candidates = Vec::new();
        for (name, file) in document.files.iter().take(document.entries) {
            let root = Origin::file(name);
            self.pass_over_servers(&root);
            let [paths, webhooks] =
                ["paths", "webhooks"].map(|keyword| file.root.get(keyword).and_then(Node::as_object));
            if [paths, webhooks].into_iter().flatten().any(|items| !items.is_empty()) {
                self.entries.push(root.clone());
            }
            let (posted, told) = self.webhooks(&root, &options.filter);
            callbacks.extend(posted);
            candidates.extend(told);
            let Some(paths) = paths else { continue };
            for path in paths.keys().filter(|path| path.starts_with('/')) {
                let item = root.descend(["paths", path]);
                for (method, place) in self.operations_of(&item) {
                    let candidate = self.candidate(&place, Some(path));
                    if options.filter.wants(&candidate) {
                        self.check_path_item(&item);
                        operations.extend(self.operation(&item, &place, path, method, &mut callbacks));
                    } else {
                        self.omitted.operations += 1;
                    }
                    candidates.push(candidate);
                }
            }
        }
        let first = document.files.keys().next().map_or("", String::as_str);
        let paths = Origin::file(first).child("paths");
        for wanted in options.filter.without_effect(&candidates) {
            self.schemas.diagnostics.filter_without_effect(paths.clone(), &wanted);
        }
        if operations.is_empty() && callbacks.is_empty() && !self.schemas.diagnostics.has_errors() {
            self.schemas.diagnostics.no_operation(paths);
        }
        self.note_limits_of_no_units();
        self.refuse_duplicates(&operations);
        (operations, callbacks)
    }

    fn into_draft(
        self,
        operations: Vec<DraftOperation>,
        callbacks: Vec<Callback>,
        credentials: Vec<DraftCredential>,
    ) -> Draft {
        let document = self.resolved.document;
        // Of several files that were asked for, the one with the operations says what the crate is.
        let info = self.entries.first().and_then(|entry| document.node(&entry.child("info")));
        let text = |key: &str| info.and_then(|info| info.get(key)).and_then(Node::as_str);
        let schemas = self.schemas.count_unused();
        let types = self.schemas.into_types();
        Draft {
            title: text("title").unwrap_or_default().to_owned(),
            description: text("description").map(str::to_owned),
            inputs: document.inputs(),
            servers: operation::servers(document, &self.entries),
            operations,
            callbacks,
            credentials,
            error_bodies: most_specific_first(self.error_bodies, &types),
            whole_numbers: self.entries.iter().any(|entry| is_31(document, entry)),
            omitted: Omitted { schemas, ..self.omitted },
            types,
        }
    }
}

/// A body with more required properties is recognized more surely; the order of the description decides among equals.
fn most_specific_first(mut bodies: Vec<TypeId>, types: &Types) -> Vec<TypeId> {
    bodies.sort_by_key(|id| Reverse(types[*id].fields().iter().filter(|field| field.required).count()));
    bodies
}

/// Whether a file is a document of OpenAPI 3.1.
fn is_31(document: &Document, file: &Origin) -> bool {
    let version = document.node(&file.child("openapi")).and_then(Node::as_str).and_then(Version::parse);
    version == Some(Version::V31)
}
