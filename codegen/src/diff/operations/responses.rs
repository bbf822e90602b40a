//! Responses: statuses and error bodies.

use super::successes::success_rules;
use crate::api::{DocumentedStatus, Operation, TypeId};
use crate::diff::types::match_by;
use crate::diff::{At, Comparison, Direction, rules};

impl Comparison<'_> {
    pub(super) fn responses(&mut self, at: &At, old: &Operation, new: &Operation) {
        let has_media_types = self.successes(at, old, new);
        self.statuses(at, old, new, has_media_types);
        self.header_methods(at, old.header_struct.as_ref(), new.header_struct.as_ref());
    }

    fn statuses(&mut self, at: &At, old: &Operation, new: &Operation, has_media_types: bool) {
        let rules = success_rules(old, new);
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
            self.changed(&At { location: "responses".to_owned(), ..at.clone() }, rules.changed, before, now);
        }
        for response in removed {
            let rule = if is_success(response) { rules.removed(&response.status) } else { &rules::FAILURE_REMOVED };
            self.removed(&self.response(at, &response.status), rule, &*response.status);
        }
        for response in added {
            let rule = if is_success(response) { rules.added(&response.status) } else { &rules::STATUS_ADDED };
            self.added(&self.response(at, &response.status), rule, &*response.status);
        }
    }

    /// A response, behind its reference.
    pub(super) fn response(&self, at: &At, status: &str) -> At {
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
}

fn pick<'r>(from: &'r [DocumentedStatus], indices: &[usize]) -> Vec<&'r DocumentedStatus> {
    indices.iter().map(|index| &from[*index]).collect()
}

fn is_success(response: &DocumentedStatus) -> bool {
    response.status.starts_with('2')
}
