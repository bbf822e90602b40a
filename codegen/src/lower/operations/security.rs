//! Security requirements of operations.

mod schemes;

use std::slice;

use indexmap::IndexMap;

pub(super) use self::schemes::Schemes;
use self::schemes::is_certificate;
use super::OperationReader;
use super::operation::operations_of;
use crate::api::{AUTHORIZATION, RequiredCredential, SecurityRequirement};
use crate::document::Cursor;
use crate::names;

/// The number of alternatives that one stated requirement may have.
const ALTERNATIVES: usize = 16;

/// The parameters that security schemes define, by location and name: the first, the name of its scheme, and the number of
/// operations.
pub(super) type SecretParameters<'d> = IndexMap<(&'static str, String), (Cursor<'d>, String, usize)>;

impl<'d> OperationReader<'_, 'd> {
    /// The security requirements of an operation, one of which suffices: those for which the client sends credentials in
    /// the order of the description, and then the others.
    pub(crate) fn security(&mut self, operation: &Cursor<'d>) -> Vec<SecurityRequirement> {
        if self.implies_security {
            return self.implied_requirements();
        }
        let mut requirements: Vec<SecurityRequirement> = Vec::new();
        for stated in self.requirements(operation) {
            for requirement in self.alternatives(&stated) {
                if !requirements.contains(&requirement) {
                    requirements.push(requirement);
                }
            }
        }
        requirements.sort_by_key(|requirement| requirement.credentials.is_empty());
        requirements
    }

    /// Determines if the root file has security schemes and no security requirements; reports it. The schemes are then
    /// optional for all operations.
    pub(super) fn find_implied_security(&mut self, root: &Cursor<'d>) {
        let mut paths = root.object("paths").map(|(_, item)| self.resolved.follow(&item)).peekable();
        let schemes = root.descend(["components", "securitySchemes"]);
        let schemes = schemes.filter(|schemes| schemes.properties().next().is_some() && paths.peek().is_some());
        let is_stated = root.has("security")
            || paths.any(|item| operations_of(&item).any(|(_, operation)| operation.has("security")));
        self.implies_security = !is_stated && schemes.is_some();
        if let Some(schemes) = schemes.filter(|_| !is_stated) {
            self.schemas.diagnostics.implied_security(schemes);
        }
    }

    fn implied_requirements(&mut self) -> Vec<SecurityRequirement> {
        let mut requirements = Vec::new();
        for (name, scheme) in self.described_schemes().iter().flat_map(Cursor::properties) {
            let certificate = is_certificate(&self.resolved.follow(&scheme));
            let is_known = !certificate && self.credential(&scheme).is_some();
            let required = || RequiredCredential { name: self.constructor(name), scopes: Vec::new() };
            let credentials = is_known.then(required).into_iter().collect();
            requirements.push(SecurityRequirement { credentials, certificate });
        }
        requirements.push(SecurityRequirement { credentials: Vec::new(), certificate: false });
        requirements.sort_by_key(|requirement| requirement.credentials.is_empty());
        requirements.dedup();
        requirements
    }

    /// Reports operations of the root file that neither state security requirements nor inherit any, if others state some.
    pub(crate) fn report_missing_security(&mut self, operations: &[Cursor<'d>]) {
        if self.entries.last().is_none_or(|root| root.has("security")) {
            return;
        }
        let has_requirement = |operation: &&Cursor<'d>| operation.array("security").next().is_some();
        let mut silent = operations.iter().filter(|operation| !operation.has("security"));
        if let Some(first) = silent.next()
            && operations.iter().any(|operation| has_requirement(&operation))
        {
            self.schemas.diagnostics.no_security(first, silent.count());
        }
    }

    /// Removes the parameters that are secrets of an operation: they are sent with the credentials of the client.
    pub(crate) fn remove_secrets(
        &mut self,
        operation: &Cursor<'d>,
        parameters: &mut IndexMap<(&'d str, String), (&'d str, Cursor<'d>)>,
    ) {
        if parameters.is_empty() {
            return;
        }
        for (name, slot) in self.slots(operation) {
            // A header parameter `Authorization` is ignored in any case.
            let Some((_, parameter)) = parameters.shift_remove(&(slot.0, slot.1.clone())) else { continue };
            let (_, _, count) = self.secret_parameters.entry(slot).or_insert_with(|| (parameter, name, 0));
            *count += 1;
        }
    }

    /// Reports the parameters that are secrets, once for each location and name.
    pub(crate) fn report_secret_parameters(&mut self) {
        for ((part, name), (first, scheme, count)) in &self.secret_parameters {
            self.schemas.diagnostics.secret_parameter(first, part, name, scheme, count - 1);
        }
    }

    /// The parts of a request that the schemes of an operation define, but for the header `Authorization`.
    fn slots(&mut self, operation: &Cursor<'d>) -> Vec<(String, (&'static str, String))> {
        let holders = if self.implies_security {
            self.described_schemes().into_iter().collect()
        } else {
            self.requirements(operation)
        };
        let names = holders.iter().flat_map(Cursor::properties).map(|(name, _)| name);
        let slots = names.filter_map(|name| {
            let scheme = self.scheme(name)?;
            Some((name.to_owned(), self.credential(&scheme)?.scheme.slot()))
        });
        slots.filter(|(_, slot)| slot.1 != AUTHORIZATION).collect()
    }

    /// The stated requirements of an operation: its own, or those of the root file.
    fn requirements(&self, operation: &Cursor<'d>) -> Vec<Cursor<'d>> {
        let holder = if operation.has("security") { Some(operation) } else { self.entries.last() };
        holder.into_iter().flat_map(|holder| holder.array("security")).collect()
    }

    /// The alternatives of a stated requirement: itself, or several if its schemes define the same part of a request.
    fn alternatives(&mut self, stated: &Cursor<'d>) -> Vec<SecurityRequirement> {
        let mut certificate = false;
        let mut slots: IndexMap<_, Vec<(&str, RequiredCredential)>> = IndexMap::new();
        for (name, scopes) in stated.properties() {
            let Some(scheme) = self.known_scheme(stated, name) else { continue };
            if is_certificate(&self.resolved.follow(&scheme)) {
                self.note_certificate(&scheme, name);
                certificate = true;
                continue;
            }
            // A scheme that cannot be read is reported, and compared by its name.
            let slot = self.credential(&scheme).map_or_else(|| ("", name.to_owned()), |known| known.scheme.slot());
            let mut scopes: Vec<_> = scopes.items().filter_map(|scope| scope.as_str().map(str::to_owned)).collect();
            scopes.sort();
            slots.entry(slot).or_default().push((name, RequiredCredential { name: self.constructor(name), scopes }));
        }
        let count = slots.values().try_fold(1_usize, |count, group| count.checked_mul(group.len()));
        if count.is_none_or(|count| count > ALTERNATIVES) {
            let help = "state each alternative as a requirement of its own";
            self.schemas.diagnostics.unsupported_security(stated, "a requirement with so many security schemes", help);
            let credentials = slots.into_values().flatten().map(|(_, required)| required).collect();
            return vec![SecurityRequirement { credentials, certificate }];
        }
        self.report_shared_slots(stated, &slots);
        let alternatives = choices(slots.values());
        alternatives.into_iter().map(|credentials| SecurityRequirement { credentials, certificate }).collect()
    }

    /// Reports schemes of one requirement that define the same part of a request, once for the same names.
    fn report_shared_slots(
        &mut self,
        stated: &Cursor<'d>,
        slots: &IndexMap<(&'static str, String), Vec<(&str, RequiredCredential)>>,
    ) {
        for ((part, name), group) in slots.iter().filter(|(_, group)| group.len() > 1) {
            let names: Vec<String> = group.iter().map(|(name, _)| (*name).to_owned()).collect();
            if self.shared_slots.insert(names.clone()) {
                self.schemas.diagnostics.schemes_of_one_part(stated, &names, part, name);
            }
        }
    }

    /// A security scheme that a requirement names; reports unknown ones.
    fn known_scheme(&mut self, stated: &Cursor<'d>, name: &str) -> Option<Cursor<'d>> {
        let scheme = self.scheme(name);
        if scheme.is_none() {
            let known = self.described_schemes();
            let known = known.iter().flat_map(Cursor::properties).map(|(name, _)| name);
            let nearest = names::nearest(name, known);
            self.schemas.diagnostics.unknown_security_scheme(stated.key(name), name, nearest);
        }
        scheme
    }

    /// A security scheme by its name in the root file, even if the operation is in another file.
    fn scheme(&self, name: &str) -> Option<Cursor<'d>> {
        self.described_schemes()?.get(name)
    }

    /// The security schemes of the root file.
    fn described_schemes(&self) -> Option<Cursor<'d>> {
        self.entries.last()?.descend(["components", "securitySchemes"])
    }

    /// Reports a certificate of the client, which belongs to the connection, in a note.
    fn note_certificate(&mut self, scheme: &Cursor<'d>, name: &str) {
        if self.checked.insert(scheme.clone()) {
            let what = format!("the security scheme `{name}` (a client certificate)");
            let help = "add the certificate to the builder of an HTTP client, and pass the builder to `ClientBuilder::http_client`";
            self.schemas.diagnostics.note_not_used(scheme, &what, help);
        }
    }
}

/// Each choice of one credential from every group.
fn choices<'a>(groups: impl Iterator<Item = &'a Vec<(&'a str, RequiredCredential)>>) -> Vec<Vec<RequiredCredential>> {
    groups.fold(vec![Vec::new()], |choices, group| {
        let extended = |choice: &Vec<RequiredCredential>| {
            let extend = |(_, next): &(&str, RequiredCredential)| [&**choice, slice::from_ref(next)].concat();
            group.iter().map(extend).collect::<Vec<_>>()
        };
        choices.iter().flat_map(extended).collect()
    })
}
