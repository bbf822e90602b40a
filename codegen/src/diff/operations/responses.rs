//! Responses: the body of a success, statuses, error bodies and headers.

use super::media_types::is_offered;
use crate::api::{DocumentedStatus, Operation, Response, ResponseFormat, ResponseHeader, StatusKind, TypeId};
use crate::diff::relation::Typed;
use crate::diff::types::match_by;
use crate::diff::values::describe;
use crate::diff::{At, Comparison, Direction, rules, shape};

impl Comparison<'_> {
    pub(super) fn responses(&mut self, at: &At, old: &Operation, new: &Operation) {
        let at_body = self.at_value(at, "response", Direction::RETURNED, "responses");
        let prefers_another = self.prefers_another_response(old, new);
        self.response_body(&at_body, &old.response, &new.response, prefers_another);
        let has_media_types = prefers_another || old.response.format == new.response.format;
        self.statuses(at, old, new, has_media_types);
    }

    fn response_body(&mut self, at: &At, old: &Response, new: &Response, prefers_another: bool) {
        let (before, now) = match (&old.ty, &new.ty) {
            (None, None) => return,
            (None, Some(new)) => return self.added(at, &rules::RESPONSE_BODY_ADDED, describe(self.new.api, new)),
            (Some(old), None) => return self.removed(at, &rules::RESPONSE_BODY_REMOVED, describe(self.old.api, old)),
            (Some(before), Some(now)) => (before, now),
        };
        match (old.may_be_empty, new.may_be_empty) {
            (false, true) => self.noted(at, &rules::RESPONSE_MAY_BE_EMPTY),
            (true, false) => self.noted(at, &rules::RESPONSE_IS_NEVER_EMPTY),
            _ => {}
        }
        if prefers_another {
            // The schema of the old media type is not read on the new side.
            self.changed(at, &rules::PREFERRED_RESPONSE_CHANGED, &*old.accept, &*new.accept);
        } else if old.format == new.format {
            self.values(at, Typed::new(before, &[]), Typed::new(now, &[]));
        } else {
            self.changed(at, &rules::RESPONSE_FORMAT_CHANGED, in_words(old.format), in_words(new.format));
        }
    }

    /// Returns `true` if the response is of another type only because the crate requests a different one of the media types.
    fn prefers_another_response(&self, old: &Operation, new: &Operation) -> bool {
        let offered = |operation: &Operation| -> Vec<String> {
            let successes = operation.statuses.iter().filter(|status| status.kind == StatusKind::Success);
            successes.flat_map(|status| status.media_types.clone()).collect()
        };
        let (before, now) = (offered(old), offered(new));
        let (old, new) = (&old.response, &new.response);
        let is_alike = || match (&old.ty, &new.ty) {
            (Some(before), Some(now)) => {
                old.format == new.format && shape::same([self.old.api, self.new.api], before, now)
            }
            _ => true,
        };
        let requested = |response: &Response| response.accept.split(',').map(str::to_owned).collect::<Vec<_>>();
        let is_requested = requested(old).iter().all(|name| is_offered(name, &requested(new)));
        !is_requested && before.iter().all(|name| is_offered(name, &now)) && !is_alike()
    }

    fn statuses(&mut self, at: &At, old: &Operation, new: &Operation, has_media_types: bool) {
        let (old, new) = (&old.statuses, &new.statuses);
        let (matched, removed, added) = match_by(old, new, |a, b| a.status == b.status);
        let keeps_success = matched.iter().any(|(one, _)| is_success(&old[*one]));
        for (one, other) in matched {
            let (old, new) = (&old[one], &new[other]);
            let at = self.response(at, &new.status);
            if has_media_types || !is_success(new) {
                self.media_types(&at, &old.media_types, &new.media_types);
            }
            self.failure_bodies(&at, &old.error_bodies, &new.error_bodies);
            self.headers(&at, &old.headers, &new.headers);
            self.words(&at, "description", Some(&old.description), Some(&new.description));
        }
        let (mut removed, mut added) = (pick(old, &removed), pick(new, &added));
        let has_success = |responses: &[&DocumentedStatus]| responses.iter().any(|response| is_success(response));
        if !keeps_success && has_success(&removed) && has_success(&added) {
            let names = |responses: &mut Vec<&DocumentedStatus>| {
                let successes = responses.extract_if(.., |response| is_success(response));
                successes.map(|response| &*response.status).collect::<Vec<_>>().join(", ")
            };
            let (before, now) = (names(&mut removed), names(&mut added));
            self.changed(&At { location: "responses".to_owned(), ..at.clone() }, &rules::SUCCESS_CHANGED, before, now);
        }
        for response in removed {
            let rule = if is_success(response) { &rules::SUCCESS_REMOVED } else { &rules::FAILURE_REMOVED };
            self.removed(&self.response(at, &response.status), rule, &*response.status);
        }
        for response in added {
            self.added(&self.response(at, &response.status), &rules::STATUS_ADDED, &*response.status);
        }
    }

    /// A response, behind its reference.
    fn response(&self, at: &At, status: &str) -> At {
        let [old, new] = at.origins.clone().map(|place| place.descend(["responses", status]));
        let origins = [self.old.keyword(&old, "content"), self.new.keyword(&new, "content")];
        At { location: format!("responses.{status}"), origins, ..at.clone() }
    }

    /// Compares the types of error bodies of one status. Types that only one side has, and the contents of all, are compared for
    /// all operations together.
    fn failure_bodies(&mut self, at: &At, old: &[TypeId], new: &[TypeId]) {
        let [old_api, new_api] = [self.old.api, self.new.api];
        let (_, removed, added) = match_by(old, new, |a, b| old_api[*a].name == new_api[*b].name);
        let is_known = |name: &str, in_new: bool| {
            let api = if in_new { new_api } else { old_api };
            api.error_bodies.iter().any(|body| api[body.ty].name == name)
        };
        if let ([one], [other]) = (&*removed, &*added) {
            let (one, other) = (old[*one], new[*other]);
            if is_known(&old_api[one].name, true) || is_known(&new_api[other].name, false) {
                let at = self.at_value(at, &at.location, Direction::RETURNED, "content");
                self.named_types(&at, one, other);
            } else {
                self.error_bodies.push((one, other));
            }
            return;
        }
        for name in removed.into_iter().map(|one| &old_api[old[one]].name).filter(|name| is_known(name, true)) {
            self.removed(at, &rules::FAILURE_BODY_REMOVED, &**name);
        }
        for name in added.into_iter().map(|other| &new_api[new[other]].name).filter(|name| is_known(name, false)) {
            self.added(at, &rules::FAILURE_BODY_ADDED, &**name);
        }
    }

    fn headers(&mut self, at: &At, old: &[ResponseHeader], new: &[ResponseHeader]) {
        let (matched, removed, added) = match_by(old, new, |a, b| a.name.eq_ignore_ascii_case(&b.name));
        let status = at.origins.clone();
        let at_header = |origins, name: &str| At { origins, ..at.inside(&format!(".headers.{name}")) };
        for (one, other) in matched {
            let (old, new) = (&old[one], &new[other]);
            self.header(&at_header([old.origin.clone(), new.origin.clone()], &new.name), old, new);
        }
        for header in removed.into_iter().map(|one| &old[one]) {
            let rule = if header.required {
                &rules::REQUIRED_RESPONSE_HEADER_REMOVED
            } else {
                &rules::RESPONSE_HEADER_REMOVED
            };
            self.removed(&at_header([header.origin.clone(), status[1].clone()], &header.name), rule, types(header));
        }
        for header in added.into_iter().map(|other| &new[other]) {
            let at = at_header([status[0].clone(), header.origin.clone()], &header.name);
            self.added(&at, &rules::RESPONSE_HEADER_ADDED, types(header));
        }
    }

    fn header(&mut self, at: &At, old: &ResponseHeader, new: &ResponseHeader) {
        if old.name != new.name {
            self.changed(at, &rules::NAME_SPELLING_CHANGED, &*old.name, &*new.name);
        }
        match (old.required, new.required) {
            (true, false) => self.noted(at, &rules::RESPONSE_HEADER_BECAME_OPTIONAL),
            (false, true) => self.noted(at, &rules::RESPONSE_HEADER_BECAME_REQUIRED),
            _ => {}
        }
        let had = |ty: &String| {
            old.types.is_empty()
                || old.types.contains(ty)
                || ty == "integer" && old.types.iter().any(|ty| ty == "number")
        };
        if types(old) != types(new) {
            let is_narrower = !new.types.is_empty() && new.types.iter().all(had);
            let rule =
                if is_narrower { &rules::RESPONSE_HEADER_TYPE_NARROWED } else { &rules::RESPONSE_HEADER_TYPE_CHANGED };
            self.keyword(at, "type", rule, Some(types(old)), Some(types(new)));
        }
    }
}

fn in_words(format: ResponseFormat) -> &'static str {
    match format {
        ResponseFormat::Json => "JSON",
        ResponseFormat::JsonOrText => "JSON or text",
        ResponseFormat::Text => "text",
        ResponseFormat::Bytes => "bytes",
    }
}

fn pick<'r>(from: &'r [DocumentedStatus], indices: &[usize]) -> Vec<&'r DocumentedStatus> {
    indices.iter().map(|index| &from[*index]).collect()
}

fn is_success(response: &DocumentedStatus) -> bool {
    response.status.starts_with('2')
}

/// The types of a header in words.
fn types(header: &ResponseHeader) -> String {
    if header.types.is_empty() { "any value".to_owned() } else { header.types.join(" or ") }
}
