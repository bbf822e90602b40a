//! The schemas of descriptions in plain JSON Schema, for validators that know nothing of OpenAPI.
//!
//! The translation is ours, and expresses the keywords of OpenAPI in JSON Schema:
//!
//! - `nullable: true` beside a `type`, a single `allOf` or alternatives (3.0) adds the type null.
//! - A size such as `24.0` is written `24`.
//! - A schema without a type has the one that its keywords imply.
//! - Integers are those that fit into their format, and into 64 bits without any; stated bounds may allow more.
//! - `nullable: true` beside an `enum` without null (3.0) adds null to it.
//! - A schema whose `allOf` has a closed part is closed itself, and allows the properties of all parts.
//! - A pattern with look-around or a back-reference is an annotation.
//! - A property that is `readOnly` is not part of a sent value, and one that is `writeOnly` may be absent from a received
//!   one, whether `required` names it or not.
//! - A base with a discriminator (with a mapping, or with heirs that have their names as tags) is, wherever it is not
//!   inherited from, one of its variants: `oneOf` of a branch for each tag, which holds the base, the variant, and the tag
//!   as the only value of the property. A received value may have a tag that is not described, and is the base alone then.
//!   Alternatives of a `oneOf` or `anyOf` beside a discriminator have their tags too; without a mapping the tag is the
//!   name of the component.
//!
//! Formats stay annotations, and boolean exclusive bounds (3.0) are those of draft 4.

mod closed_parts;
mod discriminators;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::schema::implied::add_implied_type;
use crate::schema::walk::walk;
use crate::spec::Spec;
use closed_parts::close_wholes;
use discriminators::{Base, INHERITED, bases, mark_inherited, redirect, tag_alternatives};

/// The direction of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the service.
    Sent,
    /// From the service, in a response.
    Received,
    /// From the service, in an event, which is a request of the service.
    Posted,
}

/// The descriptions with their schemas translated.
pub fn translated(spec: &Spec, direction: Direction) -> Spec {
    let is_30 = is_30(spec);
    let spec = &close_wholes(spec);
    let bases = bases(spec);
    let mut documents = spec.documents.clone();
    for (file, document) in &mut documents {
        for base in bases.iter().filter(|base| base.file == *file) {
            let name = format!("{}-by-tag", base.name);
            document["components"]["schemas"][name] = base.by_tag(direction);
        }
        each_schema(document, "", &mut |name, schema| {
            let place = name.map(|name| component(file, name));
            let inherits = |base: &Base<'_>| place.as_deref().is_some_and(|place| base.is_inherited_by(spec, place));
            mark_inherited(schema, file, &bases, &inherits);
            let other_way = other_way(spec, file, schema, direction);
            walk(schema, &mut |schema| {
                add_implied_type(schema);
                let Some(keywords) = schema.as_object_mut() else {
                    return;
                };
                redirect(keywords, file, &bases);
                tag_alternatives(spec, keywords, file);
                limit_integer(keywords);
                drop_unchecked_pattern(keywords);
                keywords.iter_mut().for_each(|(keyword, value)| spell_size(keyword, value));
                if is_30 {
                    spell_out_null(keywords);
                }
                drop_other_way(keywords, &other_way, direction);
            });
            walk(schema, &mut |schema| rename(schema, INHERITED, "$ref"));
        });
    }
    Spec { documents }
}

/// Returns `true` if the descriptions are of OpenAPI 3.0.
pub fn is_30(spec: &Spec) -> bool {
    let mut versions = spec.documents.values().filter_map(|document| document["openapi"].as_str());
    versions.all(|version| version.starts_with("3.0"))
}

fn component(file: &str, name: &str) -> String {
    format!("{file}#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn absolute(file: &str, reference: &str) -> String {
    if reference.starts_with('#') { format!("{file}{reference}") } else { reference.to_owned() }
}

fn schema_at<'a>(spec: &'a Spec, place: &str) -> Option<&'a Value> {
    let (file, pointer) = place.split_once('#')?;
    spec.documents.get(file)?.pointer(pointer)
}

/// Visits the outermost schemas of a description, each with its name if it is a component.
fn each_schema(part: &mut Value, path: &str, visit: &mut impl FnMut(Option<&str>, &mut Value)) {
    match part {
        Value::Object(members) if path == "/components/schemas" => {
            members.iter_mut().for_each(|(name, schema)| visit(Some(name), schema));
        }
        Value::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "schema" => visit(None, value),
                    "example" | "examples" => {}
                    _ => each_schema(value, &format!("{path}/{name}"), visit),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_schema(item, path, visit)),
        _ => {}
    }
}

