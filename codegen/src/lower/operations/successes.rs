//! Successes: the body of each, and the value that the caller gets.

use std::collections::HashSet;

use super::OperationReader;
use super::media::{Content, Media, UnusedMediaTypes};
use super::media_names::{is_json, is_range, may_be_json};
use super::responses::{Responses, has_success, kind};
use crate::api::{Response, ResponseBody, ResponseFormat, ResponseValue, StatusKind, Success, TypeRef};
use crate::document::Cursor;
use crate::lower::schemas::Reported;

/// The media type that is requested if no body is described.
const JSON: &str = "application/json";

/// A described success with its media types; none if it has no body.
struct Described<'d> {
    status: &'d str,
    response: Cursor<'d>,
    media: Vec<Media<'d>>,
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
        let responses = self.described_responses(operation);
        let is_any = |wanted| responses.iter().any(|(status, _)| kind(status, has_success(&responses)) == wanted);
        // An operation may exist only to redirect.
        if !is_any(StatusKind::Success) && !is_any(StatusKind::Redirect) {
            self.schemas.diagnostics.no_success(operation.location_of("responses"));
        }
        let described = self.described_successes(responses, unused);
        if method == "head" {
            return Ok(Response { value: ResponseValue::Headers, accept: JSON.to_owned() });
        }
        let accept = self.accepted(&described);
        let bodies = self.bodies(&described, &self.casing.type_name(name), unused)?;
        Ok(Response { value: value(described, bodies), accept })
    }

    fn described_successes(
        &mut self,
        responses: Responses<'d>,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Vec<Described<'d>> {
        let has_success = has_success(&responses);
        let successes = responses.into_iter().filter(|(status, _)| kind(status, has_success) == StatusKind::Success);
        let described = successes.map(|(status, response)| {
            let mut media = self.media_types(&response);
            // HTTP forbids a body with these statuses, even if one is described.
            if matches!(status, "204" | "205") {
                unused.keep(&media);
                media.clear();
            }
            Described { status, response, media }
        });
        described.collect()
    }

    /// The value of the header `Accept`: the media types of all successes that are read, each once.
    fn accepted(&self, described: &[Described<'d>]) -> String {
        let mut accepted = Vec::new();
        for media in described.iter().flat_map(|success| self.read_media(&success.media)) {
            let essence = media.essence();
            // `application/*+json` is a range in OpenAPI, but not in HTTP.
            let name = if is_json(&essence) && is_range(&essence) { JSON } else { media.name };
            if !accepted.contains(&name) {
                accepted.push(name);
            }
        }
        if accepted.is_empty() { JSON.to_owned() } else { accepted.join(", ") }
    }

    /// The media types of a body that are read: one that is JSON, or else all.
    fn read_media<'m>(&self, media: &'m [Media<'d>]) -> &'m [Media<'d>] {
        match media.first() {
            Some(first) if self.content(first) == Content::Json => &media[..1],
            _ => media,
        }
    }

    /// Reads the body of each success. A body that is described twice, word for word, is one type.
    fn bodies(
        &mut self,
        described: &[Described<'d>],
        name: &str,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Result<Vec<Option<ResponseBody>>, Reported> {
        let words = |media: &Media<'d>| media.schema().map(|schema| schema.node().to_json().to_string());
        let firsts: Vec<_> = described.iter().map(|success| success.media.first()).collect();
        let is_one = firsts.iter().flatten().map(|media| words(media)).collect::<HashSet<_>>().len() == 1;
        let mut bodies: Vec<Result<Option<ResponseBody>, Reported>> = Vec::new();
        for (index, success) in described.iter().enumerate() {
            let Some(first) = firsts[index] else {
                bodies.push(Ok(None));
                continue;
            };
            let is_same =
                |other: &Media<'d>| words(first) == words(other) && self.content(first) == self.content(other);
            let known = firsts[..index].iter().position(|other| other.is_some_and(is_same));
            let name = if is_one { format!("{name}Response") } else { format!("{name}{}", reason(success.status)) };
            bodies.push(match known {
                Some(known) => bodies[known].as_ref().map(Clone::clone).map_err(|_| Reported),
                None => self.response_body(&success.media, &name, unused).map(Some).ok_or(Reported),
            });
        }
        bodies.into_iter().collect()
    }

    /// Reads the body of a success: as JSON if it has such a media type, or else as text or bytes.
    fn response_body(
        &mut self,
        media: &[Media<'d>],
        name: &str,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Option<ResponseBody> {
        let (first, others) = media.split_first()?;
        if self.content(first) == Content::Json {
            let lowered = self.json_type(first, name);
            unused.keep(others);
            let ty = lowered?.ty;
            let is_text = may_be_json(&first.essence()) && ty == TypeRef::String;
            let format = if is_text { ResponseFormat::JsonOrText } else { ResponseFormat::Json };
            return Some(ResponseBody { ty, format });
        }
        let contents: Vec<_> = media.iter().map(|media| self.content(media)).collect();
        if contents.iter().all(|content| *content == Content::Text) {
            return Some(ResponseBody { ty: TypeRef::String, format: ResponseFormat::Text });
        }
        for (media, content) in media.iter().zip(contents) {
            self.warn_of_bytes_in_json(media);
            if let Some(schema) = media.schema().filter(|_| content == Content::Other) {
                let what = format!("the schema of a response with media type `{}`", media.name);
                self.schemas.diagnostics.warn_not_used(schema, &what, "the caller receives the body as bytes");
            }
        }
        Some(ResponseBody { ty: TypeRef::Bytes, format: ResponseFormat::Bytes })
    }
}

/// The value of a response: by its status, if the successes have bodies that differ.
fn value(described: Vec<Described<'_>>, bodies: Vec<Option<ResponseBody>>) -> ResponseValue {
    let Some(first) = bodies.iter().flatten().next().cloned() else { return ResponseValue::Nothing };
    if bodies.iter().flatten().all(|body| *body == first) {
        return ResponseValue::Body { body: first, may_be_empty: bodies.contains(&None) };
    }
    let success = |(Described { status, response, .. }, body): (Described<'_>, _)| Success {
        origin: response.origin(),
        status: status.to_owned(),
        name: reason(status),
        description: response.text("description").map(str::to_owned),
        body,
    };
    ResponseValue::ByStatus(described.into_iter().zip(bodies).map(success).collect())
}

/// The name of a success: the reason phrase of its status.
fn reason(status: &str) -> String {
    let phrase = match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritativeInformation",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        "208" => "AlreadyReported",
        "226" => "ImUsed",
        "2XX" => "Success",
        status => return format!("Status{status}"),
    };
    phrase.to_owned()
}
