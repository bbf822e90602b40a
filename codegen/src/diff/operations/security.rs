//! Security requirements of operations.

use std::collections::BTreeSet;

use crate::api::{Credential, Operation, SecurityRequirement};
use crate::diff::types::match_by;
use crate::diff::{At, Comparison, rules};
use crate::document::Origin;

/// Sets of scopes, one of which a token must have.
type ScopeSets = Vec<Vec<String>>;

impl<'a> Comparison<'a> {
    pub(super) fn security(&mut self, at: &At, old: &Operation, new: &Operation) {
        let at = At { origins: self.security_places(old, new), location: "security".to_owned(), ..at.clone() };
        self.accepted_credentials(&at, old, new);
        self.token_scopes(&at, old, new);
        match (old.certificate(), new.certificate()) {
            (false, true) => self.noted(&at, &rules::CERTIFICATE_ASKED_FOR),
            (true, false) => self.noted(&at, &rules::CERTIFICATE_NOT_ASKED_FOR),
            _ => {}
        }
        if old.scopes != new.scopes {
            let at =
                At { location: "x-scopes".to_owned(), origins: [&old.origin, &new.origin].map(Clone::clone), ..at };
            let words = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
            self.keyword(&at, "x-scopes", &rules::SCOPES_CHANGED, words(&old.scopes), words(&new.scopes));
        }
    }

    fn accepted_credentials(&mut self, at: &At, old: &Operation, new: &Operation) {
        let before = alternatives(old, |name| self.name_now(name));
        let now = alternatives(new, str::to_owned);
        match (old.is_anonymous(), new.is_anonymous()) {
            (true, false) if before.is_empty() => return self.added(at, &rules::SECURITY_ADDED, list(&now)),
            (true, false) => self.noted(at, &rules::SECURITY_ADDED),
            (false, true) if now.is_empty() => return self.removed(at, &rules::SECURITY_REMOVED, list(&before)),
            (false, true) => self.noted(at, &rules::SECURITY_REMOVED),
            _ => {}
        }
        for alternative in before.iter().filter(|before| now.iter().all(|now| !before.includes(now))) {
            match now.iter().find(|now| now.includes(alternative)) {
                _ if new.is_anonymous() => self.removed(at, &rules::CREDENTIAL_NOT_USED, &*alternative.text),
                Some(now) => self.changed(at, &rules::CREDENTIAL_ALSO_REQUIRED, &*alternative.text, &*now.text),
                None => self.removed(at, &rules::CREDENTIAL_REFUSED, &*alternative.text),
            }
        }
        for alternative in now.iter().filter(|now| before.iter().all(|before| !now.includes(before))) {
            match before.iter().find(|before| before.includes(alternative)) {
                Some(before) => {
                    let rule = &rules::CREDENTIAL_NO_LONGER_REQUIRED;
                    self.changed(at, rule, &*before.text, &*alternative.text);
                }
                None => self.added(at, &rules::CREDENTIAL_ACCEPTED, &*alternative.text),
            }
        }
    }

    /// Compares the scopes of each kind of tokens that both sides accept.
    fn token_scopes(&mut self, at: &At, old: &Operation, new: &Operation) {
        let names: BTreeSet<&str> = old.security.iter().flat_map(SecurityRequirement::names).collect();
        for name in names {
            let now = self.name_now(name);
            let (before, now) = (scope_sets(old, name), scope_sets(new, &now));
            if now.is_empty() || new.is_anonymous() {
                continue;
            }
            let rule = match (is_enough(&before, &now), is_enough(&now, &before)) {
                (true, true) => continue,
                (true, false) => &rules::SCOPE_NOT_REQUIRED,
                (false, _) => &rules::SCOPE_REQUIRED,
            };
            self.changed(at, rule, in_words(&before), in_words(&now));
        }
    }

    /// The origins of the security requirements of an operation: its own, or those of the document.
    fn security_places(&self, old: &Operation, new: &Operation) -> [Origin; 2] {
        [(&self.old, old), (&self.new, new)].map(|(side, operation)| {
            let own = operation.origin.child("security");
            let shared = Origin::file(&operation.origin.file).child("security");
            [own, shared]
                .into_iter()
                .find(|place| side.document.node(place).is_some())
                .unwrap_or_else(|| operation.origin.clone())
        })
    }

    /// The new name of credentials.
    fn name_now(&self, old: &str) -> String {
        let renamed = self.renamed_credentials();
        let now = renamed.into_iter().find(|(before, _)| before.name == old).map(|(_, now)| now);
        now.map_or_else(|| old.to_owned(), |now| now.name.clone())
    }

    /// Credentials whose names differ and whose schemes are the same, if the match is unique.
    pub(in crate::diff) fn renamed_credentials(&self) -> Vec<(&'a Credential, &'a Credential)> {
        let [old, new] = [&self.old.api.credentials, &self.new.api.credentials];
        let (_, removed, added) = match_by(old, new, |a, b| a.wire_name == b.wire_name);
        let alike = removed.iter().filter_map(|one| {
            let mut now = added.iter().filter(|other| old[*one].scheme.sends_like(&new[**other].scheme));
            let (now, None) = (now.next()?, now.next()) else { return None };
            Some((&old[*one], &new[*now]))
        });
        alike.collect()
    }
}

/// Credentials that a request needs together.
struct Alternative {
    text: String,
    /// The names of the new side.
    names: BTreeSet<String>,
}

impl Alternative {
    /// Returns `true` if these credentials are enough where the others are required.
    fn includes(&self, other: &Self) -> bool {
        self.names.is_superset(&other.names)
    }
}

/// The alternatives of an operation for which the client sends credentials.
fn alternatives(operation: &Operation, name_now: impl Fn(&str) -> String) -> Vec<Alternative> {
    let sent = operation.alternatives().into_iter().filter(|names| !names.is_empty());
    let alternative =
        |names: Vec<&str>| Alternative { text: names.join(" and "), names: names.into_iter().map(&name_now).collect() };
    sent.map(alternative).collect()
}

fn list(alternatives: &[Alternative]) -> String {
    alternatives.iter().map(|alternative| &*alternative.text).collect::<Vec<_>>().join(", ")
}

fn scope_sets(operation: &Operation, credential: &str) -> ScopeSets {
    let required = operation.security.iter().flat_map(|requirement| &requirement.credentials);
    required.filter(|required| required.name == credential).map(|required| required.scopes.clone()).collect()
}

/// Returns `true` if every token with one of the scope sets has all scopes of one of the others.
fn is_enough(tokens: &ScopeSets, required: &ScopeSets) -> bool {
    tokens.iter().all(|token| required.iter().any(|set| set.iter().all(|scope| token.contains(scope))))
}

fn in_words(sets: &ScopeSets) -> String {
    let words = |set: &Vec<String>| if set.is_empty() { "no scope".to_owned() } else { set.join(", ") };
    sets.iter().map(words).collect::<Vec<_>>().join(" or ")
}
