//! The properties by which an error body is recognized, and the statuses with which it may come.

use crate::api::{ErrorBody, ErrorTypes, StatusKind, TypeId};
use crate::lower::draft::{Draft, DraftOperation};

/// Each type of error bodies with its required properties, or with all if none is required.
pub(crate) fn error_bodies(draft: &Draft) -> Vec<ErrorBody> {
    let known_by = |id: TypeId| {
        let fields = draft.types[id].fields();
        let has_required = fields.iter().any(|field| field.required);
        let fields = fields.iter().filter(|field| field.required || !has_required);
        fields.map(|field| field.wire_name.clone()).collect()
    };
    draft.error_bodies.iter().map(|id| ErrorBody { ty: *id, known_by: known_by(*id) }).collect()
}

/// The types of error bodies of an operation by status, in the order of all of them.
///
/// A status without a described body is not one of them, because services send a body nevertheless, most often the one of
/// `default`.
pub(crate) fn error_types(operation: &DraftOperation, all: &[TypeId]) -> Vec<ErrorTypes> {
    let failures = operation.statuses.iter().filter(|response| response.kind != StatusKind::Success);
    let described = failures.filter(|response| !response.error_bodies.is_empty()).map(|response| ErrorTypes {
        status: response.status.clone(),
        types: all.iter().filter(|ty| response.error_bodies.contains(ty)).copied().collect(),
    });
    let described: Vec<_> = described.collect();
    match &*described {
        [] => Vec::new(),
        [first, others @ ..] if others.iter().all(|other| other.types == first.types) => {
            let is_any = first.types == all;
            let types = ErrorTypes { status: "default".to_owned(), types: first.types.clone() };
            if is_any { Vec::new() } else { vec![types] }
        }
        _ => described,
    }
}
