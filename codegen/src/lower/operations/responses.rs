//! Responses: the body of a success, and those of failures.

use super::OperationReader;
use super::media::{Content, Media, UnusedMediaTypes};
use super::media_names::{is_json, is_range, may_be_json};
use crate::api::{DocumentedStatus, Response, ResponseFormat, ResponseHeader, StatusKind, TypeId, TypeRef};
use crate::document::Cursor;
use crate::lower::schemas::{Reported, ShapeKind};

/// A success with a body.
struct Body {
    ty: TypeRef,
    format: ResponseFormat,
    /// The media types, separated by commas.
    accept: String,
}

impl Body {
    fn is_read_as(&self, other: &Self) -> bool {
        self.ty == other.ty && self.format == other.format
    }

    fn accept_also(&mut self, accept: &str) {
        if !self.accept.split(", ").any(|known| known == accept) {
            self.accept.extend([", ", accept]);
        }
    }
}

impl<'d> OperationReader<'_, 'd> {
    /// Reads the response of a success.
    pub(crate) fn response(
        &mut self,
        operation: &Cursor<'d>,
        method: &str,
        name: &str,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Result<Response, Reported> {
        let type_name = self.casing.type_name(name);
        let successes = successes(self.described_responses(operation));
        if successes.is_empty() {
            self.schemas.diagnostics.no_success(operation.location_of("responses"));
        }
        let mut found: Option<Body> = None;
        let mut known: Vec<Media<'d>> = Vec::new();
        let mut may_be_empty = false;
        for (status, response) in &successes {
            // HTTP forbids a body with these statuses, even if one is described.
            let media = self.media_types(response);
            let has_none = matches!(*status, "204" | "205");
            if has_none {
                unused.keep(&media);
            }
            if media.is_empty() || has_none || method == "head" {
                may_be_empty = true;
                continue;
            }
            // A body that is described twice, word for word, is one type.
            if known.iter().any(|known| media.first().is_some_and(|media| is_same(media, known))) {
                continue;
            }
            known.extend(media.first().cloned());
            let body = self.response_body(media, &type_name, unused).ok_or(Reported)?;
            match &mut found {
                None => found = Some(body),
                Some(other) if other.is_read_as(&body) => other.accept_also(&body.accept),
                Some(_) => {
                    let help = "describe the same body for each successful response that has one";
                    self.schemas.diagnostics.unsupported(
                        response,
                        "a body that differs from that of another successful response",
                        help,
                    );
                }
            }
        }
        let may_be_empty = may_be_empty && found.is_some();
        let only_headers = method == "head";
        let nothing = || (None, ResponseFormat::Json, "application/json".to_owned());
        let (ty, format, accept) = found.map_or_else(nothing, |body| (Some(body.ty), body.format, body.accept));
        Ok(Response { ty, may_be_empty, format, accept, only_headers })
    }

    /// Reads the body of a success: as JSON if it has such a media type, or else as text or bytes.
    fn response_body(
        &mut self,
        mut media: Vec<Media<'d>>,
        name: &str,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Option<Body> {
        let first = media.first()?;
        if self.content(first) == Content::Json {
            let essence = first.essence();
            // `application/*+json` is a range in OpenAPI, but not in HTTP.
            let is_range_of_json = is_json(&essence) && is_range(&essence);
            let accept = if is_range_of_json { "application/json" } else { first.name }.to_owned();
            let lowered = self.json_type(first, &format!("{name}Response"));
            unused.keep(&media.split_off(1));
            let ty = lowered?.ty;
            let is_text = may_be_json(&essence) && ty == TypeRef::String;
            let format = if is_text { ResponseFormat::JsonOrText } else { ResponseFormat::Json };
            return Some(Body { ty, format, accept });
        }
        let accept = media.iter().map(|media| media.name).collect::<Vec<_>>().join(", ");
        let contents: Vec<_> = media.iter().map(|media| self.content(media)).collect();
        if contents.iter().all(|content| *content == Content::Text) {
            return Some(Body { ty: TypeRef::String, format: ResponseFormat::Text, accept });
        }
        for (media, content) in media.iter().zip(contents) {
            self.warn_of_bytes_in_json(media);
            if let Some(schema) = media.schema().filter(|_| content == Content::Other) {
                let what = format!("the schema of a response with media type `{}`", media.name);
                self.schemas.diagnostics.warn_not_used(schema, &what, "the caller receives the body as bytes");
            }
        }
        Some(Body { ty: TypeRef::Bytes, format: ResponseFormat::Bytes, accept })
    }

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
            let headers = self.response_headers(&response);
            let (origin, status) = (response.origin(), status.to_owned());
            statuses.push(DocumentedStatus { origin, status, kind, description, media_types, error_bodies, headers });
        }
        statuses
    }

    /// The headers of a response. `Content-Type` is not one of them: media types define it.
    fn response_headers(&self, response: &Cursor<'d>) -> Vec<ResponseHeader> {
        let described = response.object("headers").filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let header = |(name, header): (&str, Cursor<'d>)| {
            let header = self.resolved.follow(&header);
            let types = self.resolved.get(&header, "schema").and_then(|schema| schema.get("type"));
            ResponseHeader {
                origin: header.origin(),
                name: name.to_owned(),
                required: header.flag("required"),
                types: types.map(|types| words(&types)).unwrap_or_default(),
            }
        };
        described.map(header).collect()
    }

    /// The documented statuses with their responses, in the order of the description, `default` last.
    fn described_responses(&self, operation: &Cursor<'d>) -> Responses<'d> {
        let responses = operation.object("responses").filter(|(name, _)| !name.starts_with("x-"));
        let responses = responses.map(|(name, response)| (name, self.resolved.follow(&response)));
        let (default, codes): (Vec<_>, Vec<_>) = responses.partition(|(name, _)| *name == "default");
        codes.into_iter().chain(default).collect()
    }
}

/// Responses with their statuses.
type Responses<'d> = Vec<(&'d str, Cursor<'d>)>;

fn successes(responses: Responses<'_>) -> Responses<'_> {
    let has_success = has_success(&responses);
    responses.into_iter().filter(|(status, _)| kind(status, has_success) == StatusKind::Success).collect()
}

/// Returns `true` if two bodies are described in the same words.
fn is_same(one: &Media<'_>, other: &Media<'_>) -> bool {
    let schema = |media: &Media<'_>| media.schema().map(|schema| schema.node().to_json());
    one.name == other.name && schema(one) == schema(other)
}

/// A word, or a list of words.
fn words(value: &Cursor<'_>) -> Vec<String> {
    let words = value.as_str().into_iter().chain(value.items().filter_map(|word| word.as_str()));
    words.map(str::to_owned).collect()
}

fn has_success(responses: &Responses<'_>) -> bool {
    responses.iter().any(|(status, _)| status.starts_with('2'))
}

/// The meaning of a status; `default` is a success if no other one is described.
fn kind(status: &str, has_success: bool) -> StatusKind {
    match (status, status.chars().next()) {
        ("default", _) if !has_success => StatusKind::Success,
        (_, Some('2')) => StatusKind::Success,
        (_, Some('3')) => StatusKind::Redirect,
        _ => StatusKind::Failure,
    }
}
