//! Operations: those that correspond to each other, and their own properties.

mod bodies;
mod forms;
mod headers;
mod left_out;
mod media_types;
mod paths;
mod rate_limits;
mod responses;
mod security;
mod successes;

use super::types::{MOST_COMPARED, Matching, match_among, match_keys};
use super::{At, Comparison, Direction, Owner, rules, shape};
use crate::api::{Field, Operation, TypeRef};
use crate::document::Origin;

impl Comparison<'_> {
    pub(super) fn operations(&mut self) {
        let [old, new] = [&self.old.api.operations, &self.new.api.operations];
        let (matched, removed, added) = self.match_operations(old, new);
        for (one, other) in matched {
            self.operation(&old[one], &new[other]);
        }
        for operation in removed.into_iter().map(|index| &old[index]) {
            let origins = [operation.origin.clone(), self.paths(true)];
            let at = self.at_operation(operation, "", origins);
            let rule =
                if operation.variant.is_some() { &rules::BODY_METHOD_REMOVED } else { &rules::OPERATION_REMOVED };
            self.removed(&at, rule, call(operation));
        }
        for operation in added.into_iter().map(|index| &new[index]) {
            let origins = [self.paths(false), operation.origin.clone()];
            let at = self.at_operation(operation, "", origins);
            let rule = if operation.variant.is_some() { &rules::BODY_METHOD_ADDED } else { &rules::OPERATION_ADDED };
            self.added(&at, rule, call(operation));
        }
    }

    fn paths(&self, of_new: bool) -> Origin {
        let side = if of_new { &self.new } else { &self.old };
        Origin::file(side.document.files.keys().next().map_or("", String::as_str)).child("paths")
    }

    /// Matches operations by method and path, then by their ids, then by their types.
    fn match_operations(&self, old: &[Operation], new: &[Operation]) -> Matching {
        let (all_old, all_new) = ((0..old.len()).collect(), (0..new.len()).collect());
        let call = |operation: &Operation| (operation.method.clone(), operation.variant.clone());
        let path = |operation: &Operation| (call(operation), operation.path.clone());
        let template = |operation: &Operation| (call(operation), paths::template(&operation.path));
        let id = |operation: &Operation| (operation.id.clone(), operation.variant.clone());
        let (mut matched, removed, added) =
            match_keys(all_old, all_new, |one| path(&old[one]), |other| path(&new[other]));
        let (more, removed, added) =
            match_keys(removed, added, |one| template(&old[one]), |other| template(&new[other]));
        matched.extend(more);
        let (more, removed, added) = match_keys(removed, added, |one| id(&old[one]), |other| id(&new[other]));
        matched.extend(more);
        if removed.len().saturating_mul(added.len()) > MOST_COMPARED {
            return (matched, removed, added);
        }
        let (more, removed, added) = match_among(removed, added, |one, other| self.is_moved(&old[one], &new[other]));
        matched.extend(more);
        (matched, removed, added)
    }

    /// Returns `true` if an operation with another id and path has the same types, and a request.
    fn is_moved(&self, old: &Operation, new: &Operation) -> bool {
        let apis = [self.old.api, self.new.api];
        let same = |old: Option<&TypeRef>, new: Option<&TypeRef>| match (old, new) {
            (Some(old), Some(new)) => shape::same(apis, old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        let parameters = |operation: &Operation| operation.parameters.map(TypeRef::Named);
        (&old.method, &old.variant) == (&new.method, &new.variant)
            && (old.request.is_some() || old.parameters.is_some())
            && same(old.request.as_ref().map(|request| &request.ty), new.request.as_ref().map(|request| &request.ty))
            && same(parameters(old).as_ref(), parameters(new).as_ref())
            && old.response.bodies().count() == new.response.bodies().count()
            && old.response.bodies().zip(new.response.bodies()).all(|(old, new)| shape::same(apis, &old.ty, &new.ty))
    }

    /// A location in an operation that is not about a value.
    fn at_operation(&mut self, operation: &Operation, location: &str, origins: [Origin; 2]) -> At {
        let owner = self.root(Some(&operation.id), Direction::ALL);
        At { owner, location: location.to_owned(), origins, travels: Direction::ALL }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let origins = [old.origin.clone(), new.origin.clone()];
        let at = self.at_operation(new, "", origins);
        let named = |name: &str| At { location: name.to_owned(), ..at.clone() };
        if old.name != new.name {
            self.changed(&named("operationId"), &rules::OPERATION_RENAMED, &*old.id, &*new.id);
            self.renamed.insert(old.origin.clone());
        } else if old.id != new.id {
            self.changed(&named("operationId"), &rules::OPERATION_ID_CHANGED, &*old.id, &*new.id);
        }
        if new.variant.is_some() {
            // The rest is that of the method for the preferred body.
            return self.bodies(&at, old.request.as_ref(), new.request.as_ref());
        }
        if paths::template(&old.path) != paths::template(&new.path) {
            self.changed(&named("path"), &rules::PATH_CHANGED, &*old.path, &*new.path);
        }
        if old.method != new.method {
            self.changed(&named("method"), &rules::METHOD_CHANGED, &*old.method, &*new.method);
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => self.noted(&at, &rules::OPERATION_DEPRECATED),
            (true, false) => self.noted(&at, &rules::OPERATION_NO_LONGER_DEPRECATED),
            _ => {}
        }
        self.words(&at, "summary", old.docs.summary.as_ref(), new.docs.summary.as_ref());
        self.words(&at, "description", old.docs.description.as_ref(), new.docs.description.as_ref());
        self.parameters(&at, old, new);
        self.bodies(&at, old.request.as_ref(), new.request.as_ref());
        self.responses(&at, old, new);
        self.security(&at, old, new);
        self.own_servers(&named("servers"), old, new);
        self.rate_limits(&named("x-throttling-info"), &old.rate_limits, &new.rate_limits);
    }

    fn operation_id(&self, at: &At) -> Option<String> {
        match at.owner {
            Owner::Root(root) => self.roots[root].operation.clone(),
            Owner::Pair(_) => None,
        }
    }

    /// The location of a value of the same operation.
    fn at_value(&mut self, at: &At, location: &str, travels: Direction, keyword: &str) -> At {
        let operation = self.operation_id(at);
        let owner = self.root(operation.as_deref(), travels);
        let origins = [self.old.keyword(&at.origins[0], keyword), self.new.keyword(&at.origins[1], keyword)];
        At { owner, location: location.to_owned(), origins, travels }
    }

    fn parameters(&mut self, at: &At, old: &Operation, new: &Operation) {
        match (old.parameters, new.parameters) {
            (None, None) => {}
            (Some(before), Some(now)) => {
                self.path_names.insert((before, now), paths::renamed(&old.path, &new.path));
                let at = self.at_value(at, "", Direction::SENT, "parameters");
                self.named_types(&at, before, now);
            }
            (None, Some(new)) => {
                let fields = self.new.api[new].fields();
                let is_required = fields.iter().any(|field| field.required);
                let rule =
                    if is_required { &rules::FIRST_REQUIRED_PARAMETER_ADDED } else { &rules::FIRST_PARAMETER_ADDED };
                let at = self.at_value(at, "parameters", Direction::SENT, "parameters");
                self.added(&at, rule, names(fields));
            }
            (Some(old), None) => {
                let at = self.at_value(at, "parameters", Direction::SENT, "parameters");
                self.removed(&at, &rules::PARAMETERS_REMOVED, names(self.old.api[old].fields()));
            }
        }
    }
}

fn call(operation: &Operation) -> String {
    let variant = operation.variant.as_ref().map(|media_type| format!(" as {media_type}")).unwrap_or_default();
    format!("{} {}{variant}", operation.method, operation.path)
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| &*field.wire_name).collect::<Vec<_>>().join(", ")
}
