//! What comes back: the body of a success, and those of failures.

use super::OperationReader;
use super::media::{Media, UnusedMediaTypes};
use crate::api::{DocumentedStatus, Response, ResponseFormat, TypeRef};
use crate::document::{Node, Origin};
use crate::lower::schemas::{Reported, ShapeKind};

/// A success with a body.
#[derive(PartialEq)]
struct Body {
    ty: TypeRef,
    format: ResponseFormat,
    accept: String,
}

impl OperationReader<'_, '_> {
    /// What a success brings. The bodies of failures are kept aside.
    pub(crate) fn response(
        &mut self,
        origin: &Origin,
        operation: &Node,
        method: &str,
        name: &str,
        unused: &mut UnusedMediaTypes,
    ) -> Result<Response, Reported> {
        let type_name = self.casing.type_name(name);
        let (successes, failures) = split(statuses(operation));
        let place = |status: &String| self.resolved.follow(&origin.descend(["responses", status]));
        let failures: Vec<_> = failures.iter().map(place).collect();
        let successes: Vec<_> = successes.iter().map(|status| (status.clone(), place(status))).collect();
        for response in &failures {
            self.error_body(response, &type_name, unused);
        }
        if successes.is_empty() {
            self.schemas.diagnostics.no_success(origin.child("responses"));
        }
        let mut found: Option<Body> = None;
        let mut may_be_empty = false;
        for (status, response) in &successes {
            // What HTTP gives no body has none, whatever is described.
            let media = self.media_types(response);
            let has_none = matches!(&**status, "204" | "205");
            if has_none {
                unused.keep(&media);
            }
            if media.is_empty() || has_none || method == "head" {
                may_be_empty = true;
                continue;
            }
            let body = self.reply_body(media, &type_name, unused).ok_or(Reported)?;
            match &found {
                None => found = Some(body),
                Some(other) if *other == body => {}
                Some(_) => {
                    let help = "let every success that has a body have the same one";
                    self.schemas.diagnostics.unsupported(response.clone(), "a second kind of success", help);
                }
            }
        }
        let may_be_empty = may_be_empty && found.is_some();
        let only_headers = method == "head";
        let nothing = || (None, ResponseFormat::Json, "application/json".to_owned());
        let (ty, format, accept) = found.map_or_else(nothing, |body| (Some(body.ty), body.format, body.accept));
        Ok(Response { ty, may_be_empty, format, accept, only_headers })
    }

    /// The body of a success: JSON where there is some, or else a text, or else bytes.
    fn reply_body(&mut self, mut media: Vec<Media>, name: &str, unused: &mut UnusedMediaTypes) -> Option<Body> {
        let first = media.first()?;
        if first.is_json() {
            let schema = self.schema_of(first)?;
            let used = self.schemas.lower_schema(&schema, &format!("{name}Response"));
            let accept = first.name.clone();
            unused.keep(&media.split_off(1));
            return Some(Body { ty: used?.ty, format: ResponseFormat::Json, accept });
        }
        let accept = media.iter().map(|media| &*media.name).collect::<Vec<_>>().join(", ");
        if media.iter().all(|media| media.essence().starts_with("text/") && self.is_text(media)) {
            return Some(Body { ty: TypeRef::String, format: ResponseFormat::Text, accept });
        }
        for media in &media {
            if !self.is_bytes(media) {
                let what = format!("the schema of a reply of media type `{}`", media.name);
                self.schemas.diagnostics.not_used(media.schema(), &what, "the caller gets the body as it came");
            }
        }
        Some(Body { ty: TypeRef::Bytes, format: ResponseFormat::Bytes, accept })
    }

    /// Adds the types that an error reply may hold: the schema's own, or each alternative of its `anyOf` or `oneOf`.
    /// What is no JSON, and no object with members by which it is known, stays as it came.
    fn error_body(&mut self, response: &Origin, name: &str, unused: &mut UnusedMediaTypes) {
        let mut media = self.media_types(response);
        if !media.first().is_some_and(Media::is_json) {
            return;
        }
        unused.keep(&media.split_off(1));
        let Some(place) = self.schema_of(&media[0]) else { return };
        let schema = self.schemas.target(&place);
        let alternatives = ["anyOf", "oneOf"].into_iter().find_map(|keyword| {
            schema.node().get(keyword)?.as_array()?;
            Some(schema.array(keyword).collect())
        });
        if alternatives.is_some() {
            self.schemas.refuse_keywords_at(&schema, "beside alternatives", &["anyOf", "oneOf"]);
        }
        for place in alternatives.unwrap_or_else(|| vec![place]) {
            if let Some(TypeRef::Named(id)) =
                self.schemas.lower_schema(&place, &format!("{name}Error")).map(|used| used.ty)
                && self.schemas.kind(id) == ShapeKind::Struct
                && !self.error_bodies.contains(&id)
            {
                self.error_bodies.push(id);
            }
        }
    }

    /// Every status that is described.
    pub(crate) fn documented_statuses(&self, origin: &Origin, operation: &Node) -> Vec<DocumentedStatus> {
        let describe = |status: String| {
            let response = self.resolved.follow(&origin.descend(["responses", &status]));
            let description = self.resolved.node(&response)?.get("description")?.as_str()?.to_owned();
            let content = self.resolved.node(&response)?.get("content").and_then(Node::as_object);
            let mut media_types: Vec<_> = content.into_iter().flat_map(|types| types.keys().cloned()).collect();
            media_types.sort();
            Some(DocumentedStatus { status, description, media_types })
        };
        statuses(operation).into_iter().filter_map(describe).collect()
    }
}

/// The statuses of successes, and the others; `default` is a success where no other one is described.
fn split(statuses: Vec<String>) -> (Vec<String>, Vec<String>) {
    let has_success = statuses.iter().any(|status| status.starts_with('2'));
    statuses.into_iter().partition(|status| match &**status {
        "default" => !has_success,
        status => status.starts_with('2'),
    })
}

/// The documented statuses, in the order of the description, `default` last.
fn statuses(operation: &Node) -> Vec<String> {
    let statuses = operation.get("responses").and_then(Node::as_object);
    let names = statuses.into_iter().flat_map(|statuses| statuses.keys().filter(|name| !name.starts_with("x-")));
    let (default, codes): (Vec<_>, Vec<_>) = names.cloned().partition(|name| name == "default");
    codes.into_iter().chain(default).collect()
}
