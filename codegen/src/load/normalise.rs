//! Conversion of the schemas of OpenAPI 3.1 into the common dialect: that of 3.0, with the keywords of JSON Schema 2020-12
//! that have no equivalent in 3.0.
//!
//! | 3.1 | here |
//! |---|---|
//! | `true`, `false` | `{}`, `{not: {}}` |
//! | `type: [T, "null"]` | `type: T`, `nullable: true`; several types stay a list |
//! | `type: "null"` | `enum: [null]`, `nullable: true` |
//! | `const: V` | `enum: [V]` |
//! | `exclusiveMinimum: N` | `minimum: N`, `exclusiveMinimum: true`; the maximum likewise |
//! | `$ref` beside other keywords | `allOf: [{$ref}]` beside the same keywords |
//! | `examples: [V, …]` | `example: V` |
//! | `contentEncoding: base64` of a string | `format: byte` |
//! | `contentMediaType: application/octet-stream` of a string | `format: binary` |
//!
//! Annotations of the schema itself (`$schema`, `$comment`, anchors) are removed. Values keep their ranges of text, so findings
//! still point at the original text; their pointers are those of the converted schema, such as `…/allOf/0/$ref`. Normalising
//! a tree a second time changes nothing.

use std::cmp::Ordering;

use serde_json::Number;

use crate::document::{Node, Object, Property, Span, Value};
use crate::grammar::{ObjectName, ValueKind, Version};

/// Keywords about the schema that do not concern values.
const ABOUT_THE_SCHEMA: &[&str] = &["$schema", "$comment", "$anchor", "$dynamicAnchor"];

/// Converts every schema in a node of 3.1 into the common dialect.
pub(super) fn normalise(node: &mut Node, kind: ValueKind) {
    match (kind, &mut node.value) {
        (ValueKind::Schema, Value::Bool(accepts)) => node.value = boolean_schema(*accepts, node.span),
        (ValueKind::Schema, Value::Object(object)) => {
            normalise_properties(object, ObjectName::Schema);
            schema(object, node.span);
        }
        (ValueKind::Reference(_), Value::Object(object)) if object.contains_key("$ref") => {}
        (ValueKind::Object(name) | ValueKind::Reference(name), Value::Object(object)) => {
            normalise_properties(object, name);
        }
        (ValueKind::BoolOr(kind), Value::Object(_)) => normalise(node, *kind),
        (ValueKind::List(kind), Value::Array(items)) => items.iter_mut().for_each(|item| normalise(item, *kind)),
        (ValueKind::Map(kind), Value::Object(object)) => {
            object.values_mut().for_each(|property| normalise(&mut property.node, *kind));
        }
        _ => {}
    }
}

fn normalise_properties(object: &mut Object, name: ObjectName) {
    let table = Version::V31.table(name);
    for (name, property) in object {
        if let Some(kind) = table.kind(name) {
            normalise(&mut property.node, kind);
        }
    }
}

/// The index in `allOf` that the reference of a schema will have; `None` for a reference without other keywords.
pub(super) fn index_of_reference(object: &Object) -> Option<usize> {
    let has_others = object.keys().any(|name| name != "$ref" && !ABOUT_THE_SCHEMA.contains(&name.as_str()));
    if !has_others || object.get("$ref")?.node.as_str().is_none() {
        return None;
    }
    match object.get("allOf") {
        Some(all_of) => all_of.node.as_array().map(<[Node]>::len),
        None => Some(0),
    }
}

/// The schema that accepts any value, or none.
fn boolean_schema(accepts: bool, span: Span) -> Value {
    let mut object = Object::new();
    if !accepts {
        let node = Node { span, value: Value::Object(Object::new()) };
        object.insert("not".to_owned(), Property { key: span, node });
    }
    Value::Object(object)
}

fn schema(object: &mut Object, span: Span) {
    object.retain(|name, _| !ABOUT_THE_SCHEMA.contains(&name.as_str()));
    reference(object, span);
    constant(object);
    types(object);
    bound(object, "exclusiveMinimum", "minimum", Ordering::Greater);
    bound(object, "exclusiveMaximum", "maximum", Ordering::Less);
    example(object);
    content(object);
}

