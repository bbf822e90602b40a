//! Operations: what is sent where, what comes back, and how often.

pub(in crate::lower) mod bodies;
pub(in crate::lower) mod callbacks;
pub(in crate::lower) mod forms;
pub(in crate::lower) mod groups;
pub(in crate::lower) mod media;
pub(in crate::lower) mod parameters;
pub(in crate::lower) mod rate_limits;
pub(in crate::lower) mod responses;
pub(in crate::lower) mod security;

use std::collections::{HashMap, HashSet};

use self::media::PassedOver;
use super::Lowering;
use crate::Options;
use crate::api::{Api, Callback, Docs, MessageId, Operation, Server, TypeRef};
use crate::document::{Document, Node, Origin, Value};
use crate::filter::Candidate;
use crate::names;

const SERVERS: &str = "the list of servers";

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Lowers every operation of the files that were asked for, and what those operations call back.
pub(in crate::lower) fn lower_operations(
    lowering: &mut Lowering<'_, '_>,
    options: &Options,
) -> (Vec<Operation>, Vec<Callback>) {
    let document = lowering.resolved.document;
    let mut operations = Vec::new();
    let mut callbacks = Vec::new();
    let mut candidates = Vec::new();
    for (name, file) in document.files.iter().take(document.entries) {
        let root = Origin::file(name);
        lowering.pass_over_servers(&root);
        let [paths, webhooks] = ["paths", "webhooks"].map(|keyword| file.root.get(keyword).and_then(Node::as_object));
        if [paths, webhooks].into_iter().flatten().any(|items| !items.is_empty()) {
            lowering.entries.push(root.clone());
        }
        let (posted, told) = lowering.webhooks(&root, &options.filter);
        callbacks.extend(posted);
        candidates.extend(told);
        let Some(paths) = paths else { continue };
        for path in paths.keys().filter(|path| path.starts_with('/')) {
            let item = root.descend(["paths", path]);
            for (method, place) in lowering.operations_of(&item) {
                let candidate = lowering.candidate(&place, Some(path));
                if options.filter.wants(&candidate) {
                    lowering.check_path_item(&item);
                    operations.extend(lowering.operation(&item, &place, path, method, &mut callbacks));
                } else {
                    lowering.left_out.operations += 1;
                }
                candidates.push(candidate);
            }
        }
    }
    let first = document.files.keys().next().map_or("", String::as_str);
    let paths = Origin::file(first).child("paths");
    for wanted in options.filter.without_effect(&candidates) {
        lowering.diagnostics.filter_without_effect(paths.clone(), &wanted);
    }
    if operations.is_empty() && callbacks.is_empty() && !lowering.diagnostics.has_errors() {
        lowering.diagnostics.no_operation(paths);
    }
    lowering.note_limits_of_no_units();
    lowering.refuse_duplicates(&operations);
    name_methods(&mut operations);
    (operations, callbacks)
}

