//! Many copies of the contact endpoint of `spec/` as one document, with the size of a vendor's document.
//!
//! Events are omitted, because a vendor's document defines them once, not for every operation.

use infobip_tests::spec::Spec;
use serde_json::{Map, Value, json};

/// The file with the schemas of inbound messages.
const INBOUND: &str = "inbound.yaml";

/// The schemas that only reports use.
const REPORTS: [&str; 7] =
    ["DeliveryReport", "DeliveryReports", "MessageError", "MessagePrice", "ReportContact", "SeenReport", "SeenReports"];

/// Returns a document with `count` copies of the files of the description, with a number appended to every name.
pub(crate) fn document(count: usize) -> Value {
    let spec = Spec::load();
    let mut paths = Map::new();
    let mut components = Map::new();
    for copy in 0..count {
        for (_, document) in spec.documents.iter().filter(|(file, _)| *file != INBOUND) {
            for (path, item) in properties(&document["paths"]) {
                paths.insert(format!("{path}-{copy}"), renamed(item, copy));
            }
            for (kind, parts) in properties(&document["components"]) {
                let all = components.entry(kind).or_insert_with(|| json!({}));
                // Security requirements refer to schemes by name, without a `$ref`, so the schemes keep their names.
                let number = if kind == "securitySchemes" { String::new() } else { copy.to_string() };
                // A component that refers to the other file would refer to itself here.
                let own = properties(parts).filter(|(_, part)| part.get("$ref").is_none());
                for (name, part) in own.filter(|(name, _)| !REPORTS.contains(&name.as_str())) {
                    all[format!("{name}{number}")] = renamed(part, copy);
                }
            }
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Many messages", "version": "1.0.0"},
        "paths": paths,
        "components": components,
    })
}

/// Returns a part of the description, with the references and operation ids of the copy.
fn renamed(part: &Value, copy: usize) -> Value {
    match part {
        Value::Object(properties) => {
            let properties = properties.iter().filter(|(name, _)| *name != "callbacks");
            properties.map(|(name, value)| (name.clone(), property(name, value, copy))).collect()
        }
        Value::Array(items) => items.iter().map(|item| renamed(item, copy)).collect(),
        _ => part.clone(),
    }
}

fn property(name: &str, value: &Value, copy: usize) -> Value {
    match (name, value) {
        ("$ref", Value::String(reference)) => {
            let (_file, pointer) = reference.split_once('#').expect("`file#pointer`");
            format!("#{pointer}{copy}").into()
        }
        ("operationId", Value::String(id)) => format!("{id}-{copy}").into(),
        _ => renamed(value, copy),
    }
}

fn properties(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
