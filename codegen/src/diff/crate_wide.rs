//! The parts of the crate that all operations share: servers, credentials, error bodies, events.

use super::types::{match_among, match_by};
use super::{At, Comparison, Rule, rules, shape};
use crate::api::{Api, Callback, Credential, Scheme, TypeId, TypeRef};
use crate::document::Origin;

impl<'a> Comparison<'a> {
    pub(super) fn crate_wide(&mut self) {
        self.info();
        self.servers();
        self.credentials();
        self.error_bodies();
        self.events();
        self.callbacks();
    }

    /// A location that belongs to no operation.
    fn at_crate(&mut self, location: &str, received: bool, origins: [Origin; 2]) -> At {
        let owner = self.root(None, !received, received);
        At { owner, location: location.to_owned(), origins }
    }

    /// The root of the first file of each side, for parts that only one side has.
    fn roots_of_files(&self) -> [Origin; 2] {
        [&self.old, &self.new].map(|side| Origin::file(side.document.files.keys().next().map_or("", String::as_str)))
    }

    fn info(&mut self) {
        let origins = self.roots_of_files().map(|root| root.child("info"));
        let at = self.at_crate("info", false, origins);
        let [old, new] = [self.old.api, self.new.api];
        self.words(&at, "title", Some(&old.title), Some(&new.title));
        self.words(&at, "description", old.description.as_ref(), new.description.as_ref());
    }

