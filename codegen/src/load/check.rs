//! Compares a tree with the tables of [`grammar`](crate::grammar): unknown and missing keywords, values of the wrong kind.
//!
//! Gathers the references on the way, with the kind of object that each must lead to.

use crate::Diagnostics;
use crate::diagnostic::EXTENSIONS;
use crate::document::{Node, Object, Origin, Value};
use crate::grammar::{Kind, ObjectName, Table, Version, expected};
use crate::names::nearest;

/// A Reference Object, the `$ref` of a path item, or that of a schema.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// The place of the object that holds the `$ref` once the tree is [normalised](super::normalise).
    pub(crate) holder: Origin,
    /// What it says.
    pub(crate) text: String,
    /// What it must lead to.
    pub(crate) expected: ObjectName,
    /// The version that the holder is written in, and with it what has no version of its own.
    pub(crate) version: Version,
}

/// Checks a node against the tables of a version.
pub(super) fn check_object(
    node: &Node,
    object: ObjectName,
    version: Version,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) -> Vec<Reference> {
    let mut checker = Checker { version, diagnostics, origin, help: None, references: Vec::new() };
    checker.kind(node, object.kind());
    checker.references
}

struct Checker<'a> {
    version: Version,
    diagnostics: &'a mut Diagnostics,
    /// The place of the node that is looked at.
    origin: Origin,
    /// What to say about the keyword that is looked at, if it holds another kind of value than it should.
    help: Option<&'static str>,
    references: Vec<Reference>,
}

impl Checker<'_> {
    fn kind(&mut self, node: &Node, kind: Kind) {
        match (kind, &node.value) {
            (Kind::Any, _)
            | (Kind::Bool | Kind::BoolOr(_), Value::Bool(_))
            | (Kind::Text, Value::String(_))
            | (Kind::Number, Value::Number(_)) => {}
            (Kind::Count, Value::Number(number))
                if number.as_u64().is_some_and(|count| usize::try_from(count).is_ok()) => {}
            (Kind::Refused(help), _) => self.diagnostics.refused_keyword(self.origin.clone(), help),
            (Kind::Schema, Value::Bool(_)) if self.version == Version::V31 => {}
            (Kind::Word(words) | Kind::Words(words), Value::String(text)) => {
                if !words.contains(&text.as_str()) {
                    self.diagnostics.unknown_value(self.origin.clone(), text, words);
                }
            }
            (Kind::Words(words), Value::Array(items)) if !items.is_empty() => {
                self.items(items, Kind::Word(words));
            }
            (Kind::List(kind), Value::Array(items)) => self.items(items, *kind),
            (Kind::Map(kind), Value::Object(object)) => {
                for (name, member) in object {
                    self.descend(name, &member.node, *kind);
                }
            }
            (Kind::BoolOr(kind), _) => self.kind(node, *kind),
            (Kind::Schema, Value::Object(object)) => self.schema(object),
            (Kind::Reference(name), Value::Object(object)) if object.contains_key("$ref") => {
                self.reference(object, name);
            }
            (Kind::Object(name) | Kind::Reference(name), Value::Object(object)) => self.members(object, name),
            (Kind::Words(_), Value::Array(_)) => self.wrong_kind(kind, "an empty list"),
            _ => self.wrong_kind(kind, node.kind()),
        }
    }

    fn wrong_kind(&mut self, kind: Kind, found: &str) {
        let expected = match kind {
            Kind::Schema if self.version == Version::V31 => "a boolean or an object",
            kind => expected(kind),
        };
        self.diagnostics.wrong_kind(self.origin.clone(), expected, found, self.help);
    }

    fn members(&mut self, object: &Object, object_name: ObjectName) {
        let table = self.version.table(object_name);
        self.missing(object, table);
        for (name, member) in object {
            match table.kind(name) {
                _ if name.starts_with("x-") => self.extension(name),
                Some(kind) => {
                    self.help = table.instead(name);
                    self.descend(name, &member.node, kind);
                }
                None => self.unknown(name, object_name),
            }
        }
        self.help = None;
        if let Some(text) = object.get("$ref").and_then(|member| member.node.as_str()) {
            let holder = match super::normalise::index_of_reference(object) {
                Some(index) if object_name == ObjectName::Schema => self.origin.descend(["allOf", &index.to_string()]),
                _ => self.origin.clone(),
            };
            self.refers(holder, text, object_name);
        }
    }

    fn missing(&mut self, object: &Object, table: &Table) {
        for keyword in table.members.iter().filter(|keyword| keyword.required && !object.contains_key(keyword.name)) {
            self.diagnostics.missing_keyword(self.origin.clone(), "OpenAPI", table.name, keyword.name);
        }
        if !table.any_of.is_empty() && !table.any_of.iter().any(|name| object.contains_key(*name)) {
            self.diagnostics.missing_all_of(self.origin.clone(), table.name, table.any_of);
        }
    }

    fn unknown(&mut self, name: &str, object: ObjectName) {
        let table = self.version.table(object);
        let newer = Version::V31.table(object);
        let help = if self.version == Version::V30 && newer.keyword(name).is_some() {
            table.instead(name).or(Some("OpenAPI 3.1 has this keyword, 3.0 has not"))
        } else {
            table.instead(name)
        };
        self.diagnostics.unknown_keyword(self.origin.clone(), name, table, self.version, help);
    }

    fn extension(&mut self, name: &str) {
        if !EXTENSIONS.contains(&name)
            && let Some(known) = nearest(name, EXTENSIONS.iter().copied())
        {
            self.diagnostics.misspelt_extension(self.origin.clone(), name, known);
        }
    }

    /// In 3.1 `$ref` is a keyword among others; with company it will stand in an `allOf`, behind what is there already.
    fn schema(&mut self, object: &Object) {
        if self.version == Version::V30 && object.contains_key("$ref") {
            return self.reference(object, ObjectName::Schema);
        }
        self.members(object, ObjectName::Schema);
        if let Some(constant) = object.get("const")
            && let Some(values) = object.get("enum").and_then(|member| member.node.as_array())
            && !values.iter().any(|value| value.to_json() == constant.node.to_json())
        {
            self.diagnostics.constant_outside_enum(self.origin.child("const"));
        }
    }

    /// What stands beside `$ref` is ignored, but for the texts that 3.1 allows there; a reader may not know.
    fn reference(&mut self, object: &Object, name: ObjectName) {
        let target = &object["$ref"].node;
        if let Some(text) = target.as_str() {
            self.refers(self.origin.clone(), text, name);
        } else {
            self.diagnostics.wrong_kind(self.origin.child("$ref"), expected(Kind::Text), target.kind(), None);
        }
        let is_allowed = |name: &str| {
            name == "$ref"
                || name.starts_with("x-")
                || (self.version == Version::V31 && matches!(name, "summary" | "description"))
        };
        for name in object.keys().filter(|name| !is_allowed(name)) {
            self.diagnostics.ignored_beside_reference(self.origin.clone(), name);
        }
    }

    fn refers(&mut self, holder: Origin, text: &str, expected: ObjectName) {
        self.references.push(Reference { holder, text: text.to_owned(), expected, version: self.version });
    }

    fn items(&mut self, items: &[Node], kind: Kind) {
        for (index, item) in items.iter().enumerate() {
            self.descend(&index.to_string(), item, kind);
        }
    }

    fn descend(&mut self, token: &str, node: &Node, kind: Kind) {
        self.origin.pointer.push(token);
        self.kind(node, kind);
        self.origin.pointer.pop();
    }
}
