//! The text of an overlay to its actions, checked as strictly as a description.
//!
//! Every finding stands in the text of the overlay. What the targets select is for [`action`](super::action).

use super::query::Query;
use super::{Action, Change, Extends, Overlay};
use crate::Diagnostics;
use crate::document::{Node, Object, Origin, Source, Value};
use crate::grammar::overlay::{INFO, OVERLAY, Version};
use crate::grammar::{Kind, Table, expected};
use crate::parse::parse;

/// Reads the overlay of a number, counted from 1; `None` if it cannot be applied.
pub(super) fn read(source: &Source, index: u32, diagnostics: &mut Diagnostics) -> Option<Overlay> {
    let mut own = Diagnostics::new();
    let mut root = parse(source, &mut own);
    let overlay = root.as_mut().and_then(|root| {
        root.set_source(index);
        Reader { version: Version::V11, diagnostics: &mut own }.overlay(root, &Origin::file(&source.name))
    });
    diagnostics.take_over(own, index, root.as_ref());
    overlay
}

struct Reader<'a> {
    version: Version,
    /// Findings of this overlay alone; their origins lead into it.
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn overlay(&mut self, root: &Node, origin: &Origin) -> Option<Overlay> {
        // Without a version, the newest one; its table says that it is missing.
        if let Some(text) = root.get("overlay").and_then(Node::as_str) {
            let Some(version) = Version::parse(text) else {
                self.diagnostics.unsupported_overlay(origin.child("overlay"), text);
                return None;
            };
            self.version = version;
        }
        let object = self.members(root, origin, &OVERLAY)?;
        if let Some(info) = object.get("info").filter(|info| info.node.as_object().is_some()) {
            self.members(&info.node, &origin.child("info"), &INFO);
        }
        let extends = object.get("extends").and_then(|member| {
            let (text, span) = (member.node.as_str()?.to_owned(), member.node.span);
            Some(Extends { text, origin: origin.child("extends"), span })
        });
        let actions = self.actions(object.get("actions")?.node.as_array()?, &origin.child("actions"));
        Some(Overlay { extends, actions })
    }

    fn actions(&mut self, items: &[Node], origin: &Origin) -> Vec<Action> {
        if items.is_empty() {
            self.diagnostics.no_actions(origin.clone());
        }
        let mut known: Vec<serde_json::Value> = Vec::with_capacity(items.len());
        let mut actions = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let place = origin.child(index.to_string());
            let json = item.to_json();
            if let Some(first) = known.iter().position(|other| *other == json) {
                self.diagnostics.repeated_action(place.clone(), &origin.child(first.to_string()));
            }
            known.push(json);
            actions.extend(self.action(item, &place));
        }
        actions
    }

    fn action(&mut self, node: &Node, origin: &Origin) -> Option<Action> {
        let object = self.members(node, origin, self.version.action())?;
        let target = self.query(object, "target", origin);
        let change = self.change(object, origin);
        Some(Action { target: target?, change: change? })
    }

    /// What an action does; `remove` counts before the others.
    fn change(&mut self, object: &Object, origin: &Origin) -> Option<Change> {
        if object.get("remove").is_some_and(|remove| remove.node.value == Value::Bool(true)) {
            for name in ["update", "copy"].into_iter().filter(|name| object.contains_key(*name)) {
                self.diagnostics.ignored_beside_remove(origin.clone(), name);
            }
            return Some(Change::Remove);
        }
        match (object.get("update"), object.contains_key("copy")) {
            (Some(_), true) => {
                self.diagnostics.update_and_copy(origin.clone());
                None
            }
            (Some(value), false) => Some(Change::Update(value.node.clone(), origin.child("update"))),
            (None, true) => self.query(object, "copy", origin).map(Change::Copy),
            (None, false) => {
                if says_nothing(object) {
                    self.diagnostics.action_without_effect(origin.clone());
                }
                Some(Change::Nothing)
            }
        }
    }

    fn query(&mut self, object: &Object, name: &str, origin: &Origin) -> Option<Query> {
        let node = &object.get(name)?.node;
        let text = node.as_str()?;
        let origin = origin.child(name);
        match Query::parse(text, origin.clone(), node.span) {
            Ok(query) => Some(query),
            Err(reason) => {
                self.diagnostics.bad_query(origin, text, &reason);
                None
            }
        }
    }

    /// Compares an object with its table; gives its members.
    fn members<'n>(&mut self, node: &'n Node, origin: &Origin, table: &'static Table) -> Option<&'n Object> {
        let Some(object) = node.as_object() else {
            self.diagnostics.wrong_kind(origin.clone(), "an object", node.kind(), None);
            return None;
        };
        for keyword in table.members.iter().filter(|keyword| keyword.required && !object.contains_key(keyword.name)) {
            self.diagnostics.missing_keyword(origin.clone(), self.version, table.name, keyword.name);
        }
        for (name, member) in object.iter().filter(|(name, _)| !name.starts_with("x-")) {
            match table.kind(name) {
                Some(kind) if !holds(kind, &member.node.value) => {
                    self.diagnostics.wrong_kind(origin.child(name), expected(kind), member.node.kind(), None);
                }
                Some(_) => {}
                None => {
                    self.diagnostics.unknown_keyword(origin.clone(), name, table, self.version, table.instead(name));
                }
            }
        }
        Some(object)
    }
}

/// Whether an action does not even try to change something, as a misspelt keyword does.
fn says_nothing(object: &Object) -> bool {
    object.iter().all(|(name, member)| match name.as_str() {
        "target" | "description" => true,
        "remove" => member.node.value == Value::Bool(false),
        name => name.starts_with("x-"),
    })
}

/// Whether a value is of a kind that the tables of overlays name.
fn holds(kind: Kind, value: &Value) -> bool {
    matches!(
        (kind, value),
        (Kind::Any, _)
            | (Kind::Text, Value::String(_))
            | (Kind::Bool, Value::Bool(_))
            | (Kind::List(_), Value::Array(_))
            | (Kind::Map(_), Value::Object(_))
    )
}
