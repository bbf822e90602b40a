//! The schemas of OpenAPI 3.1 in the dialect that everything behind the loader reads: that of 3.0, and the keywords of
//! JSON Schema 2020-12 that 3.0 cannot say.
//!
//! | 3.1 | here |
//! |---|---|
//! | `true`, `false` | `{}`, `{not: {}}` |
//! | `type: [T, "null"]` | `type: T`, `nullable: true`; several types stay a list |
//! | `type: "null"` | `enum: [null]`, `nullable: true` |
//! | `const: V` | `enum: [V]` |
//! | `exclusiveMinimum: N` | `minimum: N`, `exclusiveMinimum: true`; the maximum likewise |
//! | `$ref` with company | `allOf: [{$ref}]` with the same company |
//! | `examples: [V, …]` | `example: V` |
//! | `contentEncoding: base64` of a string | `format: byte` |
//! | `contentMediaType: application/octet-stream` of a string | `format: binary` |
//!
//! Names, annotations of the schema itself (`$schema`, `$comment`, anchors) and unused alternatives go. Values keep the places
//! in the text that they come from, so findings still point at what was written; the pointers that they show are those of
//! the new form where it differs, such as `…/allOf/0/$ref`. A tree may be normalised twice: the second time changes nothing.

use std::cmp::Ordering;

use serde_json::Number;

use crate::document::{Member, Node, Object, Span, Value};
use crate::grammar::{Kind, ObjectName, Version};

/// Keywords that tell nothing about values.
const ABOUT_THE_SCHEMA: &[&str] = &["$schema", "$comment", "$anchor", "$dynamicAnchor"];

/// Brings every schema inside a node of 3.1 into the common dialect.
pub(super) fn normalise(node: &mut Node, kind: Kind) {
    match (kind, &mut node.value) {
        (Kind::Schema, Value::Bool(accepts)) => node.value = boolean_schema(*accepts, node.span),
        (Kind::Schema, Value::Object(object)) => {
            members(object, ObjectName::Schema);
            schema(object, node.span);
        }
        (Kind::Reference(_), Value::Object(object)) if object.contains_key("$ref") => {}
        (Kind::Object(name) | Kind::Reference(name), Value::Object(object)) => members(object, name),
        (Kind::BoolOr(kind), Value::Object(_)) => normalise(node, *kind),
        (Kind::List(kind), Value::Array(items)) => items.iter_mut().for_each(|item| normalise(item, *kind)),
        (Kind::Map(kind), Value::Object(object)) => {
            object.values_mut().for_each(|member| normalise(&mut member.node, *kind));
        }
        _ => {}
    }
}

fn members(object: &mut Object, name: ObjectName) {
    let table = Version::V31.table(name);
    for (name, member) in object {
        if let Some(kind) = table.kind(name) {
            normalise(&mut member.node, kind);
        }
    }
}

/// Where in `allOf` the reference of a schema will stand; `None` for one that stays alone.
pub(super) fn index_of_reference(object: &Object) -> Option<usize> {
    let has_company = object.keys().any(|name| name != "$ref" && !ABOUT_THE_SCHEMA.contains(&name.as_str()));
    if !has_company || object.get("$ref")?.node.as_str().is_none() {
        return None;
    }
    match object.get("allOf") {
        Some(all_of) => all_of.node.as_array().map(<[Node]>::len),
        None => Some(0),
    }
}

/// The schema that any value fits, or none.
fn boolean_schema(accepts: bool, span: Span) -> Value {
    let mut object = Object::new();
    if !accepts {
        let node = Node { span, value: Value::Object(Object::new()) };
        object.insert("not".to_owned(), Member { key: span, node });
    }
    Value::Object(object)
}

fn schema(object: &mut Object, span: Span) {
    object.retain(|name, _| !ABOUT_THE_SCHEMA.contains(&name.as_str()));
    reference(object, span);
    constant(object);
    types(object);
    limit(object, "exclusiveMinimum", "minimum", Ordering::Greater);
    limit(object, "exclusiveMaximum", "maximum", Ordering::Less);
    example(object);
    content(object);
}

/// The reference goes behind what `allOf` holds already, so that pointers into it still lead where they led.
fn reference(object: &mut Object, span: Span) {
    let Some(index) = index_of_reference(object) else { return };
    let Some((place, name, member)) = object.shift_remove_full("$ref") else { return };
    let key = member.key;
    let holder = Node { span, value: Value::Object(Object::from([(name, member)])) };
    if index > 0
        && let Some(Value::Array(schemas)) = object.get_mut("allOf").map(|member| &mut member.node.value)
    {
        schemas.push(holder);
    } else {
        object.shift_remove("allOf");
        let node = Node { span: holder.span, value: Value::Array(vec![holder]) };
        object.shift_insert(place.min(object.len()), "allOf".to_owned(), Member { key, node });
    }
}

