//! What the service posts to an address of the caller.

use super::OperationReader;
use crate::api::{Callback, Docs, TypeRef};
use crate::document::{Node, Origin};
use crate::filter::{Candidate, Filter};

impl<'d> OperationReader<'_, 'd> {
    /// The callbacks of an operation.
    pub(crate) fn callbacks(&mut self, operation: &Origin, callbacks: &mut Vec<Callback>) {
        let place = operation.child("callbacks");
        let Some(names) = self.resolved.node(&place).and_then(Node::as_object) else { return };
        for name in names.keys() {
            let callback = self.resolved.follow(&place.child(name));
            let Some(expressions) = self.resolved.node(&callback).and_then(Node::as_object) else { continue };
            for expression in expressions.keys().filter(|expression| !expression.starts_with("x-")) {
                let item = callback.child(expression);
                self.check_path_item(&item);
                self.note_parameters(&self.resolved.follow(&item));
                for (_, origin) in self.operations_of(&item) {
                    self.note_parameters(&origin);
                    callbacks.extend(self.callback(origin, name, Some(expression)));
                }
            }
        }
    }

    /// What stands in the address is the caller's own business.
    fn note_parameters(&mut self, holder: &Origin) {
        let parameters = holder.child("parameters");
        if self.resolved.node(&parameters).and_then(Node::as_array).is_some_and(|list| !list.is_empty()) {
            let help = "only the body of what is posted is read";
            self.schemas.diagnostics.passed_over(parameters, "the list of parameters of a callback", help);
        }
    }

    /// What is posted at places that the description does not name: the webhooks of a file.
    pub(crate) fn webhooks(&mut self, root: &Origin, filter: &Filter) -> (Vec<Callback>, Vec<Candidate<'d>>) {
        let place = root.child("webhooks");
        let names =
            self.resolved.node(&place).and_then(Node::as_object).into_iter().flat_map(|webhooks| webhooks.keys());
        let (mut callbacks, mut candidates) = (Vec::new(), Vec::new());
        for name in names {
            let item = place.child(name);
            for (_, origin) in self.operations_of(&item) {
                let candidate = self.candidate(&origin, None);
                if filter.wants(&candidate) {
                    self.check_path_item(&item);
                    self.note_parameters(&origin);
                    callbacks.extend(self.callback(origin, name, None));
                }
                candidates.push(candidate);
            }
        }
        (callbacks, candidates)
    }

    fn callback(&mut self, origin: Origin, name: &str, expression: Option<&str>) -> Option<Callback> {
        let body = self.resolved.follow(&origin.child("requestBody"));
        if self.resolved.node(&body).is_none() {
            let help = "describe what is posted";
            self.schemas.diagnostics.unsupported(origin, "a callback without a request body", help);
            return None;
        }
        let schema = self.json_schema(&body)?;
        let TypeRef::Named(ty) = self.schemas.lower_schema(&schema, &self.casing.type_name(name))?.ty else {
            self.schemas.diagnostics.unsupported(
                schema,
                "a callback body that is not an object with properties",
                "describe its members",
            );
            return None;
        };
        let text = |key: &str| self.resolved.node(&origin)?.get(key)?.as_str().map(str::to_owned);
        let docs = Docs { summary: text("summary"), description: text("description") };
        Some(Callback { name: name.to_owned(), expression: expression.map(str::to_owned), docs, ty, origin })
    }
}
