//! Closed parts: an `allOf` in which a part has `additionalProperties: false` allows the properties of all parts.
//!
//! Read literally, the part forbids the properties of the others. This is rarely intended, so the whole is closed instead.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{absolute, each_schema, schema_at};
use crate::schema::walk::walk;
use crate::spec::Spec;

/// The end of the names of components that are parts of others, without the prohibition.
const OPEN: &str = "-open";

/// Moves each prohibition of further properties from the parts of a schema to the whole.
pub(super) fn close_wholes(spec: &Spec) -> Spec {
    let mut documents = BTreeMap::new();
    for (file, document) in &spec.documents {
        let mut document = document.clone();
        each_schema(&mut document, "", &mut |_, schema| {
            walk(schema, &mut |schema| close(spec, file, schema));
        });
        add_open_components(spec, file, &mut document);
        documents.insert(file.clone(), document);
    }
    Spec { documents }
}

fn close(spec: &Spec, file: &str, schema: &mut Value) {
    if schema.get("allOf").is_none() {
        return;
    }
    let parts = parts(spec, file, schema);
    if !parts.iter().any(|part| is_closed(part)) {
        return;
    }
    let names = parts.iter().filter_map(|part| part["properties"].as_object()).flat_map(Map::keys);
    let names: BTreeSet<String> = names.cloned().collect();
    open(spec, file, schema);
    schema["additionalProperties"] = json!(false);
    for name in names {
        let described = schema["properties"].get(&name).cloned();
        schema["properties"][name] = described.unwrap_or_else(|| json!({}));
    }
}

fn is_closed(schema: &Value) -> bool {
    schema["additionalProperties"] == false
}

/// The schema, and those of its `allOf`.
fn parts<'a>(spec: &'a Spec, file: &str, schema: &'a Value) -> Vec<&'a Value> {
    let mut parts = Vec::new();
    let mut seen = BTreeSet::new();
    let mut queue = vec![(file.to_owned(), schema)];
    while let Some((file, schema)) = queue.pop() {
        match schema["$ref"].as_str().map(|reference| absolute(&file, reference)) {
            Some(place) if seen.insert(place.clone()) => {
                let file = place.split('#').next().unwrap_or_default().to_owned();
                queue.extend(schema_at(spec, &place).map(|target| (file, target)));
            }
            Some(_) => {}
            None => {
                let inner = schema["allOf"].as_array().into_iter().flatten();
                queue.extend(inner.map(|part| (file.clone(), part)));
                parts.push(schema);
            }
        }
    }
    parts
}

/// Removes the prohibition from a schema and its parts.
fn open(spec: &Spec, file: &str, schema: &mut Value) {
    if is_closed(schema)
        && let Some(keywords) = schema.as_object_mut()
    {
        keywords.remove("additionalProperties");
    }
    for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        let has_closed = parts(spec, file, part).iter().any(|part| is_closed(part));
        match part["$ref"].as_str() {
            Some(reference) if has_closed => part["$ref"] = json!(format!("{reference}{OPEN}")),
            Some(_) => {}
            None => open(spec, file, part),
        }
    }
}

/// Adds the components that [`open`] refers to.
fn add_open_components(spec: &Spec, file: &str, document: &mut Value) {
    let components = spec.documents[file]["components"]["schemas"].as_object().into_iter().flatten();
    for (name, schema) in components.filter(|(_, schema)| parts(spec, file, schema).iter().any(|part| is_closed(part)))
    {
        let mut schema = schema.clone();
        open(spec, file, &mut schema);
        document["components"]["schemas"][format!("{name}{OPEN}")] = schema;
    }
}