/// Moves the reference to the end of `allOf`, so that pointers into `allOf` stay valid.
fn reference(object: &mut Object, span: Span) {
    let Some(index) = index_of_reference(object) else { return };
    let Some((position, name, property)) = object.shift_remove_full("$ref") else { return };
    let key = property.key;
    let holder = Node { span, value: Value::Object(Object::from([(name, property)])) };
    if index > 0
        && let Some(Value::Array(schemas)) = object.get_mut("allOf").map(|property| &mut property.node.value)
    {
        schemas.push(holder);
    } else {
        object.shift_remove("allOf");
        let node = Node { span: holder.span, value: Value::Array(vec![holder]) };
        object.shift_insert(position.min(object.len()), "allOf".to_owned(), Property { key, node });
    }
}

/// Beside an `enum`, keeps the values that equal the constant, with their ranges of text.
fn constant(object: &mut Object) {
    let Some(constant) = object.get("const").map(|property| property.node.clone()) else { return };
    if let Some(Value::Array(values)) = object.get_mut("enum").map(|property| &mut property.node.value) {
        let constant = constant.to_json();
        values.retain(|value| value.to_json() == constant);
        object.shift_remove("const");
    } else {
        rename(object, "const", "enum", Node { span: constant.span, value: Value::Array(vec![constant]) });
    }
}

/// `null` is a type in 3.1. It is allowed unless there is an `enum` that does not list it.
fn types(object: &mut Object) {
    let Some(ty) = object.get("type").map(|property| &property.node) else { return };
    let mut types: Vec<Node> = Vec::new();
    for ty in ty.as_array().unwrap_or(std::slice::from_ref(ty)) {
        // A repeated type has no effect.
        if !types.iter().any(|known| known.value == ty.value) {
            types.push(ty.clone());
        }
    }
    let span = ty.span;
    let null = types.iter().position(|ty| ty.as_str() == Some("null")).map(|index| types.remove(index));
    match (types.len(), &null) {
        (0, None) => return,
        (0, Some(null)) => only_null(object, null.span),
        (1, _) => replace(object, "type", types.remove(0)),
        (_, _) => replace(object, "type", Node { span, value: Value::Array(types) }),
    }
    if let Some(null) = null
        && object.get("enum").and_then(|property| property.node.as_array()).is_none_or(has_null)
    {
        let node = Node { span: null.span, value: Value::Bool(true) };
        object.insert("nullable".to_owned(), Property { key: null.span, node });
    }
}

/// A schema that accepts only `null` has no type in the common dialect.
fn only_null(object: &mut Object, span: Span) {
    if let Some(Value::Array(values)) = object.get_mut("enum").map(|property| &mut property.node.value) {
        values.retain(|value| value.value == Value::Null);
        object.shift_remove("type");
    } else {
        let null = Node { span, value: Value::Null };
        rename(object, "type", "enum", Node { span, value: Value::Array(vec![null]) });
    }
}

fn has_null(values: &[Node]) -> bool {
    values.iter().any(|value| value.value == Value::Null)
}

/// An exclusive bound becomes a bound and a flag. The stricter of two bounds is kept; of equal bounds, the exclusive one.
fn bound(object: &mut Object, excluded: &str, included: &str, stricter: Ordering) {
    let Some(Property { key, node }) = object.get(excluded).cloned() else { return };
    let Value::Number(number) = &node.value else { return };
    let other = object.get(included).and_then(|property| match &property.node.value {
        Value::Number(number) => Some(number),
        _ => None,
    });
    match other {
        Some(other) if compare(other, number) == stricter => {
            object.shift_remove(excluded);
            return;
        }
        Some(_) => replace(object, included, node.clone()),
        None if object.contains_key(included) => return,
        None => {
            let position = object.get_index_of(excluded).unwrap_or(object.len());
            object.shift_insert(position, included.to_owned(), Property { key, node: node.clone() });
        }
    }
    replace(object, excluded, Node { span: node.span, value: Value::Bool(true) });
}

fn compare(left: &Number, right: &Number) -> Ordering {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left.cmp(&right),
        // The numbers of a description are finite.
        _ => left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal),
    }
}