impl<'d> Lowering<'_, 'd> {
    /// The operations of a path item, behind its `$ref` if it has one.
    pub(in crate::lower) fn operations_of(&mut self, item: &Origin) -> Vec<(&'static str, Origin)> {
        let item = self.resolved.follow(item);
        let Some(node) = self.resolved.node(&item) else { return Vec::new() };
        METHODS.iter().filter(|method| node.get(method).is_some()).map(|method| (*method, item.child(method))).collect()
    }

    pub(in crate::lower) fn check_path_item(&mut self, item: &Origin) {
        let item = self.resolved.follow(item);
        if self.checked_items.insert(item.clone()) {
            self.refuse_servers(&item);
        }
    }

    /// What a filter can know an operation by.
    pub(in crate::lower) fn candidate(&self, origin: &Origin, path: Option<&'d str>) -> Candidate<'d> {
        let node = self.resolved.node(origin);
        let tags = node.and_then(|node| node.get("tags")).and_then(Node::as_array).unwrap_or_default();
        Candidate {
            id: node.and_then(|node| node.get("operationId")).and_then(Node::as_str),
            tags: tags.iter().filter_map(Node::as_str).collect(),
            path,
        }
    }

    fn operation(
        &mut self,
        item: &Origin,
        origin: &Origin,
        path: &str,
        method: &str,
        callbacks: &mut Vec<Callback>,
    ) -> Option<Operation> {
        let operation = self.resolved.node(origin)?;
        let text = |key: &str| operation.get(key).and_then(Node::as_str).map(str::to_owned);
        self.refuse_servers(origin);
        let id = text("operationId").unwrap_or_else(|| format!("{method} {path}"));
        let name = names::method(names::snake_name(&id));
        // Everything is looked at before anything is given up, so that one run shows all findings.
        let mut passed_over = PassedOver::default();
        let parameters = self.parameters(item, origin, path, &name);
        let request = self.request_body(origin, &name, &mut passed_over);
        let reply = self.reply(origin, operation, method, &name, &mut passed_over);
        self.note_media_types(&passed_over);
        let responses = self.responses(origin, operation);
        let credentials = self.accepted_credentials(origin, operation);
        let certificate = self.asks_for_certificate(origin, operation);
        let scopes = self.scopes(origin);
        let rate_limits = self.rate_limits(origin);
        self.callbacks(origin, callbacks);
        Some(Operation {
            origin: origin.clone(),
            parameters: parameters.ok()?,
            request: request.ok()?,
            reply: reply.ok()?,
            responses,
            id,
            name,
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            docs: Docs { summary: text("summary"), description: text("description") },
            deprecated: operation.get("deprecated").is_some_and(|node| node.value == Value::Bool(true)),
            credentials,
            certificate,
            sample_credential: None,
            scopes,
            rate_limits,
            examples: Vec::new(),
        })
    }

    fn scopes(&mut self, origin: &Origin) -> Vec<String> {
        let place = origin.child("x-scopes");
        let Some(node) = self.resolved.node(&place) else { return Vec::new() };
        let scopes =
            node.as_array().and_then(|scopes| scopes.iter().map(|scope| scope.as_str().map(str::to_owned)).collect());
        scopes.unwrap_or_else(|| {
            self.diagnostics.bad_extension(place, "a list of strings");
            Vec::new()
        })
    }

    /// Those of the whole description say no more than that there is a host, which is a setting of the client.
    fn pass_over_servers(&mut self, root: &Origin) {
        if let Some(servers) = self.servers(root) {
            self.diagnostics.passed_over(servers, SERVERS, "the caller gives the base URL to the client");
        }
    }

    /// Those of one path or operation may mean another host than that of its neighbours.
    fn refuse_servers(&mut self, origin: &Origin) {
        if let Some(servers) = self.servers(origin) {
            self.diagnostics.not_used(servers, SERVERS, "the caller gives the base URL to the client");
        }
    }

    fn servers(&self, origin: &Origin) -> Option<Origin> {
        let servers = origin.child("servers");
        let is_filled = self.resolved.node(&servers)?.as_array().is_some_and(|servers| !servers.is_empty());
        is_filled.then_some(servers)
    }

    fn refuse_duplicates(&mut self, operations: &[Operation]) {
        let mut ids: HashMap<&str, &Origin> = HashMap::new();
        for operation in operations {
            if let Some(other) = ids.insert(&operation.id, &operation.origin) {
                self.diagnostics.duplicate_operation_id(operation.origin.clone(), &operation.id, other);
            }
        }
    }
}

/// Where the files that were asked for say that the service is.
pub(in crate::lower) fn servers(document: &Document, entries: &[Origin]) -> Vec<Server> {
    let list = |entry: &Origin| {
        let place = entry.child("servers");
        let servers = document.node(&place).and_then(Node::as_array).unwrap_or_default().iter().enumerate();
        let read = |(index, server): (usize, &Node)| {
            let url = server.get("url")?.as_str()?.to_owned();
            Some(Server { origin: place.child(index.to_string()), url })
        };
        servers.filter_map(read).collect::<Vec<_>>()
    };
    entries.iter().flat_map(list).collect()
}

/// Gives each method of the client a name of its own; which one keeps the name does not depend on the order of the text.
fn name_methods(operations: &mut [Operation]) {
    let mut order: Vec<usize> = (0..operations.len()).collect();
    order.sort_by(|one, other| operations[*one].id.cmp(&operations[*other].id));
    let mut taken: HashSet<String> = HashSet::new();
    for index in order {
        let name = names::free(&operations[index].name, |name| !taken.contains(name));
        taken.insert(name.clone());
        operations[index].name = name;
    }
}

/// Says of each request which member is the id of the message: a string that JSON calls `messageId`.
///
/// A member of that name and another type is something else, which no error could give back as text.
pub(in crate::lower) fn find_message_ids(api: &mut Api) {
    for request in api.operations.iter_mut().filter_map(|operation| operation.request.as_mut()) {
        let TypeRef::Named(id) = request.ty else { continue };
        let fields = api.types[id.0].fields();
        let field = fields.iter().find(|field| field.wire_name == "messageId" && field.ty == TypeRef::String);
        request.message_id = field.map(|field| MessageId { field: field.name.clone(), required: field.required });
    }
}