    fn servers(&mut self) {
        let [old, new] = [&self.old.api.servers, &self.new.api.servers];
        let (_, removed, added) = match_by(old, new, |a, b| a.url == b.url);
        let none = self.roots_of_files();
        let place = |old: Option<&Origin>, new: Option<&Origin>| {
            [old.unwrap_or(&none[0]).clone(), new.unwrap_or(&none[1]).clone()]
        };
        if let ([one], [other]) = (&*removed, &*added) {
            let (one, other) = (&old[*one], &new[*other]);
            let at = self.at_crate("servers", false, place(Some(&one.origin), Some(&other.origin)));
            return self.changed(&at, &rules::SERVER_CHANGED, &*one.url, &*other.url);
        }
        for server in removed.into_iter().map(|index| &old[index]) {
            let at = self.at_crate("servers", false, place(Some(&server.origin), None));
            self.removed(&at, &rules::SERVER_REMOVED, &*server.url);
        }
        for server in added.into_iter().map(|index| &new[index]) {
            let at = self.at_crate("servers", false, place(None, Some(&server.origin)));
            self.added(&at, &rules::SERVER_ADDED, &*server.url);
        }
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
            let at = self.at_crate("securitySchemes", false, [credential.origin.clone(), none[1].clone()]);
            self.removed(&at, &rules::CREDENTIAL_REMOVED, &*credential.wire_name);
        }
        let rule = if old.is_empty() { &rules::FIRST_CREDENTIAL_ADDED } else { &rules::CREDENTIAL_ADDED };
        for credential in added.into_iter().map(|index| &new[index]) {
            let at = self.at_crate("securitySchemes", false, [none[0].clone(), credential.origin.clone()]);
            self.added(&at, rule, &*credential.wire_name);
        }
    }

    fn credential(&mut self, old: &Credential, new: &Credential) {
        let location = format!("securitySchemes.{}", new.wire_name);
        let at = self.at_crate(&location, false, [old.origin.clone(), new.origin.clone()]);
        if old.name != new.name {
            self.changed(&at, &rules::CREDENTIAL_RENAMED, &*old.wire_name, &*new.wire_name);
        }
        match (&old.scheme, &new.scheme) {
            (Scheme::Key { prefix: before }, Scheme::Key { prefix: now }) if before != now => {
                let (before, now) = (before.clone(), now.clone());
                self.keyword(&at, "x-authorization-prefix", &rules::AUTHORIZATION_PREFIX_CHANGED, before, now);
            }
            (before, now) if before != now => {
                self.changed(&at, &rules::CREDENTIAL_CHANGED, scheme(before), scheme(now));
            }
            _ => {}
        }
        self.words(&at, "description", old.description.as_ref(), new.description.as_ref());
    }

    fn error_bodies(&mut self) {
        let types = |api: &Api| api.error_bodies.iter().map(|body| body.ty).collect::<Vec<_>>();
        let is_first = self.old.api.error_bodies.is_empty();
        let added = if is_first { &rules::FIRST_ERROR_BODY_ADDED } else { &rules::ERROR_BODY_ADDED };
        self.root_types("error", types, &rules::ERROR_BODY_REMOVED, added);
    }

    fn events(&mut self) {
        let types = |api: &Api| api.events.iter().map(|event| event.ty).collect::<Vec<_>>();
        self.root_types("event", types, &rules::EVENT_REMOVED, &rules::EVENT_ADDED);
    }

    /// Compares types that are received regardless of the operation.
    fn root_types(
        &mut self,
        part: &str,
        types: impl Fn(&Api) -> Vec<TypeId>,
        when_removed: &'static Rule,
        when_added: &'static Rule,
    ) {
        let [old, new] = [types(self.old.api), types(self.new.api)];
        let none = self.roots_of_files();
        let (matched, removed, added) = self.match_types(&old, &new);
        for (one, other) in matched {
            self.root_type(part, one, other);
        }
        for definition in removed.into_iter().map(|id| &self.old.api[id]) {
            let at = self.at_crate(part, true, [definition.origin.clone(), none[1].clone()]);
            self.removed(&at, when_removed, &*definition.name);
        }
        for definition in added.into_iter().map(|id| &self.new.api[id]) {
            let at = self.at_crate(part, true, [none[0].clone(), definition.origin.clone()]);
            self.added(&at, when_added, &*definition.name);
        }
    }

    fn root_type(&mut self, part: &str, old: TypeId, new: TypeId) {
        let [one, other] = [&self.old.api[old], &self.new.api[new]];
        let location = format!("{part}<{}>", other.name);
        let at = self.at_crate(&location, true, [one.origin.clone(), other.origin.clone()]);
        self.values(&at, &TypeRef::Named(old), &TypeRef::Named(new));
    }

    /// Matches types of the same name, and then types of the same structure.
    fn match_types(&self, old: &[TypeId], new: &[TypeId]) -> (Vec<(TypeId, TypeId)>, Vec<TypeId>, Vec<TypeId>) {
        let apis = [self.old.api, self.new.api];
        let (mut matched, removed, added) = match_by(old, new, |a, b| apis[0][*a].name == apis[1][*b].name);
        let (more, removed, added) = match_among(removed, added, |one, other| {
            shape::same(apis, &TypeRef::Named(old[one]), &TypeRef::Named(new[other]))
        });
        matched.extend(more);
        let matched = matched.into_iter().map(|(one, other)| (old[one], new[other])).collect();
        (matched, removed.into_iter().map(|one| old[one]).collect(), added.into_iter().map(|one| new[one]).collect())
    }

    /// Compares the callbacks of events that both sides know.
    fn callbacks(&mut self) {
        let [old_api, new_api] = [self.old.api, self.new.api];
        let known = |api: &'a Api, other: &Api| -> Vec<&'a Callback> {
            let is_known =
                |callback: &&Callback| other.events.iter().any(|event| other[event.ty].name == api[callback.ty].name);
            api.callbacks.iter().filter(is_known).collect()
        };
        let (old, new) = (known(old_api, new_api), known(new_api, old_api));
        let (matched, removed, added) =
            match_by(&old, &new, |a, b| (&a.name, &a.expression) == (&b.name, &b.expression));
        let (moved, removed, added) = match_among(removed, added, |one, other| old[one].name == new[other].name);
        let is_moved = |callback: (usize, usize)| moved.contains(&callback);
        let none = self.roots_of_files();
        for (one, other) in matched.into_iter().chain(moved.iter().copied()) {
            let (before, now) = (old[one], new[other]);
            let location = format!("callbacks.{}", now.name);
            let at = self.at_crate(&location, true, [before.origin.clone(), now.origin.clone()]);
            if is_moved((one, other)) {
                let address = |callback: &Callback| callback.expression.clone().unwrap_or_default();
                self.changed(&at, &rules::CALLBACK_ADDRESS_CHANGED, address(before), address(now));
            }
            self.words(&at, "summary", before.docs.summary.as_ref(), now.docs.summary.as_ref());
            self.words(&at, "description", before.docs.description.as_ref(), now.docs.description.as_ref());
        }
        for callback in removed.into_iter().map(|one| old[one]) {
            let at = self.at_crate("callbacks", true, [callback.origin.clone(), none[1].clone()]);
            self.removed(&at, &rules::CALLBACK_REMOVED, &*callback.name);
        }
        for callback in added.into_iter().map(|other| new[other]) {
            let at = self.at_crate("callbacks", true, [none[0].clone(), callback.origin.clone()]);
            self.added(&at, &rules::CALLBACK_ADDED, &*callback.name);
        }
    }
}

fn scheme(scheme: &Scheme) -> &'static str {
    match scheme {
        Scheme::Key { .. } => "key",
        Scheme::Basic => "basic",
        Scheme::Bearer => "bearer token",
    }
}
