//! The contact endpoint of `spec/` many times over, as one document: the size of a vendor's own.
//!
//! Without the reports, which a vendor's document has once and not for every operation.

use infobip_tests::spec::Spec;
use serde_json::{Map, Value, json};

/// The schemas that only reports have.
const REPORTS: [&str; 7] =
    ["DeliveryReport", "DeliveryReports", "MessageError", "MessagePrice", "ReportContact", "SeenReport", "SeenReports"];

/// Both files of the description in one document, `count` times, every name with a number behind it.
pub(crate) fn document(count: usize) -> Value {
    let spec = Spec::load();
    let mut paths = Map::new();
    let mut components = Map::new();
    for copy in 0..count {
        for document in spec.documents.values() {
            for (path, item) in members(&document["paths"]) {
                paths.insert(format!("{path}-{copy}"), renamed(item, copy));
            }
            for (kind, parts) in members(&document["components"]) {
                let all = components.entry(kind).or_insert_with(|| json!({}));
                // Security requirements name their schemes without a `$ref`, so these keep their names.
                let number = if kind == "securitySchemes" { String::new() } else { copy.to_string() };
                // A part that only refers to the other file would refer to itself here.
                let own = members(parts).filter(|(_, part)| part.get("$ref").is_none());
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

/// A part of the description, with its references and operations those of the copy.
fn renamed(part: &Value, copy: usize) -> Value {
    match part {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| *name != "callbacks");
            members.map(|(name, value)| (name.clone(), member(name, value, copy))).collect()
        }
        Value::Array(items) => items.iter().map(|item| renamed(item, copy)).collect(),
        _ => part.clone(),
    }
}

fn member(name: &str, value: &Value, copy: usize) -> Value {
    match (name, value) {
        ("$ref", Value::String(reference)) => {
            let (_file, pointer) = reference.split_once('#').expect("`file#pointer`");
            format!("#{pointer}{copy}").into()
        }
        ("operationId", Value::String(id)) => format!("{id}-{copy}").into(),
        _ => renamed(value, copy),
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
