//! Operations with their requests and responses.

mod rate_limits;
mod security;

use super::types::{Matching, match_among, match_by};
use super::values::describe;
use super::{At, Comparison, rules, shape};
use crate::api::{BodyFormat, DocumentedStatus, Operation, RequestBody, Response, ResponseFormat, TypeRef};
use crate::document::Origin;

impl Comparison<'_> {
    pub(super) fn operations(&mut self) {
        let [old, new] = [&self.old.api.operations, &self.new.api.operations];
        let (matched, removed, added) = self.match_operations(old, new);
        for (one, other) in matched {
            self.operation(&old[one], &new[other]);
        }
        for operation in removed.into_iter().map(|index| &old[index]) {
            let origins = [operation.origin.clone(), self.paths(true)];
            let at = self.at_operation(operation, "", origins);
            self.removed(&at, &rules::OPERATION_REMOVED, call(operation));
        }
        for operation in added.into_iter().map(|index| &new[index]) {
            let origins = [self.paths(false), operation.origin.clone()];
            let at = self.at_operation(operation, "", origins);
            self.added(&at, &rules::OPERATION_ADDED, call(operation));
        }
    }

    fn paths(&self, of_new: bool) -> Origin {
        let side = if of_new { &self.new } else { &self.old };
        Origin::file(side.document.files.keys().next().map_or("", String::as_str)).child("paths")
    }

    /// Matches operations by their ids, then by method and path, then by their types.
    fn match_operations(&self, old: &[Operation], new: &[Operation]) -> Matching {
        let (mut matched, removed, added) = match_by(old, new, |a, b| a.id == b.id);
        let is_in_place = |a: &Operation, b: &Operation| (&a.method, &a.path) == (&b.method, &b.path);
        let (more, removed, added) = match_among(removed, added, |one, other| is_in_place(&old[one], &new[other]));
        matched.extend(more);
        let (more, removed, added) = match_among(removed, added, |one, other| self.is_moved(&old[one], &new[other]));
        matched.extend(more);
        (matched, removed, added)
    }

    /// Returns `true` if an operation with another id and path has the same types, and a request.
    fn is_moved(&self, old: &Operation, new: &Operation) -> bool {
        let apis = [self.old.api, self.new.api];
        let same = |old: Option<&TypeRef>, new: Option<&TypeRef>| match (old, new) {
            (Some(old), Some(new)) => shape::same(apis, old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        let parameters = |operation: &Operation| operation.parameters.map(TypeRef::Named);
        old.method == new.method
            && (old.request.is_some() || old.parameters.is_some())
            && same(old.request.as_ref().map(|request| &request.ty), new.request.as_ref().map(|request| &request.ty))
            && same(parameters(old).as_ref(), parameters(new).as_ref())
            && same(old.response.ty.as_ref(), new.response.ty.as_ref())
    }

    /// A location in an operation that is not about a value.
    fn at_operation(&mut self, operation: &Operation, location: &str, origins: [Origin; 2]) -> At {
        let owner = self.root(Some(&operation.id), true, true);
        At { owner, location: location.to_owned(), origins }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let origins = [old.origin.clone(), new.origin.clone()];
        let at = self.at_operation(new, "", origins);
        let named = |name: &str| At { location: name.to_owned(), ..at.clone() };
        if old.name != new.name {
            self.changed(&named("operationId"), &rules::OPERATION_RENAMED, &*old.id, &*new.id);
            self.renamed.insert(old.origin.clone());
        } else if old.id != new.id {
            self.changed(&named("operationId"), &rules::OPERATION_ID_CHANGED, &*old.id, &*new.id);
        }
        if old.path != new.path {
            self.changed(&named("path"), &rules::PATH_CHANGED, &*old.path, &*new.path);
        }
        if old.method != new.method {
            self.changed(&named("method"), &rules::METHOD_CHANGED, &*old.method, &*new.method);
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => self.noted(&at, &rules::OPERATION_DEPRECATED),
            (true, false) => self.noted(&at, &rules::OPERATION_NO_LONGER_DEPRECATED),
            _ => {}
        }
        self.words(&at, "summary", old.docs.summary.as_ref(), new.docs.summary.as_ref());
        self.words(&at, "description", old.docs.description.as_ref(), new.docs.description.as_ref());
        self.parameters(&at, old, new);
        self.bodies(&at, old.request.as_ref(), new.request.as_ref());
        self.responses(&at, &old.response, &new.response);
        self.statuses(&at, old, new);
        self.security(&at, old, new);
        self.rate_limits(&named("x-throttling-info"), &old.rate_limits, &new.rate_limits);
    }

    fn operation_id(&self, at: &At) -> Option<String> {
        match at.owner {
            super::Owner::Root(root) => self.roots[root].operation.clone(),
            super::Owner::Pair(_) => None,
        }
    }

    /// The location of a value of the same operation.
    fn at_value(&mut self, at: &At, location: &str, sent: bool, keyword: &str) -> At {
        let operation = self.operation_id(at);
        let owner = self.root(operation.as_deref(), sent, !sent);
        let origins = [self.old.keyword(&at.origins[0], keyword), self.new.keyword(&at.origins[1], keyword)];
        At { owner, location: location.to_owned(), origins }
    }

    fn parameters(&mut self, at: &At, old: &Operation, new: &Operation) {
        match (old.parameters, new.parameters) {
            (None, None) => {}
            (Some(old), Some(new)) => {
                let at = self.at_value(at, "", true, "parameters");
                self.values(&at, &TypeRef::Named(old), &TypeRef::Named(new));
            }
            (None, Some(new)) => {
                let fields = self.new.api[new].fields();
                let is_required = fields.iter().any(|field| field.required);
                let rule =
                    if is_required { &rules::FIRST_REQUIRED_PARAMETER_ADDED } else { &rules::FIRST_PARAMETER_ADDED };
                let at = self.at_value(at, "parameters", true, "parameters");
                self.added(&at, rule, names(fields));
            }
            (Some(old), None) => {
                let at = self.at_value(at, "parameters", true, "parameters");
                self.removed(&at, &rules::PARAMETERS_REMOVED, names(self.old.api[old].fields()));
            }
        }
    }

    fn bodies(&mut self, at: &At, old: Option<&RequestBody>, new: Option<&RequestBody>) {
        let at = self.at_value(at, "request", true, "requestBody");
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => {
                let rule = if new.required { &rules::BODY_ADDED } else { &rules::OPTIONAL_BODY_ADDED };
                self.added(&at, rule, describe(self.new.api, &new.ty));
            }
            (Some(old), None) => self.removed(&at, &rules::BODY_REMOVED, describe(self.old.api, &old.ty)),
            (Some(old), Some(new)) => self.body(&at, old, new),
        }
    }

    fn body(&mut self, at: &At, old: &RequestBody, new: &RequestBody) {
        match (old.required, new.required) {
            (false, true) => self.noted(at, &rules::BODY_BECAME_REQUIRED),
            (true, false) => self.noted(at, &rules::BODY_BECAME_OPTIONAL),
            _ => {}
        }
        if old.format == new.format {
            self.media_types(at, &old.media_types, &new.media_types);
        } else {
            let word = |format: BodyFormat| match format {
                BodyFormat::Json => "JSON",
                BodyFormat::Text => "text",
                BodyFormat::Bytes => "bytes",
                BodyFormat::Form => "form",
                BodyFormat::Multipart => "multipart form",
            };
            self.changed(at, &rules::BODY_FORMAT_CHANGED, word(old.format), word(new.format));
        }
        self.values(at, &old.ty, &new.ty);
        self.constraints(at, &old.checks, &new.checks);
    }

    fn media_types(&mut self, at: &At, old: &[String], new: &[String]) {
        let (_, removed, added) = match_by(old, new, |a, b| a == b);
        if let ([one], [other]) = (&*removed, &*added) {
            return self.changed(at, &rules::MEDIA_TYPE_CHANGED, &*old[*one], &*new[*other]);
        }
        for index in removed {
            self.removed(at, &rules::MEDIA_TYPE_REMOVED, &*old[index]);
        }
        for index in added {
            self.added(at, &rules::MEDIA_TYPE_ADDED, &*new[index]);
        }
    }

    fn responses(&mut self, at: &At, old: &Response, new: &Response) {
        let at = self.at_value(at, "response", false, "responses");
        let (before, now) = match (&old.ty, &new.ty) {
            (None, None) => return,
            (None, Some(new)) => return self.added(&at, &rules::RESPONSE_BODY_ADDED, describe(self.new.api, new)),
            (Some(old), None) => return self.removed(&at, &rules::RESPONSE_BODY_REMOVED, describe(self.old.api, old)),
            (Some(before), Some(now)) => (before, now),
        };
        match (old.may_be_empty, new.may_be_empty) {
            (false, true) => self.noted(&at, &rules::RESPONSE_MAY_BE_EMPTY),
            (true, false) => self.noted(&at, &rules::RESPONSE_IS_NEVER_EMPTY),
            _ => {}
        }
        if old.format == new.format {
            self.values(&at, before, now);
        } else {
            let word = |format: ResponseFormat| match format {
                ResponseFormat::Json => "JSON",
                ResponseFormat::Text => "text",
                ResponseFormat::Bytes => "bytes",
            };
            self.changed(&at, &rules::RESPONSE_FORMAT_CHANGED, word(old.format), word(new.format));
        }
    }

    fn statuses(&mut self, at: &At, old: &Operation, new: &Operation) {
        let same_format = old.response.format == new.response.format;
        let (old, new) = (&old.statuses, &new.statuses);
        let (matched, removed, added) = match_by(old, new, |a, b| a.status == b.status);
        let keeps_success = matched.iter().any(|(one, _)| is_success(&old[*one]));
        for (one, other) in matched {
            let (old, new) = (&old[one], &new[other]);
            let at = self.response(at, &new.status);
            if same_format || !is_success(new) {
                self.media_types(&at, &old.media_types, &new.media_types);
            }
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
}

fn pick<'r>(from: &'r [DocumentedStatus], indices: &[usize]) -> Vec<&'r DocumentedStatus> {
    indices.iter().map(|index| &from[*index]).collect()
}

fn is_success(response: &DocumentedStatus) -> bool {
    response.status.starts_with('2')
}

fn call(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

fn names(fields: &[crate::api::Field]) -> String {
    fields.iter().map(|field| &*field.wire_name).collect::<Vec<_>>().join(", ")
}
