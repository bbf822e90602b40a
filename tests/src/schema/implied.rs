//! The types that keywords imply: `maxLength` is about strings, so a schema that states it and no type means strings.
//!
//! JSON Schema lets values of other types pass; a typed language has to choose, and this is the choice of the generator.

use serde_json::{Value, json};

/// The keywords that apply to values of one type only.
const IMPLIED: [(&str, &[&str]); 4] = [
    ("string", &["minLength", "maxLength", "pattern", "format"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("object", &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]),
];

/// Adds the type that a schema implies, if it has none and its keywords agree; returns the type.
pub fn add_implied_type(schema: &mut Value) -> Option<&'static str> {
    let keywords = schema.as_object_mut()?;
    if keywords.contains_key("type") || keywords.contains_key("$ref") {
        return None;
    }
    let mut implied = IMPLIED.iter().filter(|(_, signs)| signs.iter().any(|sign| keywords.contains_key(*sign)));
    let (name, _) = implied.next().filter(|_| implied.next().is_none())?;
    keywords.insert("type".to_owned(), json!(name));
    Some(name)
}
