//! Compares a tree with the tables of [`grammar`](crate::grammar): unknown and missing keywords, values of the wrong kind.
//!
//! Collects the references, with the kind of object that each must lead to.

use crate::Diagnostics;
use crate::diagnostic::EXTENSIONS;
use crate::document::{Cursor, Location, Object, Origin, Span, Value};
use crate::grammar::{ObjectName, Table, ValueKind, Version, expected};
use crate::names::nearest;

/// A Reference Object, the `$ref` of a path item, or that of a schema.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// The origin of the object with the `$ref` once the tree is [normalised](super::normalise).
    pub(crate) holder: Origin,
    /// The text of the `$ref`.
    pub(crate) text: String,
    /// The range of that text.
    pub(crate) span: Span,
    /// The kind of object that the reference must lead to.
    pub(crate) expected: ObjectName,
    /// The version of the holder, and of a target in a file without a version of its own.
    pub(crate) version: Version,
}

impl Reference {
    /// The location of the text.
    pub(crate) fn location(&self) -> Location {
        Location::text(self.holder.child("$ref"), self.span)
    }
}

/// Checks a node against the tables of a version; returns the references in it.
pub(super) fn check_object(
    node: &Cursor<'_>,
    object: ObjectName,
    version: Version,
    diagnostics: &mut Diagnostics,
) -> Vec<Reference> {
    let mut checker = Checker { version, diagnostics, help: None, references: Vec::new() };
    checker.kind(node, object.kind());
    checker.references
}

struct Checker<'a> {
    version: Version,
    diagnostics: &'a mut Diagnostics,
    /// The help text for a value of the wrong kind, if the keyword that is being checked has one.
    help: Option<&'static str>,
    references: Vec<Reference>,
}

