//! Types that are encoded as a form and as JSON, which one type cannot be.

use crate::Diagnostics;
use crate::api::{BodyFormat, TypeId, TypeRef, Writing};
use crate::lower::draft::{Draft, DraftType};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;

/// Refuses forms that are also part of JSON or that are received.
pub(crate) fn refuse_forms_in_json(
    draft: &Draft,
    directions: &Directions,
    type_names: &TypeNames,
    diagnostics: &mut Diagnostics,
) {
    let types = &draft.types;
    let is_form = |id: &TypeId| matches!(types[*id].writing, Writing::Form(_) | Writing::Multipart(_));
    let parts = types.iter().flat_map(DraftType::named_parts);
    let requests = draft.operations.iter().filter_map(|operation| operation.request.as_ref());
    let json = requests.filter(|request| request.body.format == BodyFormat::Json);
    let json = json.filter_map(|request| TypeRef::named(&request.body.ty));
    let received = types.ids().filter(|id| directions[*id].received());
    let mut in_json: Vec<_> = parts.chain(json).chain(received).filter(is_form).collect();
    in_json.sort();
    in_json.dedup();
    for id in in_json {
        let what = format!("using `{}` both as a form and as JSON", &type_names[id]);
        diagnostics.unsupported(&types[id].at, &what, "use a separate schema for each");
    }
}