fn example(object: &mut Object) {
    let Some(Value::Array(examples)) = object.get("examples").map(|property| &property.node.value) else { return };
    match examples.first().cloned() {
        Some(first) if !object.contains_key("example") => rename(object, "examples", "example", first),
        _ => {
            object.shift_remove("examples");
        }
    }
}

/// Converts encodings and media types that are formats of strings in 3.0; keeps others.
fn content(object: &mut Object) {
    let text =
        |name: &str| object.get(name).map(|property| (property.node.span, property.node.as_str().unwrap_or_default()));
    if object.contains_key("format") || text("type").is_none_or(|(_, ty)| ty != "string") {
        return;
    }
    let (name, span, format) = match (text("contentEncoding"), text("contentMediaType")) {
        (Some((span, encoding)), _) if encoding.eq_ignore_ascii_case("base64") => ("contentEncoding", span, "byte"),
        (None, Some((span, media_type))) if media_type.eq_ignore_ascii_case("application/octet-stream") => {
            ("contentMediaType", span, "binary")
        }
        _ => return,
    };
    rename(object, name, "format", Node { span, value: Value::String(format.to_owned()) });
}

/// Replaces the value of a property, if it exists.
fn replace(object: &mut Object, name: &str, node: Node) {
    if let Some(property) = object.get_mut(name) {
        property.node = node;
    }
}

