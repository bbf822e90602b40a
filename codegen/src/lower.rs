//! The meaning of a description: every decision about names, types, directions, checks and examples.
//!
//! Takes the checked tree, returns the [`Api`]; printing Rust is for [`render`](crate::render).

mod assemble;
mod draft;
mod operations;
mod passes;
mod schemas;

use self::assemble::{Facts, assemble};
use self::passes::builders::slots;
use self::passes::checks::checks;
use self::passes::directions::directions;
use self::passes::equality::equality;
use self::passes::error_bodies::error_bodies;
use self::passes::events::events;
use self::passes::examples::examples;
use self::passes::files::{groups, modules};
use self::passes::forms::refuse_forms_in_json;
use self::passes::message_ids::message_ids;
use self::passes::names::{method_names, type_names};
use self::passes::overlap::overlap;
use self::passes::recursion::{boxes, refuse_endless_unions};
use self::passes::redaction::redaction;
use self::passes::samples::sample_environment;
use crate::api::Api;
use crate::names::Casing;
use crate::resolve::Resolved;
use crate::{Diagnostics, Options};

/// Takes every decision.
///
/// Two readers build the draft. Each pass adds one fact to what is known and takes the facts that it needs as arguments, so
/// that the compiler refuses a wrong order. The `Api` is assembled once, when all facts are there.
pub(crate) fn lower(resolved: &Resolved<'_>, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    // From here on the description is read: every operation that is wanted, every type that one of them uses, and all
    // constraints as they are stated. What cannot be expressed is a finding.
    let casing = Casing::new(&options.spellings);
    let draft = operations::read(resolved, options, &casing, diagnostics);
    let types = &draft.types;

    // From here on it is known which types are sent and which are received, and with it which fields are required.
    let directions = directions(&draft);
    // Which values `Debug` shows.
    let redaction = redaction(types, &directions);

    // From here on every type and every method has its name.
    let type_names = type_names(types, &directions);
    let method_names = method_names(&draft);
    refuse_forms_in_json(&draft, &directions, &type_names, diagnostics);

    // From here on every type can be declared: its builder, the parts that need a `Box`, its derives.
    let slots = slots(types, &directions, &type_names);
    refuse_endless_unions(types, diagnostics);
    let boxes = boxes(types, &directions, &type_names, diagnostics);
    let equality = equality(types);

    // From here on it is known what is checked: before that, which alternatives of unions are distinguished by trying.
    let overlap = overlap(types);
    let checks = checks(&draft, &directions, &overlap);

    // From here on everything has its place in a file.
    let modules = modules(&draft, &directions, &type_names, &casing);
    let groups = groups(&draft.operations, &casing);

    // What the client and the webhooks need to know about the contents of types.
    let message_ids = message_ids(&draft, &directions);
    let error_bodies = error_bodies(&draft);
    let events = events(&draft, &type_names);

    // What documentation and programs show.
    let samples = sample_environment(&draft, options);
    let examples = examples(resolved, &draft, &directions, &type_names, diagnostics);

    let facts = Facts {
        directions,
        redaction,
        type_names,
        method_names,
        message_ids,
        slots,
        boxes,
        equality,
        overlap,
        checks,
        error_bodies,
        events,
        modules,
        groups,
        samples,
        examples,
    };
    assemble(draft, facts, options)
}
