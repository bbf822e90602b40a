//! One operation: what is sent where, what comes back, and how often.

use std::collections::HashMap;

use super::OperationReader;
use super::media::UnusedMediaTypes;
use crate::api::{Callback, Docs, Server};
use crate::document::{Document, Node, Origin, Value};
use crate::filter::Candidate;
use crate::lower::draft::DraftOperation;
use crate::names;

const SERVERS: &str = "the list of servers";

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'d> OperationReader<'_, 'd> {
    /// The operations of a path item, behind its `$ref` if it has one.
    pub(crate) fn operations_of(&mut self, item: &Origin) -> Vec<(&'static str, Origin)> {
        let item = self.resolved.follow(item);
        let Some(node) = self.resolved.node(&item) else { return Vec::new() };
        METHODS.iter().filter(|method| node.get(method).is_some()).map(|method| (*method, item.child(method))).collect()
    }

    pub(crate) fn check_path_item(&mut self, item: &Origin) {
        let item = self.resolved.follow(item);
        if self.checked_items.insert(item.clone()) {
            self.refuse_servers(&item);
        }
    }

    /// What a filter can know an operation by.
    pub(crate) fn candidate(&self, origin: &Origin, path: Option<&'d str>) -> Candidate<'d> {
        let node = self.resolved.node(origin);
        Candidate {
            id: node.and_then(|node| node.get("operationId")).and_then(Node::as_str),
            tags: node.into_iter().flat_map(tags).collect(),
            path,
        }
    }

    pub(crate) fn operation(
        &mut self,
        item: &Origin,
        origin: &Origin,
        path: &str,
        method: &str,
        callbacks: &mut Vec<Callback>,
    ) -> Option<DraftOperation> {
        let operation = self.resolved.node(origin)?;
        let text = |key: &str| operation.get(key).and_then(Node::as_str).map(str::to_owned);
        self.refuse_servers(origin);
        let id = text("operationId").unwrap_or_else(|| format!("{method} {path}"));
        let name = names::method(self.casing.snake_name(&id));
        // Everything is looked at before anything is given up, so that one run shows all findings.
        let mut unused = UnusedMediaTypes::default();
        let parameters = self.parameters(item, origin, path, &name);
        let request = self.request_body(origin, &name, &mut unused);
        let response = self.response(origin, operation, method, &name, &mut unused);
        self.note_media_types(&unused);
        let statuses = self.documented_statuses(origin, operation);
        let credentials = self.accepted_credentials(origin, operation);
        let certificate = self.asks_for_certificate(origin, operation);
        let scopes = self.scopes(origin);
        let rate_limits = self.rate_limits(origin);
        self.callbacks(origin, callbacks);
        Some(DraftOperation {
            origin: origin.clone(),
            parameters: parameters.ok()?,
            request: request.ok()?,
            response: response.ok()?,
            statuses,
            id,
            wanted_name: name,
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            docs: Docs { summary: text("summary"), description: text("description") },
            deprecated: operation.get("deprecated").is_some_and(|node| node.value == Value::Bool(true)),
            tags: tags(operation).map(str::to_owned).collect(),
            credentials,
            certificate,
            scopes,
            rate_limits,
        })
    }

    fn scopes(&mut self, origin: &Origin) -> Vec<String> {
        let place = origin.child("x-scopes");
        let Some(node) = self.resolved.node(&place) else { return Vec::new() };
        let scopes =
            node.as_array().and_then(|scopes| scopes.iter().map(|scope| scope.as_str().map(str::to_owned)).collect());
        scopes.unwrap_or_else(|| {
            self.schemas.diagnostics.bad_extension(place, "a list of strings");
            Vec::new()
        })
    }

    /// Those of the whole description say no more than that there is a host, which is a setting of the client.
    pub(crate) fn pass_over_servers(&mut self, root: &Origin) {
        if let Some(servers) = self.servers(root) {
            self.schemas.diagnostics.passed_over(servers, SERVERS, "the caller gives the base URL to the client");
        }
    }

    /// Those of one path or operation may mean another host than that of its neighbours.
    fn refuse_servers(&mut self, origin: &Origin) {
        if let Some(servers) = self.servers(origin) {
            self.schemas.diagnostics.not_used(servers, SERVERS, "the caller gives the base URL to the client");
        }
    }

    fn servers(&self, origin: &Origin) -> Option<Origin> {
        let servers = origin.child("servers");
        let is_filled = self.resolved.node(&servers)?.as_array().is_some_and(|servers| !servers.is_empty());
        is_filled.then_some(servers)
    }

    pub(crate) fn refuse_duplicates(&mut self, operations: &[DraftOperation]) {
        let mut ids: HashMap<&str, &Origin> = HashMap::new();
        for operation in operations {
            if let Some(other) = ids.insert(&operation.id, &operation.origin) {
                self.schemas.diagnostics.duplicate_operation_id(operation.origin.clone(), &operation.id, other);
            }
        }
    }
}

/// The tags of an operation.
fn tags(operation: &Node) -> impl Iterator<Item = &str> {
    let tags = operation.get("tags").and_then(Node::as_array).unwrap_or_default();
    tags.iter().filter_map(Node::as_str)
}

/// Where the files that were asked for say that the service is.
pub(crate) fn servers(document: &Document, entries: &[Origin]) -> Vec<Server> {
    let list = |entry: &Origin| {
        let place = entry.child("servers");
        let servers = document.node(&place).and_then(Node::as_array).unwrap_or_default().iter().enumerate();
        let read = |(index, server): (usize, &Node)| {
            let url = server.get("url")?.as_str()?.to_owned();
            Some(Server { origin: place.child(index.to_string()), absolute_url: absolute_url(server, &url), url })
        };
        servers.filter_map(read).collect::<Vec<_>>()
    };
    entries.iter().flat_map(list).collect()
}

/// The URL of a server with the defaults of its variables, if it has a scheme and a host then.
fn absolute_url(server: &Node, url: &str) -> Option<String> {
    let variables = server.get("variables").and_then(Node::as_object).into_iter().flatten();
    let defaults = variables.filter_map(|(name, variable)| Some((name, variable.node.get("default")?.as_str()?)));
    let url = defaults.fold(url.to_owned(), |url, (name, default)| url.replace(&format!("{{{name}}}"), default));
    let is_absolute = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    (is_absolute && !url.contains(['{', '}', '`', ' '])).then_some(url)
}