fn rename(schema: &mut Value, from: &str, to: &str) {
    if let Some(keywords) = schema.as_object_mut()
        && let Some(value) = keywords.remove(from)
    {
        keywords.insert(to.to_owned(), value);
    }
}

fn limit_integer(keywords: &mut Map<String, Value>) {
    let is_integer = match keywords.get("type") {
        Some(Value::Array(types)) => types.contains(&json!("integer")) && !types.contains(&json!("number")),
        single => single == Some(&json!("integer")),
    };
    if !is_integer || keywords.contains_key("enum") {
        return;
    }
    let stated = |keyword: &str| keywords.get(keyword).and_then(Value::as_f64);
    let is_short = stated("minimum").is_none_or(|minimum| minimum >= f64::from(i32::MIN))
        && stated("maximum").is_none_or(|maximum| maximum <= f64::from(i32::MAX));
    let (least, most) = match keywords.get("format").and_then(Value::as_str) {
        Some("int32") if is_short => (json!(i32::MIN), json!(i32::MAX)),
        Some("uint64" | "uint") => (json!(0), json!(u64::MAX)),
        // JSON values of the tests have 64 bits.
        Some("int128") => (json!(i64::MIN), json!(u64::MAX)),
        Some("int64") if keywords.get("maximum") == Some(&json!(1_u64 << 63)) => {
            // This is the last 64-bit integer as a floating-point number.
            keywords.remove("maximum");
            (json!(i64::MIN), json!(i64::MAX))
        }
        _ => (json!(i64::MIN), json!(i64::MAX)),
    };
    // An exclusive bound of draft 4 is a flag of the bound beside it, which stays then.
    keywords.entry("minimum").or_insert(least);
    keywords.entry("maximum").or_insert(most);
}

fn drop_unchecked_pattern(keywords: &mut Map<String, Value>) {
    let is_unchecked = |pattern: &str| ["(?=", "(?!", "(?<", r"\1"].iter().any(|part| pattern.contains(part));
    if keywords.get("pattern").and_then(Value::as_str).is_some_and(is_unchecked) {
        keywords.remove("pattern");
    }
}

/// Writes integral numbers as integers, as the generator reads them; draft 4 rejects `24.0` as a size.
fn spell_size(keyword: &str, value: &mut Value) {
    const SIZES: [&str; 6] = ["maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties"];
    let size = value.as_f64().filter(|size| SIZES.contains(&keyword) && size.fract() == 0.0);
    if let Some(size) = size.filter(|size| (0.0..=f64::from(u32::MAX)).contains(size)) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is integral and in the range")]
        let size = size as u64;
        *value = size.into();
    }
}

fn spell_out_null(keywords: &mut Map<String, Value>) {
    if keywords.get("nullable") == Some(&json!(true))
        && let Some(Value::Array(values)) = keywords.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if keywords.get("nullable") == Some(&json!(true))
        && let Some(name) = keywords.get("type").filter(|name| name.is_string()).cloned()
    {
        keywords.insert("type".to_owned(), json!([name, "null"]));
    }
    // Beside a single `allOf` or alternatives the word can only mean that the value may be null, whatever the letter says.
    let is_alone = keywords.get("allOf").and_then(Value::as_array).is_some_and(|parts| parts.len() == 1);
    let means_null = is_alone || keywords.contains_key("oneOf") || keywords.contains_key("anyOf");
    if keywords.get("nullable") == Some(&json!(true)) && !keywords.contains_key("type") && means_null {
        // Without the keyword, or the schema inside would be translated again.
        keywords.remove("nullable");
        let whole = std::mem::take(keywords);
        keywords.insert("anyOf".to_owned(), json!([whole, { "type": "null" }]));
    }
}

/// Drops from `required` the properties that do not travel this way, and from what is sent also their schemas.
fn drop_other_way(keywords: &mut Map<String, Value>, other_way: &BTreeSet<String>, direction: Direction) {
    if let Some(Value::Object(properties)) = keywords.get_mut("properties")
        && direction == Direction::Sent
    {
        properties.retain(|_, property| property["readOnly"] != true);
    }
    if let Some(Value::Array(required)) = keywords.get_mut("required") {
        required.retain(|name| !name.as_str().is_some_and(|name| other_way.contains(name)));
        if required.is_empty() {
            // Draft 4 has no empty list.
            keywords.remove("required");
        }
    }
}

