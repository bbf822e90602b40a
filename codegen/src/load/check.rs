//! Compares a tree with the tables of [`keywords`](super::keywords): unknown and missing keywords, values of the wrong kind.
//!
//! Gathers the references on the way, with the kind of object that each must lead to.

use super::keywords::{Kind, Table};
use crate::Diagnostics;
use crate::diagnostic::EXTENSIONS;
use crate::names::nearest;
use crate::node::{Node, Object, Value};
use crate::pointer::Origin;

/// A Reference Object, or the `$ref` of a path item.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// The place of the object that holds the `$ref`.
    pub(crate) holder: Origin,
    /// What it says.
    pub(crate) text: String,
    /// What it must lead to.
    pub(crate) expected: &'static Table,
}

/// Checks a node against a table.
pub(crate) fn check_object(
    node: &Node,
    table: &'static Table,
    origin: Origin,
    diagnostics: &mut Diagnostics,
) -> Vec<Reference> {
    let mut checker = Checker { diagnostics, origin, references: Vec::new() };
    checker.kind(node, Kind::Object(table));
    checker.references
}

struct Checker<'a> {
    diagnostics: &'a mut Diagnostics,
    /// The place of the node that is looked at.
    origin: Origin,
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
            (Kind::Word(words), Value::String(text)) => {
                if !words.contains(&text.as_str()) {
                    self.diagnostics.unknown_value(self.origin.clone(), text, words);
                }
            }
            (Kind::List(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.descend(&index.to_string(), item, *kind);
                }
            }
            (Kind::Map(kind), Value::Object(object)) => {
                for (name, member) in object {
                    self.descend(name, &member.node, *kind);
                }
            }
            (Kind::BoolOr(kind), _) => self.kind(node, *kind),
            (Kind::Reference(table), Value::Object(object)) if object.contains_key("$ref") => {
                self.reference(object, table);
            }
            (Kind::Object(table) | Kind::Reference(table), Value::Object(object)) => self.members(object, table),
            _ => self.diagnostics.wrong_kind(self.origin.clone(), expected(kind), node.kind()),
        }
    }

    fn members(&mut self, object: &Object, table: &'static Table) {
        for keyword in table.members.iter().filter(|keyword| keyword.required && !object.contains_key(keyword.name)) {
            self.diagnostics.missing_keyword(self.origin.clone(), table.name, keyword.name);
        }
        for (name, member) in object {
            match table.kind(name) {
                _ if name.starts_with("x-") => self.extension(name),
                Some(kind) => self.descend(name, &member.node, kind),
                None => self.diagnostics.unknown_keyword(self.origin.clone(), name, table),
            }
        }
        if let Some(text) = object.get("$ref").and_then(|member| member.node.as_str()) {
            self.references.push(Reference { holder: self.origin.clone(), text: text.to_owned(), expected: table });
        }
    }

    fn extension(&mut self, name: &str) {
        if !EXTENSIONS.contains(&name)
            && let Some(known) = nearest(name, EXTENSIONS.iter().copied())
        {
            self.diagnostics.misspelt_extension(self.origin.clone(), name, known);
        }
    }

    /// OpenAPI 3.0 ignores whatever stands beside `$ref`; a reader of the description may not know.
    fn reference(&mut self, object: &Object, table: &'static Table) {
        let target = &object["$ref"].node;
        if let Some(text) = target.as_str() {
            self.references.push(Reference { holder: self.origin.clone(), text: text.to_owned(), expected: table });
        } else {
            self.diagnostics.wrong_kind(self.origin.child("$ref"), expected(Kind::Text), target.kind());
        }
        for name in object.keys().filter(|name| *name != "$ref" && !name.starts_with("x-")) {
            self.diagnostics.ignored_beside_reference(self.origin.clone(), name);
        }
    }

    fn descend(&mut self, token: &str, node: &Node, kind: Kind) {
        self.origin.pointer.push(token);
        self.kind(node, kind);
        self.origin.pointer.pop();
    }
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Any => "a value",
        Kind::Bool => "a boolean",
        Kind::Text | Kind::Word(_) => "a string",
        Kind::Number => "a number",
        Kind::Count => "a non-negative integer",
        Kind::List(_) => "a list",
        Kind::Map(_) | Kind::Object(_) | Kind::Reference(_) => "an object",
        Kind::BoolOr(_) => "a boolean or an object",
    }
}

/// The table of the object at a place in a whole document, by the grammar alone.
pub(crate) fn table_at(root: &'static Table, tokens: impl Iterator<Item = String>) -> Option<&'static Table> {
    let mut kind = Kind::Object(root);
    for token in tokens {
        kind = match kind {
            Kind::Object(table) | Kind::Reference(table) => table.kind(&token)?,
            Kind::BoolOr(Kind::Object(table) | Kind::Reference(table)) => table.kind(&token)?,
            Kind::Map(kind) | Kind::List(kind) => *kind,
            _ => return None,
        };
    }
    match kind {
        Kind::Object(table) | Kind::Reference(table) => Some(table),
        Kind::BoolOr(Kind::Object(table) | Kind::Reference(table)) => Some(*table),
        _ => None,
    }
}
