//! The types of the file `responses.rs`: enums of successes whose status selects the body, and structs of headers.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::{
    Direction, ErrorTypes, HeaderMethod, HeaderStruct, ResponseHeader, ResponseValue, Success, SuccessEnum, TypeRef,
};
use crate::lower::draft::{Draft, DraftOperation};
use crate::lower::passes::names::{MethodNames, TypeNames};
use crate::lower::passes::roles::error_bodies::error_types;
use crate::lower::passes::traits::equality::Equality;
use crate::lower::passes::traits::redaction::is_shown_by_default;
use crate::names::{self, Casing};

/// The types of the responses of an operation.
pub(crate) struct ResponseTypes {
    pub success_enum: Option<SuccessEnum>,
    pub header_struct: Option<HeaderStruct>,
    pub error_types: Vec<ErrorTypes>,
}

/// The types of each operation.
pub(crate) fn response_types(
    draft: &Draft,
    type_names: &TypeNames,
    method_names: &MethodNames,
    equality: &Equality,
    casing: &Casing,
) -> Vec<ResponseTypes> {
    let mut taken: HashSet<String> = type_names.iter().cloned().collect();
    let mut name = |method: &str, suffix: &str| {
        let wanted = format!("{}{suffix}", casing.type_name(method));
        let name = names::free(&wanted, |name| !taken.contains(name) && !names::is_taken(name));
        taken.insert(name.clone());
        name
    };
    let operations = draft.operations.iter().zip(method_names.iter());
    let types = operations.map(|(operation, method)| {
        let success_enum = match &operation.response.value {
            ResponseValue::ByStatus(successes) => Some(SuccessEnum {
                name: name(method, "Response"),
                total_equality: successes.iter().all(|success| is_total(success, equality)),
                redacted: successes.iter().map(is_redacted).collect(),
            }),
            _ => None,
        };
        let headers = header_methods(operation, casing);
        let header_struct = (!headers.is_empty()).then(|| HeaderStruct { name: name(method, "Headers"), headers });
        let error_types = error_types(operation, &draft.error_bodies);
        ResponseTypes { success_enum, header_struct, error_types }
    });
    types.collect()
}

fn is_total(success: &Success, equality: &Equality) -> bool {
    success.body.as_ref().is_none_or(|body| equality.is_total_type(&body.ty))
}

fn is_redacted(success: &Success) -> bool {
    const RETURNED: Direction = Direction { sent: false, returned: true, posted: false };
    success.body.as_ref().is_some_and(|body| !is_shown_by_default(&body.ty, RETURNED))
}

/// The headers of all responses, each once. One that has different types is a text.
fn header_methods(operation: &DraftOperation, casing: &Casing) -> Vec<HeaderMethod> {
    let mut described: IndexMap<String, Vec<(&str, &ResponseHeader)>> = IndexMap::new();
    for response in &operation.statuses {
        for header in &response.headers {
            described.entry(header.name.to_ascii_lowercase()).or_default().push((&response.status, header));
        }
    }
    // The name of the constructor.
    let mut taken = HashSet::from(["of".to_owned()]);
    let method = |of_header: Vec<(&str, &ResponseHeader)>| {
        let first = of_header[0].1;
        let name = names::free(&casing.snake_name(&first.name), |name| !taken.contains(name));
        taken.insert(name.clone());
        let is_one = of_header.iter().all(|(_, header)| header.ty == first.ty);
        HeaderMethod {
            origin: first.origin.clone(),
            name,
            wire_name: first.name.clone(),
            ty: if is_one { first.ty.clone() } else { TypeRef::String },
            description: of_header.iter().find_map(|(_, header)| header.description.clone()),
            statuses: of_header.iter().map(|(status, _)| (*status).to_owned()).collect(),
        }
    };
    described.into_values().map(method).collect()
}