/// Replaces the name and value of a property, if it exists. Does nothing if the new name is taken, which only a value of
/// the wrong kind can cause.
fn rename(object: &mut Object, name: &str, new_name: &str, node: Node) {
    if !object.contains_key(new_name)
        && let Some((index, _, Property { key, .. })) = object.shift_remove_full(name)
    {
        object.shift_insert(index.min(object.len()), new_name.to_owned(), Property { key, node });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::parse::parse_yaml;
    use crate::{Diagnostics, Source};

    #[track_caller]
    fn check(schema: &str, expected: &serde_json::Value) {
        let mut node =
            parse_yaml(&Source::new("a.yaml", schema), 0, &mut Diagnostics::new()).expect("the text is YAML");
        normalise(&mut node, ValueKind::Schema);
        assert_eq!(node.to_json(), *expected);
        let once = node.clone();
        normalise(&mut node, ValueKind::Schema);
        assert_eq!(node, once, "a second time changes nothing");
    }

    #[test]
    fn null_is_a_flag_beside_the_type() {
        check("{type: [string, 'null']}", &json!({"type": "string", "nullable": true}));
        check("{type: ['null', integer]}", &json!({"type": "integer", "nullable": true}));
        check("{type: [string]}", &json!({"type": "string"}));
        check("{type: [string, string]}", &json!({"type": "string"}));
        check("{type: [string, integer]}", &json!({"type": ["string", "integer"]}));
        check("{type: [string, 'null', integer]}", &json!({"type": ["string", "integer"], "nullable": true}));
        check("{type: 'null'}", &json!({"enum": [null], "nullable": true}));
        check("{type: ['null'], enum: [a, null]}", &json!({"enum": [null], "nullable": true}));
    }

    #[test]
    fn null_must_be_among_the_listed_values() {
        check("{type: [string, 'null'], enum: [a]}", &json!({"type": "string", "enum": ["a"]}));
        check(
            "{type: [string, 'null'], enum: [a, null]}",
            &json!({"type": "string", "nullable": true, "enum": ["a", null]}),
        );
        check("{type: 'null', enum: [a]}", &json!({"enum": []}));
    }

    #[test]
    fn a_constant_is_an_enumeration_of_one() {
        check("{const: a}", &json!({"enum": ["a"]}));
        check("{const: null}", &json!({"enum": [null]}));
        check("{const: {a: 1.0}, enum: [{b: 1}, {a: 1}]}", &json!({"enum": [{"a": 1}]}));
        check("{const: a, enum: [b]}", &json!({"enum": []}));
    }

    #[test]
    fn the_stricter_bound_stays() {
        check("{exclusiveMinimum: 3}", &json!({"minimum": 3, "exclusiveMinimum": true}));
        check("{exclusiveMinimum: 3, minimum: 3}", &json!({"minimum": 3, "exclusiveMinimum": true}));
        check("{exclusiveMinimum: 3, minimum: 2.5}", &json!({"minimum": 3, "exclusiveMinimum": true}));
        check("{exclusiveMinimum: 3, minimum: 3.5}", &json!({"minimum": 3.5}));
        check("{exclusiveMaximum: 3}", &json!({"maximum": 3, "exclusiveMaximum": true}));
        check("{maximum: 2, exclusiveMaximum: 3}", &json!({"maximum": 2}));
        check("{maximum: 4, exclusiveMaximum: 3}", &json!({"maximum": 3, "exclusiveMaximum": true}));
        check(
            "{exclusiveMinimum: 9007199254740992, minimum: 9007199254740993}",
            &json!({"minimum": 9_007_199_254_740_993_u64}),
        );
    }

    #[test]
    fn a_reference_beside_keywords_moves_into_all_of() {
        check("{$ref: '#/a'}", &json!({"$ref": "#/a"}));
        check("{$ref: '#/a', $comment: c}", &json!({"$ref": "#/a"}));
        check("{$ref: '#/a', minLength: 1}", &json!({"allOf": [{"$ref": "#/a"}], "minLength": 1}));
        check("{$ref: '#/a', allOf: [{$ref: '#/b'}]}", &json!({"allOf": [{"$ref": "#/b"}, {"$ref": "#/a"}]}));
        check("{$ref: '#/a', allOf: []}", &json!({"allOf": [{"$ref": "#/a"}]}));
    }

    #[test]
    fn booleans_are_schemas() {
        check("true", &json!({}));
        check("{not: true, items: false}", &json!({"not": {}, "items": {"not": {}}}));
        check(
            "{additionalProperties: false, unevaluatedProperties: true, properties: {a: false}}",
            &json!({"additionalProperties": false, "unevaluatedProperties": true, "properties": {"a": {"not": {}}}}),
        );
    }

    #[test]
    fn one_example_stays() {
        check("{examples: [a, b]}", &json!({"example": "a"}));
        check("{examples: [a, b], example: c}", &json!({"example": "c"}));
        check("{examples: []}", &json!({}));
    }

    #[test]
    fn encodings_of_strings_are_formats() {
        check("{type: string, contentEncoding: base64}", &json!({"type": "string", "format": "byte"}));
        check(
            "{type: [string, 'null'], contentMediaType: application/octet-stream}",
            &json!({"type": "string", "nullable": true, "format": "binary"}),
        );
        for kept in [
            json!({"type": "string", "contentEncoding": "base64url"}),
            json!({"type": "string", "contentEncoding": "base64", "format": "x"}),
            json!({"type": "string", "contentMediaType": "image/png"}),
            json!({"type": "integer", "contentEncoding": "base64"}),
        ] {
            check(&kept.to_string(), &kept);
        }
    }

    #[test]
    fn only_schemas_are_touched() {
        let kept = json!({
            "default": {"const": 1}, "enum": [{"type": ["string", "null"]}], "example": true, "x-a": {"const": 1},
            "required": ["const"], "properties": {"const": {"type": "string"}},
        });
        check(&kept.to_string(), &kept);
        check("{$defs: {A: {const: 1}}, if: {const: 2}}", &json!({"$defs": {"A": {"enum": [1]}}, "if": {"enum": [2]}}));
    }

    #[test]
    fn values_keep_their_ranges_and_properties_their_order() {
        let text = "title: t\nconst: a\n$ref: '#/b'\nmaxLength: 3\n";
        let mut node = parse_yaml(&Source::new("a.yaml", text), 0, &mut Diagnostics::new()).expect("the text is YAML");
        normalise(&mut node, ValueKind::Schema);
        let object = node.as_object().expect("the schema is an object");
        assert_eq!(object.keys().collect::<Vec<_>>(), ["title", "enum", "allOf", "maxLength"]);
        let text_of = |node: &Node| &text[node.span.start as usize..node.span.end as usize];
        assert_eq!(text_of(&object["enum"].node), "a");
        let reference = object["allOf"].node.as_array().and_then(|schemas| schemas[0].get("$ref"));
        assert_eq!(text_of(reference.expect("the reference is kept")), "'#/b'");
    }
}
