//! The meaning of a description: every decision about names, types, directions, checks and examples.
//!
//! Takes the checked tree in, gives the [`Api`] out; how Rust looks is for [`render`](crate::render).

mod operations;
mod passes;
mod schemas;

use std::collections::{HashMap, HashSet};

use crate::api::{Api, BodyFormat, Callback, Credential, LeftOut, Operation, Samples, TypeDef, TypeId, TypeKind};
use crate::document::{Document, Node, Origin};
use crate::grammar::Version;
use crate::resolve::Resolved;
use crate::{Diagnostics, Options};

/// Takes every decision. What cannot be expressed is a finding, and the part that holds it is left out.
pub(crate) fn lower(resolved: &Resolved<'_>, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering::new(resolved, diagnostics);
    let (operations, callbacks) = operations::lower_operations(&mut lowering, options);
    lowering.finish_types();
    lowering.finish_forms();
    let credentials = operations::security::lower_security(&mut lowering);
    let mut api = lowering.into_api(options, operations, callbacks, credentials);
    operations::find_message_ids(&mut api);
    passes::reach::spread_directions(&mut api);
    schemas::definitions::name_types(&mut api);
    operations::forms::refuse_forms_in_json(&api, diagnostics);
    passes::builders::name_slots(&mut api);
    passes::reach::refuse_endless_unions(&api, diagnostics);
    passes::reach::box_cycles(&mut api, diagnostics);
    passes::reach::mark_equality(&mut api);
    passes::overlap::mark_disjoint(&mut api);
    passes::checks::spread_checks(&mut api);
    passes::modules::split_modules(&mut api);
    passes::events::tell_events(&mut api);
    passes::samples::lower_samples(&mut api);
    passes::examples::lower_examples(resolved, &mut api, diagnostics);
    api
}

/// Something could not be lowered, and a finding says so.
#[derive(Debug)]
struct Reported;

/// A type whose parts are still to be read.
#[derive(Debug)]
struct Pending {
    id: TypeId,
    places: schemas::places::Places,
    /// Where its forms part, if it has several.
    fork: Option<schemas::unions::Fork>,
}

/// What is known while the description is read.
struct Lowering<'a, 'd> {
    resolved: &'a Resolved<'d>,
    diagnostics: &'a mut Diagnostics,
    components: schemas::components::Components,
    /// The types so far; those that wait in `pending` are placeholders.
    types: Vec<TypeDef>,
    by_origin: HashMap<Origin, TypeId>,
    by_places: HashMap<schemas::places::Places, TypeId>,
    /// The types whose schemas let `null` through as well.
    nullable: HashSet<TypeId>,
    pending: Vec<Pending>,
    /// The types of forms, with the media types that they stand under.
    forms: Vec<(TypeId, BodyFormat, Origin)>,
    /// The schemas that are being read, outermost first.
    open: Vec<Origin>,
    error_bodies: Vec<TypeId>,
    /// The security schemes that operations accept.
    schemes: Vec<Origin>,
    /// Rate limits whose period is 0 units long.
    limits_of_no_units: Vec<Origin>,
    /// The path items that were looked at.
    checked_items: HashSet<Origin>,
    /// The schemas that something uses.
    used: HashSet<Origin>,
    left_out: LeftOut,
    /// The files that were asked for and have operations; the last is the one that is being read.
    entries: Vec<Origin>,
}

impl<'a, 'd> Lowering<'a, 'd> {
    fn new(resolved: &'a Resolved<'d>, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            resolved,
            diagnostics,
            components: schemas::components::Components::of(resolved),
            types: Vec::new(),
            by_origin: HashMap::new(),
            by_places: HashMap::new(),
            nullable: HashSet::new(),
            pending: Vec::new(),
            forms: Vec::new(),
            open: Vec::new(),
            error_bodies: Vec::new(),
            schemes: Vec::new(),
            limits_of_no_units: Vec::new(),
            checked_items: HashSet::new(),
            used: HashSet::new(),
            left_out: LeftOut::default(),
            entries: Vec::new(),
        }
    }

    /// Leaves the parts of a type for later, when they may use the type itself.
    fn wait(&mut self, id: TypeId, places: &schemas::places::Places, fork: Option<schemas::unions::Fork>) {
        self.pending.push(Pending { id, places: places.clone(), fork });
    }

    /// Reads the parts of every type, and of those that they bring along.
    fn finish_types(&mut self) {
        while let Some(Pending { id, places, fork }) = self.pending.pop() {
            self.types[id.0].kind = if let Some(fork) = fork {
                TypeKind::Union(self.lower_union(id, &places, fork))
            } else {
                let count = self.types[id.0].as_struct().and_then(|shape| shape.property_count);
                TypeKind::Struct(self.lower_struct(id, &places, count))
            };
        }
    }

    fn into_api(
        self,
        options: &Options,
        operations: Vec<Operation>,
        callbacks: Vec<Callback>,
        credentials: Vec<Credential>,
    ) -> Api {
        let document = self.resolved.document;
        let groups = self.groups(&operations);
        // Of several files that were asked for, the one with the operations says what the crate is.
        let info = self.entries.first().and_then(|entry| document.node(&entry.child("info")));
        let text = |key: &str| info.and_then(|info| info.get(key)).and_then(Node::as_str);
        let schemas = schemas::components::count_unused(document, &self.used);
        let error_bodies = operations::responses::describe_error_bodies(&self.types, &self.error_bodies);
        Api {
            options: options.clone(),
            title: text("title").unwrap_or_default().to_owned(),
            description: text("description").map(str::to_owned),
            inputs: document.inputs(),
            servers: operations::servers(document, &self.entries),
            operations,
            groups,
            callbacks,
            events: Vec::new(),
            unknown_event: String::new(),
            credentials,
            error_bodies,
            types: self.types,
            modules: Vec::new(),
            whole_numbers: self.entries.iter().any(|entry| is_31(document, entry)),
            checks_patterns: false,
            samples: Samples::default(),
            left_out: LeftOut { schemas, ..self.left_out },
        }
    }
}

/// Whether a file is a document of OpenAPI 3.1.
fn is_31(document: &Document, file: &Origin) -> bool {
    let version = document.node(&file.child("openapi")).and_then(Node::as_str).and_then(Version::parse);
    version == Some(Version::V31)
}
