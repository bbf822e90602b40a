//! The JSON bodies of a description, with their types in the crate and their examples.

use std::collections::BTreeSet;

use infobip_tests::spec::Spec;
use serde_json::Value;
use wirecrate_codegen::Api;
use wirecrate_codegen::api::{ErrorBody, Operation, ResponseBody, ResponseValue};

use crate::emitted_crates::Target;

/// A body.
pub(crate) struct Body {
    /// The operation or webhook.
    pub(crate) operation: String,
    pub(crate) role: Role,
    /// The location of its schema in the media type, which may be a reference: a translation may redirect it.
    pub(crate) schema: String,
    /// The location of its schema past references.
    pub(crate) resolved: String,
    /// The types that it may decode as; one of them must do.
    pub(crate) targets: Vec<Target>,
    /// The published examples with their locations.
    pub(crate) examples: Vec<(String, Value)>,
}

/// The purpose of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Request,
    Reply,
    Error,
    /// An event that the service posts to an address of the caller.
    Report,
    /// Part of any of them, with examples of its own.
    Part,
}

/// A location in a description, past references.
#[derive(Clone, Debug)]
struct Place {
    file: String,
    pointer: String,
}

impl Place {
    fn value<'a>(&self, spec: &'a Spec) -> Option<&'a Value> {
        spec.documents.get(&self.file)?.pointer(&self.pointer)
    }

    fn member(&self, name: &str) -> Self {
        let token = name.replace('~', "~0").replace('/', "~1");
        Self { file: self.file.clone(), pointer: format!("{}/{token}", self.pointer) }
    }

    /// The location of a property, past its references; none if there is nothing.
    fn child(&self, spec: &Spec, name: &str) -> Option<Self> {
        let mut place = self.member(name);
        while let Some(reference) = place.value(spec)?.get("$ref").and_then(Value::as_str) {
            let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
            let file = if file.is_empty() { place.file } else { file.to_owned() };
            place = Self { file, pointer: pointer.to_owned() };
        }
        Some(place)
    }

    fn children(&self, spec: &Spec) -> Vec<(String, Self)> {
        let members = self.value(spec).and_then(Value::as_object).into_iter().flatten();
        members.filter_map(|(name, _)| Some((name.clone(), self.child(spec, name)?))).collect()
    }

    fn name(&self) -> String {
        format!("{}#{}", self.file, self.pointer)
    }
}

/// The bodies of the operations that are in the crate, and of all webhooks and callbacks.
pub(super) fn find(spec: &Spec, api: &Api) -> Vec<Body> {
    let mut bodies = Vec::new();
    let mut finder = Finder { spec, api, bodies: &mut bodies };
    for operation in &api.operations {
        let pointer = operation.origin.pointer.to_string().trim_start_matches('#').to_owned();
        finder.add_operation(operation, &Place { file: operation.origin.file.to_string(), pointer });
    }
    for file in spec.documents.keys() {
        let root = Place { file: file.clone(), pointer: String::new() };
        for (name, item) in root.child(spec, "webhooks").map(|hooks| hooks.children(spec)).unwrap_or_default() {
            finder.add_reports(&name, &item);
        }
    }
    finder.add_parts();
    bodies
}

/// The locations of the schemas of all JSON requests of a description, in the crate or not.
pub(super) fn request_schemas(spec: &Spec) -> BTreeSet<String> {
    let mut schemas = BTreeSet::new();
    for file in spec.documents.keys() {
        let root = Place { file: file.clone(), pointer: String::new() };
        let items = root.child(spec, "paths").map(|paths| paths.children(spec)).unwrap_or_default();
        for (_, operation) in items.iter().flat_map(|(_, item)| item.children(spec)) {
            let content = operation.child(spec, "requestBody").and_then(|request| request.child(spec, "content"));
            let media = content.map(|content| content.children(spec)).unwrap_or_default();
            let json = media.iter().filter(|(name, media)| json_schema(spec, name, media).is_some());
            schemas.extend(json.map(|(_, media)| format!("{}/schema", media.name())));
        }
    }
    schemas
}

/// The schema of JSON content; `None` if there is none, or if it means bytes under the name of JSON.
fn json_schema(spec: &Spec, media_type: &str, media: &Place) -> Option<Place> {
    let schema = media.child(spec, "schema").filter(|_| media_type.contains("json"))?;
    let is_bytes = schema.value(spec)?.get("format").is_some_and(|format| format == "binary");
    (!is_bytes).then_some(schema)
}

struct Finder<'a> {
    spec: &'a Spec,
    api: &'a Api,
    bodies: &'a mut Vec<Body>,
}

