//! Successes: their bodies, and the statuses that select one of several.

use super::media_types::is_offered;
use crate::api::{DocumentedStatus, Operation, Response, ResponseBody, ResponseFormat, ResponseValue, StatusKind};
use crate::diff::relation::Typed;
use crate::diff::values::describe;
use crate::diff::{At, Comparison, Direction, Rule, rules, shape};

/// The rules for statuses of successes.
pub(super) struct SuccessRules {
    pub(super) changed: &'static Rule,
    removed: &'static Rule,
    added: &'static Rule,
    /// For `2XX`, which takes the place of all statuses that are not listed.
    range: &'static Rule,
}

impl SuccessRules {
    pub(super) fn removed(&self, status: &str) -> &'static Rule {
        if status == "2XX" { self.range } else { self.removed }
    }

    pub(super) fn added(&self, status: &str) -> &'static Rule {
        if status == "2XX" { self.range } else { self.added }
    }
}

/// The rules for an operation: if the status selects the body on both sides, the method returns an enum with a variant for
/// each status.
pub(super) fn success_rules(old: &Operation, new: &Operation) -> SuccessRules {
    let plain = SuccessRules {
        changed: &rules::SUCCESS_CHANGED,
        removed: &rules::SUCCESS_REMOVED,
        added: &rules::STATUS_ADDED,
        range: &rules::STATUS_ADDED,
    };
    let (Some(before), Some(now)) = (&old.success_enum, &new.success_enum) else { return plain };
    let loses_equality = before.total_equality && !now.total_equality;
    SuccessRules {
        changed: &rules::SUCCESS_VARIANT_CHANGED,
        removed: &rules::SUCCESS_VARIANT_REMOVED,
        added: if loses_equality { &rules::SUCCESS_VARIANT_WITH_NUMBERS_ADDED } else { &rules::SUCCESS_VARIANT_ADDED },
        range: &rules::SUCCESS_RANGE_CHANGED,
    }
}

