//! All schemas inside a schema, by the keywords that contain schemas; the values of `enum` are not schemas.

use serde_json::Value;

/// Keywords whose value is a schema, or a list of schemas.
const SCHEMAS: [&str; 16] = [
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords whose value is an object of schemas.
const MAPS: [&str; 5] = ["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

/// Visits a schema, then every schema inside it as the visit left it.
pub fn walk(schema: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    visit(schema);
    let Some(keywords) = schema.as_object_mut() else {
        return;
    };
    for (keyword, value) in keywords {
        let inner: Vec<&mut Value> = match value {
            Value::Object(properties) if MAPS.contains(&keyword.as_str()) => properties.values_mut().collect(),
            Value::Array(items) if SCHEMAS.contains(&keyword.as_str()) => items.iter_mut().collect(),
            value if SCHEMAS.contains(&keyword.as_str()) => vec![value],
            _ => continue,
        };
        for schema in inner {
            walk(schema, visit);
        }
    }
}