/// Beside an `enum`, the values that equal the constant stay, with their places.
fn constant(object: &mut Object) {
    let Some(constant) = object.get("const").map(|member| member.node.clone()) else { return };
    if let Some(Value::Array(values)) = object.get_mut("enum").map(|member| &mut member.node.value) {
        let constant = constant.to_json();
        values.retain(|value| value.to_json() == constant);
        object.shift_remove("const");
    } else {
        rename(object, "const", "enum", Node { span: constant.span, value: Value::Array(vec![constant]) });
    }
}

/// `null` is a type of its own in 3.1; it is allowed only if an `enum` beside it, where there is one, lists it too.
fn types(object: &mut Object) {
    let Some(ty) = object.get("type").map(|member| &member.node) else { return };
    let mut types: Vec<Node> = Vec::new();
    for ty in ty.as_array().unwrap_or(std::slice::from_ref(ty)) {
        // A type that is given twice says nothing more.
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
        && object.get("enum").and_then(|member| member.node.as_array()).is_none_or(has_null)
    {
        let node = Node { span: null.span, value: Value::Bool(true) };
        object.insert("nullable".to_owned(), Member { key: null.span, node });
    }
}

/// A schema that only `null` fits has no type in the common dialect.
fn only_null(object: &mut Object, span: Span) {
    if let Some(Value::Array(values)) = object.get_mut("enum").map(|member| &mut member.node.value) {
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

/// A limit that is excluded is a limit and a mark. Of two limits the stricter one stays, the excluded one if they are equal.
fn limit(object: &mut Object, excluded: &str, included: &str, stricter: Ordering) {
    let Some(Member { key, node }) = object.get(excluded).cloned() else { return };
    let Value::Number(number) = &node.value else { return };
    let other = object.get(included).and_then(|member| match &member.node.value {
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
            let place = object.get_index_of(excluded).unwrap_or(object.len());
            object.shift_insert(place, included.to_owned(), Member { key, node: node.clone() });
        }
    }
    replace(object, excluded, Node { span: node.span, value: Value::Bool(true) });
}

fn compare(left: &Number, right: &Number) -> Ordering {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left.cmp(&right),
        // A number of a description is finite.
        _ => left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal),
    }
}

fn example(object: &mut Object) {
    let Some(Value::Array(examples)) = object.get("examples").map(|member| &member.node.value) else { return };
    match examples.first().cloned() {
        Some(first) if !object.contains_key("example") => rename(object, "examples", "example", first),
        _ => {
            object.shift_remove("examples");
        }
    }
}

/// What 3.0 calls a format of strings; other encodings and media types stay as they are.
fn content(object: &mut Object) {
    let text = |name: &str| object.get(name).map(|member| (member.node.span, member.node.as_str().unwrap_or_default()));
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

/// Another value for a member that is there.
fn replace(object: &mut Object, name: &str, node: Node) {
    if let Some(member) = object.get_mut(name) {
        member.node = node;
    }
}

/// Another name and value for a member that is there, in its place; nothing happens if the new name is taken, which only a
/// value of the wrong kind can cause.
fn rename(object: &mut Object, name: &str, new_name: &str, node: Node) {
    if !object.contains_key(new_name)
        && let Some((index, _, Member { key, .. })) = object.shift_remove_full(name)
    {
        object.shift_insert(index.min(object.len()), new_name.to_owned(), Member { key, node });
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
        normalise(&mut node, Kind::Schema);
        assert_eq!(node.to_json(), *expected);
        let once = node.clone();
        normalise(&mut node, Kind::Schema);
        assert_eq!(node, once, "a second time changes nothing");
    }

    #[test]
    fn null_is_a_mark_beside_the_type() {
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
    fn the_stricter_limit_stays() {
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
    fn a_reference_with_company_stands_in_all_of() {
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
    fn values_keep_their_places_and_members_their_order() {
        let text = "title: t\nconst: a\n$ref: '#/b'\nmaxLength: 3\n";
        let mut node = parse_yaml(&Source::new("a.yaml", text), 0, &mut Diagnostics::new()).expect("the text is YAML");
        normalise(&mut node, Kind::Schema);
        let object = node.as_object().expect("the schema is an object");
        assert_eq!(object.keys().collect::<Vec<_>>(), ["title", "enum", "allOf", "maxLength"]);
        let place = |node: &Node| &text[node.span.start as usize..node.span.end as usize];
        assert_eq!(place(&object["enum"].node), "a");
        let reference = object["allOf"].node.as_array().and_then(|schemas| schemas[0].get("$ref"));
        assert_eq!(place(reference.expect("the reference is kept")), "'#/b'");
    }
}
