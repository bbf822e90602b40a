//! One operation: its parameters, bodies, responses, security and rate limits.

use std::collections::HashMap;

use super::OperationReader;
use super::callbacks::{CallbackRequest, callback_requests};
use super::media::UnusedMediaTypes;
use super::parameters::OperationParameters;
use crate::api::{Callback, Docs, Server, ServerVariable};
use crate::document::{Cursor, Node};
use crate::lower::draft::DraftOperation;
use crate::names;
use crate::options::{Candidate, Place};
use crate::resolve::Resolved;

const SERVERS: &str = "`servers`";

/// The number of properties that take as much code as an operation.
const PARTS: usize = 7;

/// The keywords of a Path Item Object that hold an operation.
pub(crate) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'d> OperationReader<'_, 'd> {
    /// Checks the parts of a path item that are not part of an operation.
    pub(crate) fn check_path_item(&mut self, item: &Cursor<'d>) {
        if self.checked.insert(item.clone()) {
            self.refuse_servers(item);
        }
    }

    pub(crate) fn operation(
        &mut self,
        item: &Cursor<'d>,
        operation: &Cursor<'d>,
        path: &'d str,
        method: &'d str,
        callbacks: &mut Vec<Callback>,
    ) -> Vec<DraftOperation<'d>> {
        let text = |key: &str| operation.text(key).map(str::to_owned);
        if !self.schemas.has_room(operation, PARTS) {
            return Vec::new();
        }
        self.refuse_servers(operation);
        let id = text("operationId").unwrap_or_else(|| format!("{method} {path}"));
        let name = names::method(self.casing.snake_name(&id));
        let caller = candidate(operation, method, Place::Path(path));
        // Every part is read before the first failure returns, so that one run reports all findings.
        let mut unused = UnusedMediaTypes::default();
        let parameters = self.parameters(item, operation, path, &name);
        let requests = self.request_bodies(operation, &name, &mut unused);
        let statuses = self.documented_statuses(operation, &name, &mut unused);
        let response = self.response(operation, method, &name, &mut unused);
        self.note_media_types(&unused);
        let security = self.security(operation);
        let scopes = self.scopes(operation);
        let rate_limits = self.rate_limits(operation);
        self.callbacks(operation, &caller, callbacks);
        let (Ok(parameters), Ok(requests), Ok(response)) = (parameters, requests, response) else { return Vec::new() };
        let OperationParameters { path: sent_path, ty: parameters } = parameters;
        let mut requests = requests.into_iter();
        let main = DraftOperation {
            at: operation.clone(),
            variant: None,
            parameters,
            request: requests.next(),
            response,
            statuses,
            id,
            wanted_name: name,
            method: method.to_ascii_uppercase(),
            path: sent_path,
            stated_path: path,
            docs: Docs { summary: text("summary"), description: text("description") },
            deprecated: operation.flag("deprecated"),
            tags: tags(operation).map(str::to_owned).collect(),
            servers: own_servers(item, operation),
            security,
            scopes,
            rate_limits,
        };
        let variants = requests.map(|request| DraftOperation {
            variant: Some(request.body.media_type.clone()),
            wanted_name: [Some(&*main.wanted_name), request.suffix.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("_"),
            request: Some(request),
            ..main.clone()
        });
        let variants: Vec<_> = variants.collect();
        [vec![main], variants].concat()
    }

    fn scopes(&mut self, operation: &Cursor<'d>) -> Vec<String> {
        let Some(list) = operation.get("x-scopes") else { return Vec::new() };
        let scopes = list.node().as_array().and_then(|scopes| scopes.iter().map(Node::as_str).collect());
        let Some(scopes) = scopes.map(|scopes: Vec<&str>| scopes.into_iter().map(str::to_owned).collect()) else {
            self.schemas.diagnostics.bad_extension(list, "a list of strings");
            return Vec::new();
        };
        scopes
    }

    /// Reports the servers of the whole description in a note: they are a setting of the client.
    pub(crate) fn note_servers(&mut self, root: &Cursor<'d>) {
        if let Some(servers) = filled_servers(root) {
            self.schemas.diagnostics.note_not_used(servers, SERVERS, "pass the base URL to the client");
        }
    }

    /// Reports the servers of a path item or operation in a warning: its host may be another one.
    fn refuse_servers(&mut self, holder: &Cursor<'d>) {
        if let Some(servers) = filled_servers(holder) {
            self.schemas.diagnostics.warn_not_used(servers, SERVERS, "pass the base URL to the client");
        }
    }

    pub(crate) fn refuse_duplicates(&mut self, operations: &[DraftOperation]) {
        self.report_equal_requests(operations);
        let mut ids: HashMap<&str, &Cursor<'_>> = HashMap::new();
        for operation in operations.iter().filter(|operation| operation.variant.is_none()) {
            if let Some(other) = ids.insert(&operation.id, &operation.at) {
                self.schemas.diagnostics.duplicate_operation_id(&operation.at, &operation.id, &other.origin());
            }
        }
    }

    /// Reports operations with the same method and path: an error in two files, and a warning in one, where their parameters
    /// have different names.
    fn report_equal_requests(&mut self, operations: &[DraftOperation]) {
        let mut requests: HashMap<(&str, String), &DraftOperation> = HashMap::new();
        for operation in operations.iter().filter(|operation| operation.variant.is_none()) {
            let DraftOperation { at, method, stated_path: path, .. } = operation;
            let Some(other) = requests.insert((method, without_names(path)), operation) else { continue };
            let origin = other.at.origin();
            if other.at.file() == at.file() && other.stated_path != *path {
                self.schemas.diagnostics.same_path(at, path, &origin);
            } else {
                self.schemas.diagnostics.duplicate_operation(at, method, path, &origin);
            }
        }
    }
}

