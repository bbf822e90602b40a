//! A schema of the suite as part of a description: the property `value` of the body of an operation.

use infobip_tests::schema::implied::add_implied_type;
use infobip_tests::schema::walk::walk;
use serde_json::{Map, Value, json};

use super::suite::Dialect;

/// The keywords of a schema of OpenAPI 3.0 that draft 4 has too.
const KEYWORDS_30: [&str; 29] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "definitions",
    "description",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maximum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minimum",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
];

/// Returns the reason why a schema cannot be expressed in OpenAPI 3.0, if there is one.
pub(super) fn beyond_30(schema: &Value) -> Option<String> {
    let mut schema = without_dialect(schema);
    let mut beyond = None;
    walk(&mut schema, &mut |schema| {
        let Some(keywords) = schema.as_object() else {
            return;
        };
        let mut reason = |what: &str| beyond = Some(format!("not in OpenAPI 3.0: {what}"));
        if let Some(keyword) = keywords.keys().find(|keyword| !KEYWORDS_30.contains(&keyword.as_str())) {
            reason(&format!("`{keyword}`"));
        }
        match keywords.get("type") {
            Some(Value::Array(_)) => reason("several types"),
            Some(Value::String(name)) if name == "null" => reason("the type null"),
            _ => {}
        }
        if keywords.get("items").is_some_and(Value::is_array) {
            reason("a list of `items`");
        }
    });
    beyond
}

/// Adds the types that keywords imply, in the schema and its subschemas.
pub(super) fn with_implied_types(schema: &Value, dialect: Dialect) -> Value {
    let mut schema = schema.clone();
    walk(&mut schema, &mut |schema| {
        if add_implied_type(schema) == Some("array") && dialect == Dialect::OpenApi30 && schema.get("items").is_none() {
            // OpenAPI 3.0 requires `items` with this type.
            schema["items"] = json!({});
        }
    });
    schema
}

/// Returns the components that define an object with a property `value` of this schema.
pub(super) fn components(name: &str, schema: &Value) -> Map<String, Value> {
    let mut schema = without_dialect(schema);
    let mut definitions = Vec::new();
    for keyword in ["$defs", "definitions"] {
        if let Some(Value::Object(properties)) = schema.as_object_mut().and_then(|keywords| keywords.remove(keyword)) {
            definitions.extend(properties.into_iter().map(|(key, part)| (keyword, key, part)));
        }
    }
    let root = format!("{name}Root");
    // References to definitions, and the component that each is moved to.
    let renamed = definitions.iter().enumerate();
    let renamed = renamed.map(|(index, (keyword, key, _))| {
        let token = key.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace('"', "%22");
        (format!("#/{keyword}/{token}"), format!("{name}Part{index}"))
    });
    let renamed: Vec<_> = renamed.collect();
    let mut recurs = false;
    let mut rewrite = |schema: &mut Value| {
        walk(schema, &mut |schema| {
            if let Some(Value::String(reference)) = schema.get_mut("$ref") {
                let (to, is_root) = redirect(reference, &root, &renamed);
                recurs |= is_root;
                *reference = to;
            }
        });
    };
    rewrite(&mut schema);
    let mut components = Map::new();
    for ((_, _, mut part), (_, component)) in definitions.into_iter().zip(&renamed) {
        rewrite(&mut part);
        components.insert(component.clone(), part);
    }
    let value = if recurs {
        let reference = json!({ "$ref": format!("#/components/schemas/{root}") });
        components.insert(root, schema);
        reference
    } else {
        schema
    };
    let wrapper = json!({ "type": "object", "required": ["value"], "properties": { "value": value } });
    components.insert(name.to_owned(), wrapper);
    components
}

/// Returns the target of a reference after the move, and `true` if it is the schema itself or a location in it.
fn redirect(reference: &str, root: &str, renamed: &[(String, String)]) -> (String, bool) {
    for (place, component) in renamed {
        match reference.strip_prefix(place.as_str()) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => {
                return (format!("#/components/schemas/{component}{rest}"), false);
            }
            _ => {}
        }
    }
    match reference.strip_prefix('#') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => (format!("#/components/schemas/{root}{rest}"), true),
        _ => (reference.to_owned(), false),
    }
}

/// Removes the name of the dialect from a schema, which follows from the version of OpenAPI.
fn without_dialect(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(keywords) = schema.as_object_mut() {
        keywords.remove("$schema");
    }
    schema
}

/// Returns a description with an operation for each name, whose body is the component with that name.
pub(super) fn description(dialect: Dialect, names: &[String], components: &Map<String, Value>) -> Value {
    let paths = names.iter().map(|name| {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        let operation = json!({
            "operationId": format!("send-{name}"),
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
            "responses": { "204": { "description": "Taken." } },
        });
        (format!("/{name}"), json!({ "post": operation }))
    });
    json!({
        "openapi": dialect.version(),
        "info": { "title": "Conformance", "version": "1" },
        "paths": paths.collect::<Map<_, _>>(),
        "components": { "schemas": components },
    })
}
