//! Types that are encoded as URL-encoded forms, and those that are also JSON.

use std::collections::HashSet;

use crate::api::{BodyFormat, TypeId, TypeRef, Writing};
use crate::lower::draft::{ByType, Draft, DraftType};
use crate::lower::passes::directions::Directions;

/// The encoding of each type as a whole: [`Writing::Form`] for a type that is only a URL-encoded form.
pub(crate) fn writings(draft: &Draft, directions: &Directions) -> ByType<Writing> {
    let types = &draft.types;
    let bodies = draft.operations.iter().filter_map(|operation| operation.request.as_ref());
    let named = |is_wanted: fn(&BodyFormat) -> bool| -> HashSet<TypeId> {
        let bodies = bodies.clone().filter(|request| is_wanted(&request.body.format));
        bodies.filter_map(|request| TypeRef::named(&request.body.ty)).collect()
    };
    let forms = named(|format| matches!(format, BodyFormat::Form(_)));
    let mut in_json = named(|format| *format == BodyFormat::Json);
    in_json.extend(types.iter().flat_map(DraftType::named_parts));
    in_json.extend(types.ids().filter(|id| directions[*id].received()));
    types.table(|(id, definition)| match &definition.writing {
        Writing::Json if forms.contains(&id) && !in_json.contains(&id) => Writing::Form,
        writing => writing.clone(),
    })
}