impl Finder<'_> {
    fn add_operation(&mut self, operation: &Operation, place: &Place) {
        let spec = self.spec;
        // An additional method sends the same message with another encoding.
        if operation.variant.is_some() {
            return;
        }
        if let Some(request) = place.child(spec, "requestBody") {
            let target = operation.request.as_ref().and_then(|body| Target::of(self.api, &body.ty));
            let targets: Vec<_> = target.map(|target| target.checked_by(self.api, operation)).into_iter().collect();
            self.add(&operation.id, Role::Request, &request, &targets);
        }
        for (status, response) in place.child(spec, "responses").map(|all| all.children(spec)).unwrap_or_default() {
            if status.starts_with('2') {
                let bodies = success_bodies(operation, &status);
                let reply: Vec<_> = bodies.filter_map(|body| Target::of(self.api, &body.ty)).collect();
                self.add(&operation.id, Role::Reply, &response, &reply);
            } else {
                self.add(&operation.id, Role::Error, &response, &[]);
            }
        }
        for (_, callback) in place.child(spec, "callbacks").map(|all| all.children(spec)).unwrap_or_default() {
            for (expression, item) in callback.children(spec) {
                self.add_reports(&expression, &item);
            }
        }
    }

    fn add_reports(&mut self, name: &str, item: &Place) {
        for (_, operation) in item.children(self.spec) {
            if let Some(request) = operation.child(self.spec, "requestBody") {
                self.add(name, Role::Report, &request, &[]);
            }
        }
    }

    /// Adds the types whose own schemas have examples.
    fn add_parts(&mut self) {
        for definition in &self.api.types {
            let pointer = definition.origin.pointer.to_string().trim_start_matches('#').to_owned();
            let place = Place { file: definition.origin.file.to_string(), pointer };
            let mut examples: Vec<_> = place.child(self.spec, "example").into_iter().collect();
            let several = place.child(self.spec, "examples").map(|list| (list.value(self.spec), list));
            if let Some((Some(Value::Array(items)), list)) = several {
                examples.extend((0..items.len()).map(|index| list.member(&index.to_string())));
            }
            if examples.is_empty() {
                continue;
            }
            self.bodies.push(Body {
                operation: definition.name.clone(),
                role: Role::Part,
                schema: place.name(),
                resolved: place.name(),
                targets: vec![Target::named(&self.api.options.name, &definition.name)],
                examples: values(self.spec, examples),
            });
        }
    }

    /// Adds the JSON content of a request body or response.
    fn add(&mut self, operation: &str, role: Role, holder: &Place, given: &[Target]) {
        let spec = self.spec;
        let content = holder.child(spec, "content").map(|content| content.children(spec)).unwrap_or_default();
        for (name, media) in &content {
            let Some(schema) = json_schema(spec, name, media) else {
                continue;
            };
            let examples = examples(spec, media);
            let targets = if given.is_empty() { self.types_of(role, &schema, &examples) } else { given.to_owned() };
            let resolved = schema.name();
            let (operation, schema) = (operation.to_owned(), format!("{}/schema", media.name()));
            self.bodies.push(Body { operation, role, schema, resolved, targets, examples });
        }
    }

    /// The type of a schema; for errors also the types that are recognised by their properties.
    fn types_of(&self, role: Role, schema: &Place, examples: &[(String, Value)]) -> Vec<Target> {
        let package = &self.api.options.name;
        let made = self.api.types.iter().find(|definition| definition.origin.to_string() == schema.name());
        let alone = |schema: &Place| {
            // A report may be an `allOf` of a single schema.
            let parts = schema.value(self.spec)?.get("allOf")?.as_array()?;
            let [part] = &parts[..] else { return None };
            let place = part.get("$ref")?.as_str()?.to_owned();
            let place = if place.starts_with('#') { format!("{}{place}", schema.file) } else { place };
            self.api.types.iter().find(|definition| definition.origin.to_string() == place)
        };
        if let Some(definition) = made.or_else(|| alone(schema)) {
            return vec![Target::named(package, &definition.name)];
        }
        let fits = |body: &&ErrorBody| {
            examples.iter().any(|(_, example)| body.known_by.iter().any(|name| example.get(name).is_some()))
        };
        let errors = self.api.error_bodies.iter().filter(|_| role == Role::Error).filter(fits);
        errors.map(|body| Target::named(package, &self.api[body.ty].name)).collect()
    }
}

/// The body of a success with this status.
fn success_bodies<'a>(operation: &'a Operation, status: &str) -> impl Iterator<Item = &'a ResponseBody> {
    let selected = match &operation.response.value {
        ResponseValue::ByStatus(successes) => successes.iter().find(|success| success.status == status),
        _ => None,
    };
    let body = selected.map(|success| success.body.as_ref());
    body.unwrap_or_else(|| operation.response.bodies().next()).into_iter()
}

/// The values of `example` and `examples` of a media type, each with its location.
fn examples(spec: &Spec, media: &Place) -> Vec<(String, Value)> {
    let single = media.child(spec, "example").into_iter();
    let several = media.child(spec, "examples").map(|examples| examples.children(spec)).unwrap_or_default();
    let several = several.into_iter().filter_map(|(_, example)| example.child(spec, "value"));
    values(spec, single.chain(several))
}

fn values(spec: &Spec, places: impl IntoIterator<Item = Place>) -> Vec<(String, Value)> {
    places.into_iter().filter_map(|place| Some((place.name(), place.value(spec)?.clone()))).collect()
}
