//! Callbacks and webhooks: requests of the service to an address of the caller.

use super::OperationReader;
use super::operation::{candidate, operations_of, tags};
use crate::api::{Callback, Docs, TypeRef};
use crate::document::Cursor;
use crate::options::{Candidate, Place};
use crate::resolve::Resolved;

/// A request of a callback.
pub(crate) struct CallbackRequest<'d> {
    /// The name of the callback.
    name: &'d str,
    /// The expression of its URL.
    expression: &'d str,
    /// The path item in the callback, which may be a reference.
    pub(crate) written: Cursor<'d>,
    /// The path item behind the references.
    pub(crate) item: Cursor<'d>,
    pub(crate) operation: Cursor<'d>,
    pub(crate) candidate: Candidate<'d>,
}

/// The requests of the callbacks of an operation.
pub(crate) fn callback_requests<'d>(
    resolved: &Resolved<'d>,
    operation: &Cursor<'d>,
    caller: &Candidate<'d>,
) -> Vec<CallbackRequest<'d>> {
    // A callback has no callbacks of its own, and neither has a webhook.
    let Place::Path(path) = caller.place else { return Vec::new() };
    let mut requests = Vec::new();
    for (name, callback) in operation.object("callbacks") {
        let callback = resolved.follow(&callback);
        for (expression, written) in callback.properties().filter(|(name, _)| !name.starts_with("x-")) {
            let item = resolved.follow(&written);
            let place = Place::Callback { expression, method: caller.method, path };
            requests.extend(operations_of(&item).map(|(method, operation)| CallbackRequest {
                name,
                expression,
                written: written.clone(),
                item: item.clone(),
                candidate: candidate(&operation, method, place),
                operation,
            }));
        }
    }
    requests
}

impl<'d> OperationReader<'_, 'd> {
    /// Reads the callbacks of an operation.
    pub(crate) fn callbacks(&mut self, operation: &Cursor<'d>, caller: &Candidate<'d>, callbacks: &mut Vec<Callback>) {
        for request in callback_requests(self.resolved, operation, caller) {
            let CallbackRequest { name, expression, item, operation: request, candidate, .. } = request;
            if self.filter.leaves_out(&candidate) {
                self.excluded_events.push(request);
                continue;
            }
            self.check_path_item(&item);
            self.note_parameters(&item);
            if self.events.insert(request.clone()) {
                self.note_parameters(&request);
                callbacks.extend(self.callback(&request, name, Some(expression)));
            }
        }
    }

    /// Keeps the callbacks of an operation that the filter excludes.
    pub(crate) fn exclude_callbacks(&mut self, operation: &Cursor<'d>, caller: &Candidate<'d>) {
        let requests = callback_requests(self.resolved, operation, caller);
        self.excluded_events.extend(requests.into_iter().map(|request| request.operation));
    }

    /// The schemas of the events that the filter excludes.
    pub(crate) fn excluded_schemas(&self) -> Vec<Cursor<'d>> {
        let excluded = self.excluded_events.iter().filter(|request| !self.events.contains(request));
        let bodies = excluded.filter_map(|request| self.resolved.get(request, "requestBody"));
        let media = bodies.flat_map(|body| body.object("content").collect::<Vec<_>>());
        media.filter_map(|(_, media)| media.get("schema")).collect()
    }

    /// Reports parameters in a note: the caller chooses the address.
    fn note_parameters(&mut self, holder: &Cursor<'d>) {
        if let Some(parameters) = holder.get("parameters").filter(|list| list.item(0).is_some()) {
            let help = "only the body of a callback is used";
            self.schemas.diagnostics.note_not_used(parameters, "`parameters` of a callback", help);
        }
    }

    /// Reads the webhooks of a root file.
    pub(crate) fn webhooks(&mut self, root: &Cursor<'d>) -> (Vec<Callback>, Vec<Candidate<'d>>) {
        let (mut callbacks, mut candidates) = (Vec::new(), Vec::new());
        for (name, item) in root.object("webhooks") {
            let item = self.resolved.follow(&item);
            for (method, request) in operations_of(&item) {
                let candidate = candidate(&request, method, Place::Webhook(name));
                if self.filter.selects(&candidate) {
                    self.events.insert(request.clone());
                    self.check_path_item(&item);
                    self.note_parameters(&request);
                    callbacks.extend(self.callback(&request, name, None));
                } else {
                    self.excluded_events.push(request.clone());
                }
                candidates.push(candidate);
            }
        }
        (callbacks, candidates)
    }

    fn callback(&mut self, request: &Cursor<'d>, name: &str, expression: Option<&str>) -> Option<Callback> {
        let Some(body) = self.resolved.get(request, "requestBody") else {
            let help = "describe the body";
            self.schemas.diagnostics.unsupported(request, "a callback without a request body", help);
            return None;
        };
        let schema = self.json_schema(&body)?;
        let lowered = self.schemas.lower_schema(&schema, &self.casing.type_name(name))?;
        let TypeRef::Named(ty) = lowered.ty else {
            let what = "a callback body that is not an object with properties";
            self.schemas.diagnostics.unsupported(schema, what, "describe its properties");
            return None;
        };
        let text = |key: &str| request.text(key).map(str::to_owned);
        Some(Callback {
            name: name.to_owned(),
            id: text("operationId"),
            expression: expression.map(str::to_owned),
            tags: tags(request).map(str::to_owned).collect(),
            docs: Docs { summary: text("summary"), description: text("description") },
            ty,
            origin: request.origin(),
        })
    }
}
