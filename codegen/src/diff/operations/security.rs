//! Security requirements of operations.

use crate::api::{Credential, Operation};
use crate::diff::types::match_by;
use crate::diff::{At, Comparison, rules};
use crate::document::Origin;

impl<'a> Comparison<'a> {
    pub(super) fn security(&mut self, at: &At, old: &Operation, new: &Operation) {
        let at = At { origins: self.security_places(old, new), location: "security".to_owned(), ..at.clone() };
        let before: Vec<String> = old.credentials.iter().map(|name| self.name_now(name)).collect();
        let (_, removed, added) = match_by(&before, &new.credentials, |a, b| a == b);
        let list = |names: &[String]| names.join(", ");
        match (before.is_empty(), new.credentials.is_empty()) {
            (true, false) => self.added(&at, &rules::SECURITY_ADDED, list(&new.credentials)),
            (false, true) => self.removed(&at, &rules::SECURITY_REMOVED, list(&old.credentials)),
            _ => {
                for index in removed {
                    self.removed(&at, &rules::CREDENTIAL_REFUSED, &*old.credentials[index]);
                }
                for index in added {
                    self.added(&at, &rules::CREDENTIAL_ACCEPTED, &*new.credentials[index]);
                }
            }
        }
        match (old.certificate, new.certificate) {
            (false, true) => self.noted(&at, &rules::CERTIFICATE_ASKED_FOR),
            (true, false) => self.noted(&at, &rules::CERTIFICATE_NOT_ASKED_FOR),
            _ => {}
        }
        if old.scopes != new.scopes {
            let at =
                At { location: "x-scopes".to_owned(), origins: [&old.origin, &new.origin].map(Clone::clone), ..at };
            let words = |names: &[String]| (!names.is_empty()).then(|| list(names));
            self.keyword(&at, "x-scopes", &rules::SCOPES_CHANGED, words(&old.scopes), words(&new.scopes));
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
