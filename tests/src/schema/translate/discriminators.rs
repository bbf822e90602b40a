//! Discriminators in words of JSON Schema: a base is one of its variants, each with its tag.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Direction, absolute, component, rename, schema_at};
use crate::spec::Spec;

/// The name of a reference that must not be redirected.
pub(super) const INHERITED: &str = "$inherited";

/// A component whose mapping lists its variants.
pub(super) struct Base<'a> {
    pub(super) file: &'a str,
    pub(super) name: &'a str,
    property: &'a str,
    has_integers: bool,
    /// Tags and the places of the variants.
    variants: Vec<(&'a str, String)>,
}

pub(super) fn bases(spec: &Spec) -> Vec<Base<'_>> {
    let mut bases = Vec::new();
    for (file, document) in &spec.documents {
        for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
            let discriminator = &schema["discriminator"];
            let Some(property) = discriminator["propertyName"].as_str() else {
                continue;
            };
            if schema.get("oneOf").or(schema.get("anyOf")).is_some() {
                continue;
            }
            let variants = match discriminator["mapping"].as_object() {
                Some(mapping) => {
                    let targets = mapping.iter().filter_map(|(tag, target)| Some((tag.as_str(), target.as_str()?)));
                    targets.map(|(tag, target)| (tag, mapped(file, target))).collect()
                }
                None => heirs(file, document, name),
            };
            if !variants.is_empty() {
                bases.push(Base { file, name, property, has_integers: is_integer(schema, property), variants });
            }
        }
    }
    bases
}

impl Base<'_> {
    fn place(&self) -> String {
        component(self.file, self.name)
    }

    pub(super) fn by_tag(&self, direction: Direction) -> Value {
        let base = json!({ INHERITED: self.place() });
        let branches = self.variants.iter().map(|(tag, variant)| {
            let tag = typed(tag, self.has_integers);
            let tagged = json!({ "required": [self.property], "properties": { self.property: { "enum": [tag] } } });
            json!({ "allOf": [base, { INHERITED: variant }, tagged] })
        });
        let mut branches: Vec<_> = branches.collect();
        if direction != Direction::Sent {
            let tags: Vec<_> = self.variants.iter().map(|(tag, _)| typed(tag, self.has_integers)).collect();
            let unknown = json!({ "properties": { self.property: { "not": { "enum": tags } } } });
            branches.push(json!({ "allOf": [base, unknown] }));
        }
        json!({ "oneOf": branches })
    }

    /// Returns `true` if a component is a variant, or is between a variant and this.
    pub(super) fn is_inherited_by(&self, spec: &Spec, place: &str) -> bool {
        let mut variants = self.variants.iter();
        variants.any(|(_, variant)| variant == place || ancestors(spec, variant).contains(place))
    }
}

/// The components that build upon a base directly: without a mapping, each has its name as its tag.
fn heirs<'a>(file: &str, document: &'a Value, base: &str) -> Vec<(&'a str, String)> {
    let base = component(file, base);
    let builds_upon = |schema: &Value| {
        let mut parts = schema["allOf"].as_array().into_iter().flatten().filter_map(|part| part["$ref"].as_str());
        parts.any(|part| absolute(file, part) == base)
    };
    let components = document["components"]["schemas"].as_object().into_iter().flatten();
    let heirs = components.filter(|(_, schema)| builds_upon(schema));
    heirs.map(|(name, _)| (name.as_str(), component(file, name))).collect()
}

/// The location that a mapping names: by reference, or by the name of a component.
fn mapped(file: &str, target: &str) -> String {
    if target.contains(['#', '/']) { absolute(file, target) } else { component(file, target) }
}

/// All components in the `allOf` of a component, and in theirs.
fn ancestors(spec: &Spec, place: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut queue = vec![place.to_owned()];
    while let Some(place) = queue.pop() {
        let file = place.split('#').next().unwrap_or_default();
        let parts = schema_at(spec, &place).and_then(|schema| schema["allOf"].as_array()).into_iter().flatten();
        for parent in parts.filter_map(|part| part["$ref"].as_str()) {
            let parent = absolute(file, parent);
            if found.insert(parent.clone()) {
                queue.push(parent);
            }
        }
    }
    found
}

pub(super) fn mark_inherited(schema: &mut Value, file: &str, bases: &[Base<'_>], inherits: &dyn Fn(&Base<'_>) -> bool) {
    for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(place) = part["$ref"].as_str().map(|reference| absolute(file, reference)) else {
            continue;
        };
        if bases.iter().any(|base| base.place() == place && inherits(base)) {
            rename(part, "$ref", INHERITED);
        }
    }
}

pub(super) fn redirect(keywords: &mut Map<String, Value>, file: &str, bases: &[Base<'_>]) {
    let Some(Value::String(reference)) = keywords.get_mut("$ref") else {
        return;
    };
    let place = absolute(file, reference);
    if bases.iter().any(|base| base.place() == place) {
        *reference = format!("{place}-by-tag");
    }
}

fn is_integer(schema: &Value, property: &str) -> bool {
    schema["properties"][property]["type"] == "integer"
}

/// The value of a discriminating property that a mapping has as a text.
fn typed(tag: &str, is_integer: bool) -> Value {
    if is_integer { json!(tag.parse::<i64>().expect("the property is an integer")) } else { json!(tag) }
}

/// Adds to each alternative beside a discriminator its tag.
pub(super) fn tag_alternatives(spec: &Spec, keywords: &mut Map<String, Value>, file: &str) {
    let Some(discriminator) = keywords.get("discriminator").cloned() else {
        return;
    };
    let Some(property) = discriminator["propertyName"].as_str() else {
        return;
    };
    for keyword in ["oneOf", "anyOf"] {
        for alternative in keywords.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(place) = alternative["$ref"].as_str().map(|reference| absolute(file, reference)) else {
                continue;
            };
            let mapping = discriminator["mapping"].as_object().into_iter().flatten();
            let mut tags: Vec<_> = mapping
                .filter(|(_, target)| target.as_str().is_some_and(|target| mapped(file, target) == place))
                .map(|(tag, _)| tag.clone())
                .collect();
            if tags.is_empty() {
                tags.extend(place.rsplit('/').next().map(str::to_owned));
            }
            let has_integers = schema_at(spec, &place).is_some_and(|schema| is_integer(schema, property));
            let tags: Vec<_> = tags.iter().map(|tag| typed(tag, has_integers)).collect();
            let tagged = json!({ "required": [property], "properties": { property: { "enum": tags } } });
            *alternative = json!({ "allOf": [alternative.take(), tagged] });
        }
    }
}
