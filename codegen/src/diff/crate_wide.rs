//! The parts of the crate that all operations share: documentation, credentials, error bodies.

use super::types::{match_by, match_in_steps};
use super::{At, Comparison, Direction, Rule, rules, shape};
use crate::api::{Api, Credential, Scheme, TypeId, TypeRef};
use crate::document::Origin;

/// Types of both sides that correspond to each other, those of the old side alone, and those of the new side alone.
pub(super) type MatchedTypes = (Vec<(TypeId, TypeId)>, Vec<TypeId>, Vec<TypeId>);

impl Comparison<'_> {
    pub(super) fn crate_wide(&mut self) {
        self.info();
        self.servers();
        self.credentials();
        self.error_bodies();
        self.events();
    }

    /// A location that belongs to no operation.
    pub(super) fn at_crate(&mut self, location: &str, travels: Direction, origins: [Origin; 2]) -> At {
        let owner = self.root(None, travels);
        At { owner, location: location.to_owned(), origins, travels }
    }

    /// The root of the first file of each side, for parts that only one side has.
    pub(super) fn roots_of_files(&self) -> [Origin; 2] {
        [&self.old, &self.new].map(|side| Origin::file(side.document.files.keys().next().map_or("", String::as_str)))
    }

    fn info(&mut self) {
        let origins = self.roots_of_files().map(|root| root.child("info"));
        let at = self.at_crate("info", Direction::SENT, origins);
        let [old, new] = [self.old.api, self.new.api];
        self.words(&at, "title", Some(&old.title), Some(&new.title));
        self.words(&at, "description", old.description.as_ref(), new.description.as_ref());
    }

    fn credentials(&mut self) {
        let [old, new] = [&self.old.api.credentials, &self.new.api.credentials];
        let renamed = self.renamed_credentials();
        let is_same = |a: &Credential, b: &Credential| {
            a.wire_name == b.wire_name
                || renamed.iter().any(|(one, other)| one.wire_name == a.wire_name && other.wire_name == b.wire_name)
        };
        let (matched, removed, added) = match_by(old, new, is_same);
        let none = self.roots_of_files();
        for (one, other) in matched {
            self.credential(&old[one], &new[other]);
        }
        for credential in removed.into_iter().map(|index| &old[index]) {
            let origins = [credential.origin.clone(), none[1].clone()];
            let at = self.at_crate("securitySchemes", Direction::SENT, origins);
            self.removed(&at, &rules::CREDENTIAL_REMOVED, &*credential.wire_name);
        }
        let [required_before, required] = [self.old.api, self.new.api].map(Api::needs_credentials);
        let rule = if old.is_empty() && required { &rules::FIRST_CREDENTIAL_ADDED } else { &rules::CREDENTIAL_ADDED };
        for credential in added.into_iter().map(|index| &new[index]) {
            let origins = [none[0].clone(), credential.origin.clone()];
            let at = self.at_crate("securitySchemes", Direction::SENT, origins);
            self.added(&at, rule, &*credential.wire_name);
        }
        if required && !required_before && !old.is_empty() {
            let at = self.at_crate("security", Direction::SENT, none);
            self.noted(&at, &rules::CREDENTIALS_REQUIRED);
        }
    }

    fn credential(&mut self, old: &Credential, new: &Credential) {
        let location = format!("securitySchemes.{}", new.wire_name);
        let at = self.at_crate(&location, Direction::SENT, [old.origin.clone(), new.origin.clone()]);
        if old.name != new.name {
            self.changed(&at, &rules::CREDENTIAL_RENAMED, &*old.wire_name, &*new.wire_name);
        }
        match (&old.scheme, &new.scheme) {
            (Scheme::Header { prefix: before, .. }, Scheme::Header { prefix: now, .. })
                if old.scheme.slot() == new.scheme.slot() && before != now =>
            {
                let (before, now) = (before.clone(), now.clone());
                self.keyword(&at, "x-authorization-prefix", &rules::AUTHORIZATION_PREFIX_CHANGED, before, now);
            }
            (before, now) if !before.sends_like(now) => {
                let has_same_arguments = (*before == Scheme::Basic) == (*now == Scheme::Basic);
                let rule = if has_same_arguments { &rules::CREDENTIAL_MOVED } else { &rules::CREDENTIAL_CHANGED };
                self.changed(&at, rule, scheme(before), scheme(now));
            }
            _ => {}
        }
        self.flows(&at, old, new);
        self.words(&at, "description", old.description.as_ref(), new.description.as_ref());
    }

    fn flows(&mut self, at: &At, old: &Credential, new: &Credential) {
        let find = |credential: &Credential, keyword: &str| {
            credential.flows.iter().find(|(known, _)| known == keyword).map(|(_, text)| text.clone())
        };
        let added = new.flows.iter().filter(|(keyword, _)| find(old, keyword).is_none());
        for (keyword, _) in old.flows.iter().chain(added) {
            let (before, now) = (find(old, keyword), find(new, keyword));
            if before != now {
                let at = At { location: format!("{}.flows.{keyword}", at.location), ..at.clone() };
                self.keyword(&at, "flows", &rules::AUTHORIZATION_FLOW_CHANGED, before, now);
            }
        }
    }

    fn error_bodies(&mut self) {
        let types = |api: &Api| api.error_bodies.iter().map(|body| body.ty).collect::<Vec<_>>();
        let is_first = self.old.api.error_bodies.is_empty();
        let added = if is_first { &rules::FIRST_ERROR_BODY_ADDED } else { &rules::ERROR_BODY_ADDED };
        let matching = self.match_error_bodies(&types(self.old.api), &types(self.new.api));
        self.root_types("error", Direction::RETURNED, &matching, [&rules::ERROR_BODY_REMOVED, added]);
    }

    /// Matches types of the same name, then those of the same status of an operation, then those of the same structure.
    fn match_error_bodies(&self, old: &[TypeId], new: &[TypeId]) -> MatchedTypes {
        let apis = [self.old.api, self.new.api];
        let (matched, removed, added) = match_in_steps(
            old,
            new,
            &[
                &|one, other| apis[0][*one].name == apis[1][*other].name,
                &|one, other| self.error_bodies.contains(&(*one, *other)),
                &|one, other| shape::same(apis, &TypeRef::Named(*one), &TypeRef::Named(*other)),
            ],
        );
        let matched = matched.into_iter().map(|(one, other)| (old[one], new[other])).collect();
        (matched, removed.into_iter().map(|one| old[one]).collect(), added.into_iter().map(|one| new[one]).collect())
    }

    /// Compares types that are received regardless of the operation. The rules are those of removed and of added types.
    pub(super) fn root_types(
        &mut self,
        part: &str,
        travels: Direction,
        (matched, removed, added): &MatchedTypes,
        [when_removed, when_added]: [&'static Rule; 2],
    ) {
        let none = self.roots_of_files();
        for (one, other) in matched.iter().copied() {
            let [old, new] = [&self.old.api[one], &self.new.api[other]];
            let location = format!("{part}<{}>", new.name);
            let at = self.at_crate(&location, travels, [old.origin.clone(), new.origin.clone()]);
            self.named_types(&at, one, other);
        }
        for definition in removed.iter().map(|id| &self.old.api[*id]) {
            let at = self.at_crate(part, travels, [definition.origin.clone(), none[1].clone()]);
            self.removed(&at, when_removed, &*definition.name);
        }
        for definition in added.iter().map(|id| &self.new.api[*id]) {
            let at = self.at_crate(part, travels, [none[0].clone(), definition.origin.clone()]);
            self.added(&at, when_added, &*definition.name);
        }
    }
}

fn scheme(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Header { name, .. } => format!("header `{name}`"),
        Scheme::Query { name } => format!("query `{name}`"),
        Scheme::Cookie { name } => format!("cookie `{name}`"),
        Scheme::Basic => "basic".to_owned(),
        Scheme::Bearer => "bearer token".to_owned(),
        Scheme::Http { scheme } => format!("HTTP scheme `{scheme}`"),
    }
}
