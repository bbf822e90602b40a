//! Operations and callbacks: what is sent where, what comes back, and how often.

use std::cmp::Reverse;

use indexmap::IndexMap;

use super::{Lowering, Reported};
use crate::Options;
use crate::api::{
    Api, Callback, Docs, ErrorBody, MessageId, Operation, RequestBody, Response, TypeDef, TypeId, TypeKind, TypeRef,
};
use crate::filter::Candidate;
use crate::names;
use crate::node::{Node, Value};
use crate::pointer::Origin;

const JSON: &str = "application/json";
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Lowers every operation of the files that were asked for, and what those operations call back.
pub(super) fn lower_operations(lowering: &mut Lowering<'_, '_>, options: &Options) -> (Vec<Operation>, Vec<Callback>) {
    let document = lowering.resolved.document;
    let mut operations = Vec::new();
    let mut callbacks = Vec::new();
    let mut candidates = Vec::new();
    for (name, file) in document.files.iter().take(document.entries) {
        let root = Origin::file(name);
        lowering.refuse_servers(&root);
        let Some(paths) = file.root.get("paths").and_then(Node::as_object) else { continue };
        if !paths.is_empty() {
            lowering.entries.push(root.clone());
        }
        for path in paths.keys().filter(|path| path.starts_with('/')) {
            let item = root.descend(["paths", path]);
            for (method, place) in lowering.operations_of(&item) {
                let candidate = lowering.candidate(&place, path);
                if options.filter.wants(&candidate) {
                    lowering.check_path_item(&item);
                    operations.extend(lowering.operation(&place, path, method, &mut callbacks));
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
    if operations.is_empty() && !lowering.diagnostics.has_errors() {
        lowering.diagnostics.no_operation(paths);
    }
    lowering.note_limits_of_no_units();
    lowering.refuse_duplicates(&operations);
    (operations, callbacks)
}

impl<'d> Lowering<'_, 'd> {
    /// The operations of a path item, behind its `$ref` if it has one.
    fn operations_of(&mut self, item: &Origin) -> Vec<(&'static str, Origin)> {
        let item = self.resolved.follow(item);
        let Some(node) = self.resolved.node(&item) else { return Vec::new() };
        METHODS.iter().filter(|method| node.get(method).is_some()).map(|method| (*method, item.child(method))).collect()
    }

    fn check_path_item(&mut self, item: &Origin) {
        let item = self.resolved.follow(item);
        if self.checked_items.insert(item.clone()) {
            self.refuse_servers(&item);
            self.refuse_parameters(&item);
        }
    }

    /// What a filter can know an operation by.
    fn candidate(&self, origin: &Origin, path: &'d str) -> Candidate<'d> {
        let node = self.resolved.node(origin);
        let tags = node.and_then(|node| node.get("tags")).and_then(Node::as_array).unwrap_or_default();
        Candidate {
            id: node.and_then(|node| node.get("operationId")).and_then(Node::as_str),
            tags: tags.iter().filter_map(Node::as_str).collect(),
            path: Some(path),
        }
    }

    fn operation(
        &mut self,
        origin: &Origin,
        path: &str,
        method: &str,
        callbacks: &mut Vec<Callback>,
    ) -> Option<Operation> {
        let operation = self.resolved.node(origin)?;
        let text = |key: &str| operation.get(key).and_then(Node::as_str).map(str::to_owned);
        self.refuse_servers(origin);
        self.refuse_parameters(origin);
        if path.contains(['{', '}', '?', '#']) {
            let help = "paths without parameters are supported";
            self.diagnostics.unsupported(origin.clone(), &format!("a parameter in the path `{path}`"), help);
        }
        let id = text("operationId").unwrap_or_else(|| format!("{method} {path}"));
        let name = names::method(names::snake_name(&id));
        // Everything is looked at before anything is given up, so that one run shows all findings.
        let request = self.request_body(origin, &name);
        let reply = self.reply(origin, operation, &name);
        let responses = self.responses(origin, operation);
        let credentials = self.accepted_credentials(origin, operation);
        let scopes = self.scopes(origin);
        let rate_limits = self.rate_limits(origin);
        self.callbacks(origin, callbacks);
        Some(Operation {
            origin: origin.clone(),
            request: request?,
            reply: reply.ok()?,
            responses,
            id,
            name,
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            docs: Docs { summary: text("summary"), description: text("description") },
            deprecated: operation.get("deprecated").is_some_and(|node| node.value == Value::Bool(true)),
            credentials,
            sample_credential: None,
            scopes,
            rate_limits,
            examples: Vec::new(),
        })
    }

    fn request_body(&mut self, origin: &Origin, name: &str) -> Option<RequestBody> {
        let body = self.resolved.follow(&origin.child("requestBody"));
        let Some(node) = self.resolved.node(&body) else {
            self.diagnostics.unsupported(
                origin.clone(),
                "an operation without a request body",
                "operations that send JSON are supported",
            );
            return None;
        };
        if node.get("required").map(Node::to_json) != Some(serde_json::Value::Bool(true)) {
            self.diagnostics.unsupported(body.clone(), "an optional request body", "set `required: true`");
        }
        let argument = self.argument(origin);
        let schema = self.json_schema(&body)?;
        let type_name = names::type_name(name);
        let used = self.use_schema_at(&schema, &format!("{type_name}Request"))?;
        let TypeRef::Named(ty) = used.ty else {
            self.diagnostics.unsupported(
                schema,
                "a request body that is not an object with properties",
                "describe its members",
            );
            return None;
        };
        // The members of the type are read later.
        Some(RequestBody { argument: argument?, ty, message_id: None })
    }

    /// The schema of the JSON that a body or a response holds; the other media types are named in a warning.
    fn json_schema(&mut self, holder: &Origin) -> Option<Origin> {
        let content = holder.child("content");
        let types = self.resolved.node(&content).and_then(Node::as_object)?;
        for media_type in types.keys().filter(|media_type| *media_type != JSON && types.contains_key(JSON)) {
            let what = format!("the media type `{media_type}`");
            self.diagnostics.not_used(content.child(media_type), &what, "JSON is sent and asked for");
        }
        if !types.contains_key(JSON) {
            let found = types.keys().map(String::as_str).collect::<Vec<_>>().join("`, `");
            let help = format!("describe an `{JSON}` body");
            self.diagnostics.unsupported(content, &format!("a body of media type `{found}`"), &help);
            return None;
        }
        let schema = content.descend([JSON, "schema"]);
        if self.resolved.node(&schema).is_none() {
            let help = "give the media type a `schema`";
            self.diagnostics.unsupported(content.child(JSON), "a body without a schema", help);
            return None;
        }
        Some(schema)
    }

    fn argument(&mut self, origin: &Origin) -> Option<String> {
        const EXTENSION: &str = "x-codegen-request-body-name";
        let Some(node) = self.resolved.node(origin)?.get(EXTENSION) else { return Some("body".to_owned()) };
        let name = node.as_str().map(names::snake_name).map(names::argument);
        if name.is_none() {
            self.diagnostics.bad_extension(origin.child(EXTENSION), "a name, such as `message`");
        }
        name
    }

    /// The type of the body of a success; `None` where the body is empty.
    fn reply(&mut self, origin: &Origin, operation: &Node, name: &str) -> Result<Option<TypeRef>, Reported> {
        let type_name = names::type_name(name);
        let mut replies: Vec<(Origin, Option<TypeRef>)> = Vec::new();
        for status in statuses(operation) {
            let response = self.resolved.follow(&origin.descend(["responses", &status]));
            let has_content = self.resolved.node(&response).is_some_and(|node| node.get("content").is_some());
            if !status.starts_with('2') {
                if has_content {
                    self.error_body(&response, &type_name);
                }
                continue;
            }
            let ty = if has_content {
                let schema = self.json_schema(&response).ok_or(Reported)?;
                Some(self.use_schema_at(&schema, &format!("{type_name}Reply")).ok_or(Reported)?.ty)
            } else {
                None
            };
            replies.push((response, ty));
        }
        if let Some((other, _)) = replies.iter().find(|(_, ty)| *ty != replies[0].1) {
            let help = "let every success have the same body";
            self.diagnostics.unsupported(other.clone(), "a second kind of success", help);
        }
        if let Some((_, ty)) = replies.into_iter().next() {
            return Ok(ty);
        }
        let help = "describe the status of a success, such as `200`";
        self.diagnostics.unsupported(origin.child("responses"), "an operation that never succeeds", help);
        Err(Reported)
    }

    /// Adds the types that an error reply may hold: the schema's own, or each alternative of its `anyOf` or `oneOf`.
    fn error_body(&mut self, response: &Origin, name: &str) {
        let Some(schema) = self.json_schema(response) else { return };
        let schema = self.target(&schema);
        let alternatives = ["anyOf", "oneOf"].into_iter().find_map(|keyword| {
            let count = self.resolved.node(&schema)?.get(keyword)?.as_array()?.len();
            Some((0..count).map(|index| schema.descend([keyword, &index.to_string()])).collect())
        });
        if alternatives.is_some() {
            self.refuse_keywords_at(&schema, "beside alternatives", &["anyOf", "oneOf"]);
        }
        for place in alternatives.unwrap_or_else(|| vec![schema]) {
            match self.use_schema_at(&place, &format!("{name}Error")).map(|used| used.ty) {
                Some(TypeRef::Named(id)) if self.error_bodies.contains(&id) => {}
                Some(TypeRef::Named(id)) => self.error_bodies.push(id),
                Some(_) => {
                    let help = "describe its members";
                    self.diagnostics.unsupported(place, "an error body that is not an object with properties", help);
                }
                None => {}
            }
        }
    }

    fn responses(&self, origin: &Origin, operation: &Node) -> Vec<Response> {
        let describe = |status: String| {
            let response = self.resolved.follow(&origin.descend(["responses", &status]));
            let description = self.resolved.node(&response)?.get("description")?.as_str()?.to_owned();
            Some(Response { status, description })
        };
        statuses(operation).into_iter().filter_map(describe).collect()
    }

    fn callbacks(&mut self, operation: &Origin, callbacks: &mut Vec<Callback>) {
        let place = operation.child("callbacks");
        let Some(names) = self.resolved.node(&place).and_then(Node::as_object) else { return };
        for name in names.keys() {
            let callback = self.resolved.follow(&place.child(name));
            let Some(expressions) = self.resolved.node(&callback).and_then(Node::as_object) else { continue };
            for expression in expressions.keys().filter(|expression| !expression.starts_with("x-")) {
                let item = callback.child(expression);
                self.check_path_item(&item);
                for (_, origin) in self.operations_of(&item) {
                    callbacks.extend(self.callback(origin, name, expression));
                }
            }
        }
    }

    fn callback(&mut self, origin: Origin, name: &str, expression: &str) -> Option<Callback> {
        let body = self.resolved.follow(&origin.child("requestBody"));
        if self.resolved.node(&body).is_none() {
            let help = "describe what is posted";
            self.diagnostics.unsupported(origin, "a callback without a request body", help);
            return None;
        }
        let schema = self.json_schema(&body)?;
        let TypeRef::Named(ty) = self.use_schema_at(&schema, &names::type_name(name))?.ty else {
            self.diagnostics.unsupported(
                schema,
                "a callback body that is not an object with properties",
                "describe its members",
            );
            return None;
        };
        let text = |key: &str| self.resolved.node(&origin)?.get(key)?.as_str().map(str::to_owned);
        let docs = Docs { summary: text("summary"), description: text("description") };
        Some(Callback { expression: expression.to_owned(), docs, ty, origin })
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

    fn refuse_servers(&mut self, origin: &Origin) {
        let servers = origin.child("servers");
        if self.resolved.node(&servers).and_then(Node::as_array).is_some_and(|servers| !servers.is_empty()) {
            self.diagnostics.not_used(servers, "the list of servers", "the caller gives the base URL to the client");
        }
    }

    fn refuse_parameters(&mut self, origin: &Origin) {
        let parameters = origin.child("parameters");
        let count = self.resolved.node(&parameters).and_then(Node::as_array).map_or(0, <[Node]>::len);
        for index in 0..count {
            let help = "operations that send all they need in the body are supported";
            self.diagnostics.unsupported(parameters.child(index.to_string()), "a parameter", help);
        }
    }

    fn refuse_duplicates(&mut self, operations: &[Operation]) {
        let mut names: IndexMap<&str, &Operation> = IndexMap::new();
        for operation in operations {
            match names.get(operation.name.as_str()) {
                Some(other) if other.id == operation.id => {
                    self.diagnostics.duplicate_operation_id(operation.origin.clone(), &operation.id, &other.origin);
                }
                Some(other) => self.diagnostics.name_clash(operation.origin.clone(), &operation.name, &other.origin),
                None => {
                    names.insert(&operation.name, operation);
                }
            }
        }
    }
}

/// The documented statuses, in the order of the description, `default` last.
fn statuses(operation: &Node) -> Vec<String> {
    let statuses = operation.get("responses").and_then(Node::as_object);
    let names = statuses.into_iter().flat_map(|statuses| statuses.keys().filter(|name| !name.starts_with("x-")));
    let (default, codes): (Vec<_>, Vec<_>) = names.cloned().partition(|name| name == "default");
    codes.into_iter().chain(default).collect()
}

/// Says of each request which member is the id of the message: a string that JSON calls `messageId`.
///
/// A member of that name and another type is something else, which no error could give back as text.
pub(super) fn find_message_ids(api: &mut Api) {
    for operation in &mut api.operations {
        let fields = api.types[operation.request.ty.0].fields();
        let field = fields.iter().find(|field| field.wire_name == "messageId" && field.ty == TypeRef::String);
        operation.request.message_id =
            field.map(|field| MessageId { field: field.name.clone(), required: field.required });
    }
}

/// How each error body is told from the others, and from a body that nobody described.
pub(super) fn describe_error_bodies(types: &[TypeDef], bodies: &[TypeId]) -> Vec<ErrorBody> {
    let known_by = |id: &TypeId| {
        let TypeKind::Struct(body) = &types[id.0].kind else { return Vec::new() };
        let members = |required: bool| body.fields.iter().filter(move |field| field.required || !required);
        let wanted = members(true).next().is_some();
        members(wanted).map(|field| field.wire_name.clone()).collect()
    };
    let mut bodies: Vec<_> = bodies.iter().map(|id| ErrorBody { ty: *id, known_by: known_by(id) }).collect();
    // What asks for more tells more; among equals the order of the description stays.
    bodies.sort_by_key(|body| Reverse(types[body.ty.0].fields().iter().filter(|field| field.required).count()));
    bodies
}
