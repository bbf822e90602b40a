//! Reading of operations, from the paths and webhooks of a description to the schemas that they use.

mod bodies;
mod callbacks;
mod files;
mod forms;
mod media;
mod media_names;
mod multipart;
mod operation;
mod parameters;
mod parts;
mod rate_limits;
mod response_headers;
mod responses;
mod security;
mod successes;

use std::cmp::Reverse;
use std::collections::HashSet;

use self::multipart::Multipart;
pub(crate) use self::operation::{Found, METHODS, all_operations};
use self::operation::{candidate, operations_of, servers};
use self::parameters::StyledParameter;
use self::security::{Schemes, SecretParameters};
use super::draft::{Draft, DraftCredential, DraftOperation, Types};
use super::schemas::SchemaReader;
use crate::api::{Callback, Input, InputRole, Omitted, TypeId};
use crate::document::{Cursor, Origin};
use crate::grammar::Version;
use crate::names::Casing;
use crate::options::{Filter, Place};
use crate::resolve::Resolved;
use crate::{Diagnostics, Options};

/// Reads the selected operations and the schemas that they use. Reports constructs that cannot be expressed, and leaves out
/// the parts that contain them.
pub(crate) fn read<'d>(
    resolved: &Resolved<'d>,
    options: &Options,
    casing: &Casing,
    diagnostics: &mut Diagnostics,
) -> Draft<'d> {
    let mut reader = OperationReader::new(resolved, casing, &options.filter, diagnostics);
    let (mut operations, callbacks) = reader.read_entries(options);
    reader.schemas.read_pending();
    reader.check_styles();
    reader.read_multiparts(&mut operations, &callbacks);
    let credentials = reader.credentials();
    reader.into_draft(operations, callbacks, credentials)
}

/// The state of the reader.
struct OperationReader<'a, 'd> {
    resolved: &'a Resolved<'d>,
    casing: &'a Casing,
    filter: &'a Filter,
    schemas: SchemaReader<'a, 'd>,
    /// The parameters whose types are still to be compared with their styles.
    styled: Vec<StyledParameter<'d>>,
    /// The forms whose parts are still to be read.
    multiparts: Vec<Multipart<'d>>,
    error_bodies: Vec<TypeId>,
    /// The security schemes that operations name.
    schemes: Schemes<'d>,
    /// The parameters that are secrets.
    secret_parameters: SecretParameters<'d>,
    /// `true` if the root file has security schemes and no security requirements.
    implies_security: bool,
    /// The names of security schemes that are in one requirement and define the same part of a request.
    shared_slots: HashSet<Vec<String>>,
    /// The `numberOfTimeUnits` of rate limits whose period is 0 units long.
    limits_of_no_units: Vec<Cursor<'d>>,
    /// The path items and security schemes with findings that are not to be repeated.
    checked: HashSet<Cursor<'d>>,
    omitted: Omitted,
    /// The requests of callbacks and webhooks that were read. Several operations may refer to one.
    events: HashSet<Cursor<'d>>,
    /// The requests of callbacks and webhooks that the filter excludes with one of their operations.
    excluded_events: Vec<Cursor<'d>>,
    /// The root files with operations; the last is the one that is being read.
    entries: Vec<Cursor<'d>>,
}

