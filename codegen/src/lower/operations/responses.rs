//! Documented statuses: their meaning, the bodies of failures, and headers.

use super::OperationReader;
use super::media::{Content, UnusedMediaTypes};
use crate::api::{DocumentedStatus, StatusKind, TypeId, TypeRef};
use crate::document::Cursor;
use crate::lower::schemas::ShapeKind;

impl<'d> OperationReader<'_, 'd> {
    /// Collects the types that an error response may hold: that of the schema, or each alternative of its `anyOf` or `oneOf`.
    /// A body that is not JSON, or not an object with known properties, stays raw.
    fn error_body(&mut self, response: &Cursor<'d>, name: &str, unused: &mut UnusedMediaTypes<'d>) -> Vec<TypeId> {
        let mut found = Vec::new();
        let mut media = self.media_types(response);
        if media.first().is_none_or(|media| self.content(media) != Content::Json) {
            return found;
        }
        unused.keep(&media.split_off(1));
        let Some(stated) = media[0].schema() else { return found };
        let schema = self.schemas.target(&stated);
        let alternatives = ["anyOf", "oneOf"].into_iter().find_map(|keyword| schema.get(keyword));
        if alternatives.is_some() {
            self.schemas.refuse_keywords_at(&schema, "together with `oneOf` or `anyOf`", &["anyOf", "oneOf"]);
        }
        let alternatives = alternatives.map_or_else(|| vec![stated], |list| list.items().collect());
        for alternative in alternatives {
            let lowered = self.schemas.lower_schema(&alternative, &format!("{name}Error"));
            if let Some(TypeRef::Named(id)) = lowered.map(|lowered| lowered.ty)
                && self.schemas.kind(id) == ShapeKind::Struct
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
        found
    }

    /// Reads the documented statuses, and collects the bodies of failures.
    pub(crate) fn documented_statuses(
        &mut self,
        operation: &Cursor<'d>,
        name: &str,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Vec<DocumentedStatus> {
        let type_name = self.casing.type_name(name);
        let responses = self.described_responses(operation);
        let has_success = has_success(&responses);
        let mut statuses = Vec::new();
        for (status, response) in responses {
            let kind = kind(status, has_success);
            let error_bodies = match kind {
                StatusKind::Success => Vec::new(),
                StatusKind::Redirect | StatusKind::Failure => self.error_body(&response, &type_name, unused),
            };
            let new = error_bodies.iter().filter(|body| !self.error_bodies.contains(body)).copied().collect::<Vec<_>>();
            self.error_bodies.extend(new);
            let Some(description) = response.text("description").map(str::to_owned) else { continue };
            let mut media_types: Vec<_> = response.object("content").map(|(name, _)| name.to_owned()).collect();
            media_types.sort();
            let headers = self.response_headers(&response, &type_name);
            let (origin, status) = (response.origin(), status.to_owned());
            statuses.push(DocumentedStatus { origin, status, kind, description, media_types, error_bodies, headers });
        }
        statuses
    }

    /// The documented statuses with their responses, in the order of the description, `default` last.
    pub(crate) fn described_responses(&self, operation: &Cursor<'d>) -> Responses<'d> {
        let responses = operation.object("responses").filter(|(name, _)| !name.starts_with("x-"));
        let responses = responses.map(|(name, response)| (name, self.resolved.follow(&response)));
        let (default, codes): (Vec<_>, Vec<_>) = responses.partition(|(name, _)| *name == "default");
        codes.into_iter().chain(default).collect()
    }
}

/// Responses with their statuses.
pub(crate) type Responses<'d> = Vec<(&'d str, Cursor<'d>)>;

pub(crate) fn has_success(responses: &Responses<'_>) -> bool {
    responses.iter().any(|(status, _)| status.starts_with('2'))
}

/// The meaning of a status; `default` is a success if no other one is described.
pub(crate) fn kind(status: &str, has_success: bool) -> StatusKind {
    match (status, status.chars().next()) {
        ("default", _) if !has_success => StatusKind::Success,
        (_, Some('2')) => StatusKind::Success,
        (_, Some('3')) => StatusKind::Redirect,
        _ => StatusKind::Failure,
    }
}
