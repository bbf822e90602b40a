//! Headers of responses: those of each status on the wire, and the methods that return them.

use crate::api::{HeaderMethod, HeaderStruct, ResponseHeader};
use crate::diff::types::match_by;
use crate::diff::values::describe;
use crate::diff::{At, Comparison, rules, shape};

impl Comparison<'_> {
    pub(super) fn headers(&mut self, at: &At, old: &[ResponseHeader], new: &[ResponseHeader]) {
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

    /// Compares the methods that return headers of any status.
    pub(super) fn header_methods(&mut self, at: &At, old: Option<&HeaderStruct>, new: Option<&HeaderStruct>) {
        let [old, new] = [old, new].map(|definition| definition.map_or(&[][..], |definition| &*definition.headers));
        let (matched, removed, added) = match_by(old, new, |a, b| a.name == b.name);
        let responses = at.origins.clone().map(|origin| origin.child("responses"));
        let place = |header: &HeaderMethod, origins| At {
            location: format!("responses.headers.{}", header.wire_name),
            origins,
            ..at.clone()
        };
        for (one, other) in matched {
            let (old, new) = (&old[one], &new[other]);
            if !shape::same([self.old.api, self.new.api], &old.ty, &new.ty) {
                let at = place(new, [old.origin.clone(), new.origin.clone()]);
                let words = [describe(self.old.api, &old.ty), describe(self.new.api, &new.ty)];
                let [old, new] = words;
                self.changed(&at, &rules::HEADER_METHOD_CHANGED, old, new);
            }
        }
        for header in removed.into_iter().map(|one| &old[one]) {
            let at = place(header, [header.origin.clone(), responses[1].clone()]);
            self.removed(&at, &rules::HEADER_METHOD_REMOVED, &*header.name);
        }
        for header in added.into_iter().map(|other| &new[other]) {
            let at = place(header, [responses[0].clone(), header.origin.clone()]);
            self.added(&at, &rules::HEADER_METHOD_ADDED, &*header.name);
        }
    }
}

/// The types of a header in words.
fn types(header: &ResponseHeader) -> String {
    if header.types.is_empty() { "any value".to_owned() } else { header.types.join(" or ") }
}