impl<'a, 'd> OperationReader<'a, 'd> {
    fn new(
        resolved: &'a Resolved<'d>,
        casing: &'a Casing,
        filter: &'a Filter,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            resolved,
            casing,
            filter,
            schemas: SchemaReader::new(resolved, casing, diagnostics),
            styled: Vec::new(),
            multiparts: Vec::new(),
            error_bodies: Vec::new(),
            schemes: Schemes::new(),
            secret_parameters: SecretParameters::new(),
            shared_slots: HashSet::new(),
            implies_security: false,
            limits_of_no_units: Vec::new(),
            checked: HashSet::new(),
            omitted: Omitted::default(),
            events: HashSet::new(),
            excluded_events: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Reads the operations of the root files, and their callbacks.
    fn read_entries(&mut self, options: &Options) -> (Vec<DraftOperation<'d>>, Vec<Callback>) {
        let document = self.resolved.document;
        let mut operations = Vec::new();
        let mut callbacks = Vec::new();
        let mut candidates = Vec::new();
        for root in document.roots().take(document.entries) {
            self.note_servers(&root);
            if ["paths", "webhooks"].iter().any(|keyword| root.object(keyword).next().is_some()) {
                self.entries.push(root.clone());
            }
            self.find_implied_security(&root);
            let mut selected = Vec::new();
            let (posted, seen) = self.webhooks(&root);
            callbacks.extend(posted);
            candidates.extend(seen);
            for (path, item) in root.object("paths").filter(|(path, _)| path.starts_with('/')) {
                let item = self.resolved.follow(&item);
                for (method, operation) in operations_of(&item) {
                    let candidate = candidate(&operation, method, Place::Path(path));
                    if self.filter.selects(&candidate) {
                        self.check_path_item(&item);
                        selected.push(operation.clone());
                        operations.extend(self.operation(&item, &operation, path, method, &mut callbacks));
                    } else {
                        self.omitted.operations += 1;
                        self.exclude_callbacks(&operation, &candidate);
                    }
                    candidates.push(candidate);
                }
            }
            self.report_missing_security(&selected);
        }
        let first = document.roots().next();
        let paths = first.map_or_else(|| Origin::file("").into(), |root| root.location_of("paths"));
        for wanted in self.filter.without_effect(&candidates) {
            self.schemas.diagnostics.filter_without_effect(paths.clone(), &wanted);
        }
        if candidates.is_empty() && !self.schemas.diagnostics.has_errors() {
            self.schemas.diagnostics.no_operation(paths);
        }
        self.note_limits_of_no_units();
        self.report_secret_parameters();
        self.refuse_duplicates(&operations);
        self.report_several_titles(options);
        (operations, callbacks)
    }

    fn into_draft(
        self,
        operations: Vec<DraftOperation<'d>>,
        callbacks: Vec<Callback>,
        credentials: Vec<DraftCredential<'d>>,
    ) -> Draft<'d> {
        // The only root file with operations describes the crate; several describe parts of it.
        let info = if let [only] = &*self.entries { only.get("info") } else { None };
        let text = |key: &str| info.as_ref().and_then(|info| info.text(key));
        let (inputs, schemas) = (self.inputs(), self.schemas.count_unused());
        let excluded_events = self.excluded_schemas();
        let types = self.schemas.into_types();
        Draft {
            title: text("title").map(str::to_owned),
            description: text("description").map(str::to_owned),
            inputs,
            servers: self.entries.iter().flat_map(servers).collect(),
            operations,
            callbacks,
            excluded_events,
            credentials,
            error_bodies: most_specific_first(self.error_bodies, &types),
            whole_numbers: self.entries.iter().any(is_31),
            omitted: Omitted { schemas, ..self.omitted },
            types,
        }
    }

    /// The files in the order of reading, and then the overlays.
    fn inputs(&self) -> Vec<Input> {
        let document = self.resolved.document;
        let is_description = |name: &String| self.entries.iter().any(|entry| **entry.file() == **name);
        let role = |name| if is_description(name) { InputRole::Description } else { InputRole::Parts };
        let files = document.files.keys().map(|name| Input { name: name.clone(), role: role(name) });
        let overlays = document.overlays.iter().zip(&document.patched);
        let overlays = overlays
            .map(|(overlay, files)| Input { name: overlay.name.clone(), role: InputRole::Overlay(files.clone()) });
        files.chain(overlays).collect()
    }

    /// Reports that several descriptions have titles, unless the options have one for the crate.
    fn report_several_titles(&mut self, options: &Options) {
        let is_configured = options.title.is_some() && options.description.is_some();
        if let [_, other, ..] = &*self.entries
            && !is_configured
        {
            self.schemas.diagnostics.several_titles(other.location_of("info"));
        }
    }
}

/// A body with more required properties is recognized more surely; the order of the description decides among equals.
fn most_specific_first(mut bodies: Vec<TypeId>, types: &Types) -> Vec<TypeId> {
    bodies.sort_by_key(|id| Reverse(types[*id].fields().iter().filter(|field| field.required).count()));
    bodies
}

/// Returns `true` for the root of a document in OpenAPI 3.1.
fn is_31(root: &Cursor<'_>) -> bool {
    root.text("openapi").and_then(Version::parse) == Some(Version::V31)
}
