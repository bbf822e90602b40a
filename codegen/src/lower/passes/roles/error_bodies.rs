//! The properties by which an error body is recognized.

use crate::api::{ErrorBody, TypeId};
use crate::lower::draft::Draft;

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