/// The names of the properties of a schema and its `allOf` that travel the other way only: `readOnly` or `writeOnly`.
fn other_way(spec: &Spec, file: &str, schema: &Value, direction: Direction) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let flag = match direction {
        Direction::Sent => "readOnly",
        Direction::Received => "writeOnly",
        Direction::Posted => return names,
    };
    let mut seen = BTreeSet::new();
    let mut queue = vec![(file.to_owned(), schema)];
    while let Some((file, schema)) = queue.pop() {
        let properties = schema["properties"].as_object().into_iter().flatten();
        names.extend(properties.filter(|(_, property)| property[flag] == true).map(|(name, _)| name.clone()));
        let parts = schema["allOf"].as_array().into_iter().flatten();
        queue.extend(parts.map(|part| (file.clone(), part)));
        for reference in [&schema["$ref"], &schema[INHERITED]].into_iter().filter_map(Value::as_str) {
            let place = absolute(&file, reference);
            if let Some(target) = schema_at(spec, &place).filter(|_| seen.insert(place.clone())) {
                let file = place.split('#').next().unwrap_or_default().to_owned();
                queue.push((file, target));
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_one_of_its_variants_where_it_is_used() {
        let document = json!({
            "openapi": "3.1.0",
            "components": { "schemas": {
                "Use": { "properties": { "part": { "$ref": "#/components/schemas/Base" } } },
                "Base": {
                    "properties": { "type": { "type": "string" } },
                    "discriminator": { "propertyName": "type", "mapping": { "A": "#/components/schemas/VariantA" } },
                },
                "VariantA": { "allOf": [{ "$ref": "#/components/schemas/Base" }, { "required": ["size"] }] },
            } },
        });
        let spec = Spec { documents: [("a.json".to_owned(), document)].into() };
        let translated = translated(&spec, Direction::Sent);
        let schemas = &translated.documents["a.json"]["components"]["schemas"];
        let by_tag = "a.json#/components/schemas/Base-by-tag";
        assert_eq!(schemas["Use"]["properties"]["part"]["$ref"], by_tag);
        assert_eq!(schemas["VariantA"]["allOf"][0]["$ref"], "#/components/schemas/Base");
        let branch = json!({ "allOf": [
            { "$ref": "a.json#/components/schemas/Base" },
            { "$ref": "a.json#/components/schemas/VariantA" },
            { "type": "object", "required": ["type"], "properties": { "type": { "enum": ["A"] } } },
        ] });
        assert_eq!(schemas["Base-by-tag"], json!({ "oneOf": [branch] }));
    }

    #[test]
    fn what_is_write_only_is_posted() {
        let part = json!({ "required": ["id"], "properties": { "id": { "writeOnly": true } } });
        let document = json!({ "openapi": "3.0.3", "components": { "schemas": { "Part": part } } });
        let spec = Spec { documents: [("a.json".to_owned(), document)].into() };
        let required = |direction| {
            translated(&spec, direction).documents["a.json"]["components"]["schemas"]["Part"]["required"].clone()
        };
        assert_eq!(required(Direction::Sent), json!(["id"]));
        assert_eq!(required(Direction::Received), Value::Null);
        assert_eq!(required(Direction::Posted), json!(["id"]));
    }

    #[test]
    fn what_is_read_only_is_not_sent() {
        let document = json!({
            "openapi": "3.0.3",
            "components": { "schemas": {
                "Note": { "allOf": [{ "$ref": "#/components/schemas/Part" }], "required": ["id", "text"] },
                "Part": { "properties": { "id": { "readOnly": true }, "text": { "type": "string", "nullable": true } } },
            } },
        });
        let spec = Spec { documents: [("a.json".to_owned(), document)].into() };
        let sent = translated(&spec, Direction::Sent);
        let schemas = &sent.documents["a.json"]["components"]["schemas"];
        assert_eq!(schemas["Note"]["required"], json!(["text"]));
        assert_eq!(schemas["Part"]["properties"]["id"], Value::Null);
        assert_eq!(schemas["Part"]["properties"]["text"]["type"], json!(["string", "null"]));
        let received = translated(&spec, Direction::Received);
        assert_eq!(received.documents["a.json"]["components"]["schemas"]["Note"]["required"], json!(["id", "text"]));
    }
}
