//! Security requirements of operations.

use crate::api::{Credential, Operation};
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
        match (old.certificate, new.certificate) {
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
        let before: Vec<String> = old.credentials.iter().map(|name| self.name_now(name)).collect();
        let (_, removed, added) = match_by(&before, &new.credentials, |a, b| a == b);
        let list = |names: &[String]| names.join(", ");
        match (old.anonymous, new.anonymous) {
            (true, false) if before.is_empty() => {
                return self.added(at, &rules::SECURITY_ADDED, list(&new.credentials));
            }
            (true, false) => self.noted(at, &rules::SECURITY_ADDED),
            (false, true) if new.credentials.is_empty() => {
                return self.removed(at, &rules::SECURITY_REMOVED, list(&old.credentials));
            }
            (false, true) => self.noted(at, &rules::SECURITY_REMOVED),
            _ => {}
        }
        let refused = if new.anonymous { &rules::CREDENTIAL_NOT_USED } else { &rules::CREDENTIAL_REFUSED };
        for index in removed {
            self.removed(at, refused, &*old.credentials[index]);
        }
        for index in added {
            self.added(at, &rules::CREDENTIAL_ACCEPTED, &*new.credentials[index]);
        }
    }

    /// Compares the scopes of each kind of tokens that both sides accept.
    fn token_scopes(&mut self, at: &At, old: &Operation, new: &Operation) {
        for name in &old.credentials {
            let now = self.name_now(name);
            let (before, now) = (scope_sets(old, name), scope_sets(new, &now));
            if now.is_empty() || new.anonymous {
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
            let mut now = added.iter().filter(|other| old[*one].scheme == new[**other].scheme);
            let (now, None) = (now.next()?, now.next()) else { return None };
            Some((&old[*one], &new[*now]))
        });
        alike.collect()
    }
}

fn scope_sets(operation: &Operation, credential: &str) -> ScopeSets {
    let tokens = operation.tokens.iter().filter(|token| token.credential == credential);
    tokens.map(|token| token.scopes.clone()).collect()
}

/// Returns `true` if every token with one of the scope sets has all scopes of one of the others.
fn is_enough(tokens: &ScopeSets, required: &ScopeSets) -> bool {
    tokens.iter().all(|token| required.iter().any(|set| set.iter().all(|scope| token.contains(scope))))
}

fn in_words(sets: &ScopeSets) -> String {
    let words = |set: &Vec<String>| if set.is_empty() { "no scope".to_owned() } else { set.join(", ") };
    sets.iter().map(words).collect::<Vec<_>>().join(" or ")
}