/// A path without the names of its parameters.
fn without_names(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + "{}" + piece.split_once('}').map_or("", |(_, rest)| rest))
}

/// An operation as it is written.
pub(crate) struct Found<'d> {
    /// The root file.
    pub(crate) root: Cursor<'d>,
    /// The path item in the root file, which may be a reference.
    pub(crate) written: Cursor<'d>,
    /// The path item behind the references.
    pub(crate) item: Cursor<'d>,
    pub(crate) operation: Cursor<'d>,
    pub(crate) candidate: Candidate<'d>,
    /// The operation that has it, if it is a callback.
    pub(crate) caller: Option<Candidate<'d>>,
}

/// All operations and webhooks of the root files, and their callbacks.
pub(crate) fn all_operations<'d>(resolved: &Resolved<'d>) -> Vec<Found<'d>> {
    let document = resolved.document;
    let mut all = Vec::new();
    for root in document.roots().take(document.entries) {
        let paths = root.object("paths").map(|(path, item)| (Place::Path(path), item));
        let webhooks = root.object("webhooks").map(|(name, item)| (Place::Webhook(name), item));
        for (place, written) in paths.chain(webhooks) {
            let item = resolved.follow(&written);
            for (method, operation) in operations_of(&item) {
                let caller = candidate(&operation, method, place);
                let callbacks = callback_requests(resolved, &operation, &caller).into_iter();
                all.extend(callbacks.map(|request| {
                    let CallbackRequest { written, item, operation, candidate, .. } = request;
                    Found { root: root.clone(), written, item, operation, candidate, caller: Some(caller.clone()) }
                }));
                let (root, written, item) = (root.clone(), written.clone(), item.clone());
                all.push(Found { root, written, item, operation, candidate: caller, caller: None });
            }
        }
    }
    all
}

/// The operations of a path item with their methods.
pub(crate) fn operations_of<'d>(item: &Cursor<'d>) -> impl Iterator<Item = (&'static str, Cursor<'d>)> {
    METHODS.iter().filter_map(|method| Some((*method, item.get(method)?)))
}

/// The properties of an operation that filters compare.
pub(crate) fn candidate<'d>(operation: &Cursor<'d>, method: &'d str, place: Place<'d>) -> Candidate<'d> {
    Candidate { id: operation.text("operationId"), tags: tags(operation).collect(), method, place }
}

/// The tags of an operation.
pub(super) fn tags<'d>(operation: &Cursor<'d>) -> impl Iterator<Item = &'d str> + use<'d> {
    operation.array("tags").filter_map(|tag| tag.as_str())
}

/// The list of servers, if it is not empty.
fn filled_servers<'d>(holder: &Cursor<'d>) -> Option<Cursor<'d>> {
    holder.get("servers").filter(|servers| servers.item(0).is_some())
}

/// The servers of an operation, or else those of its path item.
fn own_servers(item: &Cursor<'_>, operation: &Cursor<'_>) -> Vec<Server> {
    filled_servers(operation).map_or_else(|| servers(item), |_| servers(operation))
}

/// The servers of a root file, a path item or an operation.
pub(crate) fn servers(holder: &Cursor<'_>) -> Vec<Server> {
    let read = |server: Cursor<'_>| {
        let url = server.text("url")?.to_owned();
        let variables = server.object("variables").filter_map(|(name, variable)| server_variable(name, &variable));
        Some(Server {
            origin: server.origin(),
            absolute_url: absolute_url(&server, &url),
            variables: variables.collect(),
            url,
        })
    };
    holder.array("servers").filter_map(read).collect()
}

fn server_variable(name: &str, variable: &Cursor<'_>) -> Option<ServerVariable> {
    let values = variable.array("enum").filter_map(|value| value.as_str().map(str::to_owned));
    Some(ServerVariable {
        origin: variable.origin(),
        name: name.to_owned(),
        default: variable.text("default")?.to_owned(),
        values: values.collect(),
    })
}

/// The URL of a server with the defaults of its variables, if it has a scheme and a host then.
fn absolute_url(server: &Cursor<'_>, url: &str) -> Option<String> {
    let variables = server.get("variables");
    let mut pieces = url.split('{');
    let mut url = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}')?;
        url.extend([variables.as_ref()?.get(name)?.text("default")?, rest]);
    }
    let is_absolute = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    (is_absolute && !url.contains(['{', '}', '`', ' '])).then_some(url)
}
