//! The meaning of a description: every decision about names, types, directions, constraints and examples.
//!
//! Takes the checked tree and returns the [`Api`]; [`render`](crate::render) prints Rust.

mod assemble;
mod draft;
pub(crate) mod operations;
mod passes;
mod schemas;

use self::assemble::{Facts, assemble};
use self::passes::builders::builders;
use self::passes::checks::checks;
use self::passes::credentials::credential_slots;
use self::passes::directions::directions;
use self::passes::examples::examples;
use self::passes::features::features;
use self::passes::files::{groups, modules, programs};
use self::passes::forms::writings;
use self::passes::names::{method_names, type_names};
use self::passes::overlap::overlap;
use self::passes::recursion::{boxes, refuse_endless_unions};
use self::passes::roles::declined::declined;
use self::passes::roles::error_bodies::error_bodies;
use self::passes::roles::events::events;
use self::passes::roles::message_ids::message_ids;
use self::passes::roles::responses::response_types;
use self::passes::samples::sample_environment;
use self::passes::traits::conversions::conversions;
use self::passes::traits::equality::equality;
use self::passes::traits::json::json;
use self::passes::traits::redaction::redaction;
use crate::api::Api;
use crate::names::Casing;
use crate::resolve::Resolved;
use crate::{Diagnostics, LeftOut, Options};

/// Lowers a description.
///
/// Two readers build the draft. Each pass takes the facts that it needs as arguments and returns a new one, so that the
/// compiler rejects a wrong order. The `Api` is assembled once, from all facts. The operations in `left_out` are those that
/// the filter excludes because of their errors.
pub(crate) fn lower(
    resolved: &Resolved<'_>,
    options: &Options,
    left_out: Vec<LeftOut>,
    diagnostics: &mut Diagnostics,
) -> Api {
    // From here on, all operations that are wanted are read, with every type that one of them uses and every constraint that
    // the description states.
    let casing = Casing::new(&options.spellings);
    let draft = operations::read(resolved, options, &casing, diagnostics);
    let types = &draft.types;

    // From here on, every type has its directions, which also decide the fields that are required.
    let directions = directions(&draft);
    let redaction = redaction(types, &directions);

    // From here on, every type and every method has its name.
    let type_names = type_names(types, &directions, diagnostics);
    let method_names = method_names(&draft);
    let writings = writings(&draft, &directions);

    // From here on, every type can be declared: with its builder, its boxes and its derives.
    let builders = builders(types, &directions, &type_names, diagnostics);
    let conversions = conversions(types);
    refuse_endless_unions(types, diagnostics);
    let boxes = boxes(types, &directions, &type_names, diagnostics);
    let equality = equality(&draft);

    // From here on, the constraints that are checked are known, and the values that are decoded. They depend on the
    // alternatives that are found by trying.
    let overlap = overlap(types);
    let json = json(types, &directions, &overlap);
    let checks = checks(&draft, &directions, &overlap, diagnostics);

    // From here on, every type and every method has a file.
    let features = features(resolved, &draft, &casing, &checks.patterns, options.features_by_tag);
    let modules = modules(&draft, &directions, &type_names, &features, &casing, diagnostics);
    let groups = groups(&draft.operations, &features, &casing, diagnostics);

    // From here on, the properties that have a meaning for the runtime are known.
    let message_ids = message_ids(&draft, &directions);
    let error_bodies = error_bodies(&draft);
    let response_types = response_types(&draft, &type_names, &method_names, &equality, &casing);
    let declined = declined(&draft, &directions, diagnostics);
    let events = events(resolved, &draft, &directions, &type_names, &features, diagnostics);

    // From here on, the credentials that the compiler asks for are known.
    let credential_slots = credential_slots(&draft);

    // From here on, every sample is known, and the file of its program.
    let samples = sample_environment(&draft, options);
    let examples = examples(resolved, &draft, &directions, &type_names, diagnostics);
    let programs = programs(&draft, &method_names, &examples, diagnostics);

    let facts = Facts {
        directions,
        redaction,
        type_names,
        method_names,
        writings,
        message_ids,
        builders,
        conversions,
        boxes,
        equality,
        overlap,
        json,
        checks,
        declined,
        error_bodies,
        response_types,
        events,
        modules,
        features,
        groups,
        programs,
        credential_slots,
        samples,
        examples,
    };
    assemble(draft, facts, options, left_out)
}