impl Comparison<'_> {
    /// Compares the values of successful responses. Returns `true` if their media types are still to be compared.
    pub(super) fn successes(&mut self, at: &At, old: &Operation, new: &Operation) -> bool {
        let at_body = self.at_value(at, "response", Direction::RETURNED, "responses");
        match (&old.response.value, &new.response.value) {
            (
                ResponseValue::Body { body: before, may_be_empty: was },
                ResponseValue::Body { body: now, may_be_empty: is },
            ) => {
                match (was, is) {
                    (false, true) => self.noted(&at_body, &rules::RESPONSE_MAY_BE_EMPTY),
                    (true, false) => self.noted(&at_body, &rules::RESPONSE_IS_NEVER_EMPTY),
                    _ => {}
                }
                return self.preferred_body(&at_body, [old, new], before, now);
            }
            (ResponseValue::Nothing | ResponseValue::Headers, ResponseValue::Nothing | ResponseValue::Headers) => {}
            (ResponseValue::Nothing | ResponseValue::Headers, _) => {
                let new = self.describe_bodies(true, &new.response);
                self.added(&at_body, &rules::RESPONSE_BODY_ADDED, new);
            }
            (_, ResponseValue::Nothing | ResponseValue::Headers) => {
                let old = self.describe_bodies(false, &old.response);
                self.removed(&at_body, &rules::RESPONSE_BODY_REMOVED, old);
            }
            (before, now) => {
                let rule = match (before, now) {
                    (ResponseValue::ByStatus(_), ResponseValue::ByStatus(_)) => None,
                    (ResponseValue::ByStatus(_), _) => Some(&rules::RESPONSE_NO_LONGER_BY_STATUS),
                    _ => Some(&rules::RESPONSE_BY_STATUS),
                };
                if let Some(rule) = rule {
                    let words = [self.describe_bodies(false, &old.response), self.describe_bodies(true, &new.response)];
                    let [before, now] = words;
                    self.changed(&at_body, rule, before, now);
                }
                self.bodies_by_status(at, old, new);
            }
        }
        true
    }

    /// Compares the bodies of the statuses that both sides have.
    fn bodies_by_status(&mut self, at: &At, old: &Operation, new: &Operation) {
        let now = by_status(new);
        for (status, before) in by_status(old) {
            let Some((_, now)) = now.iter().find(|(other, _)| *other == status) else { continue };
            let at = self.response(at, status);
            let at = self.at_value(&at, &at.location, Direction::RETURNED, "content");
            match (before, now) {
                (Some(before), Some(now)) => self.response_body(&at, before, now),
                (None, Some(now)) => {
                    self.added(&at, &rules::RESPONSE_BODY_ADDED, describe(self.new.api, &now.ty));
                }
                (Some(before), None) => {
                    self.removed(&at, &rules::RESPONSE_BODY_REMOVED, describe(self.old.api, &before.ty));
                }
                (None, None) => {}
            }
        }
    }

    /// Compares the bodies of all successes. Returns `true` if their media types are still to be compared.
    fn preferred_body(
        &mut self,
        at: &At,
        [old, new]: [&Operation; 2],
        before: &ResponseBody,
        now: &ResponseBody,
    ) -> bool {
        if self.prefers_another_response([old, new], before, now) {
            // The schema of the old media type is not read on the new side.
            let (old, new) = (&old.response.accept, &new.response.accept);
            self.changed(at, &rules::PREFERRED_RESPONSE_CHANGED, &**old, &**new);
            return true;
        }
        self.response_body(at, before, now);
        before.format == now.format
    }

    fn response_body(&mut self, at: &At, old: &ResponseBody, new: &ResponseBody) {
        if old.format == new.format {
            self.values(at, Typed::new(&old.ty, &[]), Typed::new(&new.ty, &[]));
        } else {
            self.changed(at, &rules::RESPONSE_FORMAT_CHANGED, in_words(old.format), in_words(new.format));
        }
    }

    /// Returns `true` if the response is of another type only because the crate requests a different one of the media types.
    fn prefers_another_response(&self, [old, new]: [&Operation; 2], before: &ResponseBody, now: &ResponseBody) -> bool {
        let offered = |operation: &Operation| -> Vec<String> {
            let successes = operation.statuses.iter().filter(|status| status.kind == StatusKind::Success);
            successes.flat_map(|status| status.media_types.clone()).collect()
        };
        let is_alike = || before.format == now.format && shape::same([self.old.api, self.new.api], &before.ty, &now.ty);
        let requested = |response: &Response| response.accept.split(',').map(str::to_owned).collect::<Vec<_>>();
        let now_requested = requested(&new.response);
        let is_requested = requested(&old.response).iter().all(|name| is_offered(name, &now_requested));
        let now_offered = offered(new);
        !is_requested && offered(old).iter().all(|name| is_offered(name, &now_offered)) && !is_alike()
    }

    /// The types of all bodies in words.
    fn describe_bodies(&self, in_new: bool, response: &Response) -> String {
        let api = if in_new { self.new.api } else { self.old.api };
        response.bodies().map(|body| describe(api, &body.ty)).collect::<Vec<_>>().join(", ")
    }
}

/// The successes of an operation by status, each with its body.
fn by_status(operation: &Operation) -> Vec<(&str, Option<&ResponseBody>)> {
    if let ResponseValue::ByStatus(successes) = &operation.response.value {
        return successes.iter().map(|success| (&*success.status, success.body.as_ref())).collect();
    }
    let only = operation.response.bodies().next();
    let successes = operation.statuses.iter().filter(|status| status.kind == StatusKind::Success);
    let has_body =
        |success: &DocumentedStatus| !success.media_types.is_empty() && !matches!(&*success.status, "204" | "205");
    successes.map(|success| (&*success.status, only.filter(|_| has_body(success)))).collect()
}

fn in_words(format: ResponseFormat) -> &'static str {
    match format {
        ResponseFormat::Json => "JSON",
        ResponseFormat::JsonOrText => "JSON or text",
        ResponseFormat::Text => "text",
        ResponseFormat::Bytes => "bytes",
    }
}