impl Checker<'_> {
    fn kind(&mut self, node: &Cursor<'_>, kind: ValueKind) {
        match (kind, node.value()) {
            (ValueKind::Any, _)
            | (ValueKind::Bool | ValueKind::BoolOr(_), Value::Bool(_))
            | (ValueKind::Text, Value::String(_))
            | (ValueKind::Number, Value::Number(_)) => {}
            (ValueKind::Count, Value::Number(number))
                if number.as_u64().is_some_and(|count| usize::try_from(count).is_ok()) => {}
            (ValueKind::Refused(help), _) => self.diagnostics.refused_keyword(node, help),
            (ValueKind::Schema, Value::Bool(_)) if self.version == Version::V31 => {}
            (ValueKind::Word(words) | ValueKind::Words(words), Value::String(text)) => {
                if !words.contains(&text.as_str()) {
                    self.diagnostics.unknown_value(node, text, words);
                }
            }
            (ValueKind::Words(words), Value::Array(items)) if !items.is_empty() => {
                self.items(node, ValueKind::Word(words));
            }
            (ValueKind::List(kind), Value::Array(_)) => self.items(node, *kind),
            (ValueKind::Map(kind), Value::Object(_)) => {
                node.properties().for_each(|(_, value)| self.kind(&value, *kind));
            }
            (ValueKind::BoolOr(kind), _) => self.kind(node, *kind),
            (ValueKind::Schema, Value::Object(object)) => self.schema(node, object),
            (ValueKind::Reference(name), Value::Object(object)) if object.contains_key("$ref") => {
                self.reference(node, object, name);
            }
            (ValueKind::Object(name) | ValueKind::Reference(name), Value::Object(object)) => {
                self.keywords(node, object, name);
            }
            (ValueKind::Words(_), Value::Array(_)) => self.wrong_kind(node, kind, "an empty list"),
            (ValueKind::Count, Value::Number(number)) if number.as_i64().is_some_and(i64::is_negative) => {
                self.wrong_kind(node, kind, "a negative integer");
            }
            _ => self.wrong_kind(node, kind, node.node().kind()),
        }
    }

    fn wrong_kind(&mut self, node: &Cursor<'_>, kind: ValueKind, found: &str) {
        let expected = match kind {
            ValueKind::Schema if self.version == Version::V31 => "a boolean or an object",
            kind => expected(kind),
        };
        self.diagnostics.wrong_kind(node, expected, found, self.help);
    }

    fn keywords(&mut self, node: &Cursor<'_>, object: &Object, object_name: ObjectName) {
        let table = self.version.table(object_name);
        self.missing(node, object, table);
        for (name, value) in node.properties() {
            match table.kind(name) {
                _ if name.starts_with("x-") => self.extension(node, name),
                Some(kind) => {
                    self.help = table.instead(name);
                    self.kind(&value, kind);
                }
                None => self.unknown(node, name, object_name),
            }
        }
        self.help = None;
        if let Some(target) = node.get("$ref")
            && let Some(text) = target.as_str()
        {
            let holder = match super::normalise::index_of_reference(object) {
                Some(index) if object_name == ObjectName::Schema => {
                    node.origin().descend(["allOf", &index.to_string()])
                }
                _ => node.origin(),
            };
            self.refers(holder, text, target.span(), object_name);
        }
    }

    fn missing(&mut self, node: &Cursor<'_>, object: &Object, table: &Table) {
        for keyword in table.keywords.iter().filter(|keyword| keyword.required && !object.contains_key(keyword.name)) {
            self.diagnostics.missing_keyword(node, "OpenAPI", table.name, keyword.name);
        }
        if !table.any_of.is_empty() && !table.any_of.iter().any(|name| object.contains_key(*name)) {
            self.diagnostics.missing_all_of(node, table.name, table.any_of);
        }
    }

    fn unknown(&mut self, node: &Cursor<'_>, name: &str, object: ObjectName) {
        let table = self.version.table(object);
        let newer = Version::V31.table(object);
        let help = if self.version == Version::V30 && newer.keyword(name).is_some() {
            table.instead(name).or(Some("this keyword requires OpenAPI 3.1"))
        } else {
            table.instead(name)
        };
        self.diagnostics.unknown_keyword(node.key(name), name, table, self.version, help);
    }

    fn extension(&mut self, node: &Cursor<'_>, name: &str) {
        if !EXTENSIONS.contains(&name)
            && let Some(known) = nearest(name, EXTENSIONS.iter().copied())
        {
            self.diagnostics.misspelt_extension(node.key(name), name, known);
        }
    }

    /// In 3.1 `$ref` is a keyword among others; beside others it is moved to the end of `allOf`.
    fn schema(&mut self, node: &Cursor<'_>, object: &Object) {
        if self.version == Version::V30 && object.contains_key("$ref") {
            return self.reference(node, object, ObjectName::Schema);
        }
        self.keywords(node, object, ObjectName::Schema);
        if let Some(constant) = node.get("const")
            && let Some(values) = object.get("enum").and_then(|property| property.node.as_array())
            && !values.iter().any(|value| value.to_json() == constant.node().to_json())
        {
            self.diagnostics.constant_outside_enum(constant);
        }
    }

    /// Keywords beside `$ref` are ignored, except for those that 3.1 allows there; the author may not know.
    fn reference(&mut self, node: &Cursor<'_>, object: &Object, name: ObjectName) {
        let target = &object["$ref"].node;
        if let Some(text) = target.as_str() {
            self.refers(node.origin(), text, target.span, name);
        } else {
            self.diagnostics.wrong_kind(node.location_of("$ref"), expected(ValueKind::Text), target.kind(), None);
        }
        let is_allowed = |name: &str| {
            name == "$ref"
                || name.starts_with("x-")
                || (self.version == Version::V31 && matches!(name, "summary" | "description"))
        };
        for name in object.keys().filter(|name| !is_allowed(name)) {
            self.diagnostics.ignored_beside_reference(node.key(name), name);
        }
    }

    fn refers(&mut self, holder: Origin, text: &str, span: Span, expected: ObjectName) {
        self.references.push(Reference { holder, text: text.to_owned(), span, expected, version: self.version });
    }

    fn items(&mut self, list: &Cursor<'_>, kind: ValueKind) {
        list.items().for_each(|item| self.kind(&item, kind));
    }
}
