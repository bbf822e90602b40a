//! Events, and the callbacks that post them.

use super::crate_wide::MatchedTypes;
use super::types::{match_among, match_by, match_in_steps};
use super::{At, Comparison, Direction, rules};
use crate::api::{Api, Callback, TypeId};

impl<'a> Comparison<'a> {
    pub(super) fn events(&mut self) {
        let matching = self.match_events();
        self.root_types("event", Direction::POSTED, &matching, [&rules::EVENT_REMOVED, &rules::EVENT_ADDED]);
        self.callbacks(&matching.0);
    }

    /// Matches events of types of the same name, and then those that the same callback posts or one with the same
    /// `operationId`. Another event may have the same structure, so that the structure decides nothing.
    fn match_events(&self) -> MatchedTypes {
        let [old_api, new_api] = [self.old.api, self.new.api];
        let types = |api: &Api| api.events.iter().map(|event| event.ty).collect::<Vec<_>>();
        let (old, new) = (types(old_api), types(new_api));
        let any_pair = |one: &TypeId, other: &TypeId, is_pair: fn(&Callback, &Callback) -> bool| {
            let mut callbacks = old_api.callbacks.iter().filter(|callback| callback.ty == *one);
            callbacks.any(|before| new_api.callbacks.iter().any(|now| now.ty == *other && is_pair(before, now)))
        };
        let is_posted_alike = |one: &TypeId, other: &TypeId| any_pair(one, other, is_same);
        let has_id = |one: &TypeId, other: &TypeId| any_pair(one, other, has_same_id);
        let has_name = |one: &TypeId, other: &TypeId| old_api[*one].name == new_api[*other].name;
        let (matched, removed, added) = match_in_steps(&old, &new, &[&has_name, &is_posted_alike, &has_id]);
        let matched = matched.into_iter().map(|(one, other)| (old[one], new[other])).collect();
        (matched, removed.into_iter().map(|one| old[one]).collect(), added.into_iter().map(|one| new[one]).collect())
    }

    /// Compares the callbacks of events that both sides have.
    fn callbacks(&mut self, events: &[(TypeId, TypeId)]) {
        let [old_api, new_api]: [&'a Api; 2] = [self.old.api, self.new.api];
        let known = |api: &'a Api, is_event: &dyn Fn(TypeId) -> bool| -> Vec<&'a Callback> {
            api.callbacks.iter().filter(|callback| is_event(callback.ty)).collect()
        };
        let old = known(old_api, &|ty| events.iter().any(|(known, _)| *known == ty));
        let new = known(new_api, &|ty| events.iter().any(|(_, known)| *known == ty));
        let (matched, removed, added) = match_by(&old, &new, |a, b| is_same(a, b));
        let (moved, removed, added) = match_among(removed, added, |one, other| {
            old[one].name == new[other].name || has_same_id(old[one], new[other])
        });
        for (one, other) in matched {
            self.callback(old[one], new[other], events);
        }
        for (one, other) in moved {
            let at = self.callback(old[one], new[other], events);
            let address = |callback: &Callback| callback.expression.clone().unwrap_or_default();
            // A webhook has no address.
            if old[one].expression != new[other].expression {
                self.changed(&at, &rules::CALLBACK_ADDRESS_CHANGED, address(old[one]), address(new[other]));
            }
        }
        let none = self.roots_of_files();
        for callback in removed.into_iter().map(|one| old[one]) {
            let at = self.at_crate("callbacks", Direction::POSTED, [callback.origin.clone(), none[1].clone()]);
            self.removed(&at, &rules::CALLBACK_REMOVED, &*callback.name);
        }
        for callback in added.into_iter().map(|other| new[other]) {
            let at = self.at_crate("callbacks", Direction::POSTED, [none[0].clone(), callback.origin.clone()]);
            self.added(&at, &rules::CALLBACK_ADDED, &*callback.name);
        }
    }

    /// Compares two callbacks of the same name, and returns their location.
    fn callback(&mut self, old: &Callback, new: &Callback, events: &[(TypeId, TypeId)]) -> At {
        let location = format!("callbacks.{}", new.name);
        let at = self.at_crate(&location, Direction::POSTED, [old.origin.clone(), new.origin.clone()]);
        if !events.contains(&(old.ty, new.ty)) {
            self.named_types(&at, old.ty, new.ty);
        }
        self.words(&at, "summary", old.docs.summary.as_ref(), new.docs.summary.as_ref());
        self.words(&at, "description", old.docs.description.as_ref(), new.docs.description.as_ref());
        at
    }
}

/// Returns `true` if two callbacks have the same `operationId`.
fn has_same_id(old: &Callback, new: &Callback) -> bool {
    old.id.is_some() && old.id == new.id
}

/// Returns `true` if two callbacks have the same name and address.
fn is_same(old: &Callback, new: &Callback) -> bool {
    (&old.name, &old.expression) == (&new.name, &new.expression)
}
