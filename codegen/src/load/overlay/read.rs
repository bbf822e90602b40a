//! Reading of an overlay, checked as strictly as a description.
//!
//! Every finding is in the text of the overlay. Evaluating the targets is for [`action`](super::action).

use super::query::Query;
use super::{Action, Change, Extends, Overlay};
use crate::Diagnostics;
use crate::document::{Cursor, Source, Value};
use crate::grammar::overlay::{INFO, OVERLAY, Version};
use crate::grammar::{Table, ValueKind, expected};
use crate::parse::parse;

/// Reads an overlay; `number` is that of its text. Returns `None` if it cannot be applied.
pub(super) fn read(source: &Source, number: u32, diagnostics: &mut Diagnostics) -> Option<Overlay> {
    let root = parse(source, number, diagnostics)?;
    let name = source.name.as_str().into();
    Reader { version: Version::V11, diagnostics }.overlay(&Cursor::root(&name, &root))
}

struct Reader<'a> {
    version: Version,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn overlay(&mut self, root: &Cursor<'_>) -> Option<Overlay> {
        // The newest version is assumed if there is none; its table reports that.
        if let Some(text) = root.text("overlay") {
            let Some(version) = Version::parse(text) else {
                self.diagnostics.unsupported_overlay(root.location_of("overlay"), text);
                return None;
            };
            self.version = version;
        }
        self.check(root, &OVERLAY)?;
        if let Some(info) = root.get("info").filter(|info| info.node().as_object().is_some()) {
            self.check(&info, &INFO);
        }
        let extends = root.text("extends").map(str::to_owned);
        let extends = extends.map(|text| Extends { text, location: root.location_of("extends") });
        let actions = root.get("actions").filter(|actions| actions.node().as_array().is_some())?;
        Some(Overlay { extends, actions: self.actions(&actions) })
    }

    fn actions(&mut self, list: &Cursor<'_>) -> Vec<Action> {
        let mut known: Vec<(serde_json::Value, Cursor<'_>)> = Vec::new();
        let mut actions = Vec::new();
        for item in list.items() {
            let json = item.node().to_json();
            if let Some((_, first)) = known.iter().find(|(other, _)| *other == json) {
                self.diagnostics.repeated_action(&item, &first.origin());
            }
            actions.extend(self.action(&item));
            known.push((json, item));
        }
        if known.is_empty() {
            self.diagnostics.no_actions(list);
        }
        actions
    }

    fn action(&mut self, action: &Cursor<'_>) -> Option<Action> {
        self.check(action, self.version.action())?;
        let target = self.query(action, "target");
        let change = self.change(action);
        Some(Action { target: target?, change: change? })
    }

    /// Reads the change of an action; `remove` takes precedence over the others.
    fn change(&mut self, action: &Cursor<'_>) -> Option<Change> {
        if action.flag("remove") {
            for name in ["update", "copy"].into_iter().filter(|name| action.has(name)) {
                self.diagnostics.ignored_beside_remove(action.key(name), name);
            }
            return Some(Change::Remove);
        }
        match (action.get("update"), action.has("copy")) {
            (Some(_), true) => {
                self.diagnostics.update_and_copy(action.key("copy"));
                None
            }
            (Some(value), false) => Some(Change::Update(value.node().clone(), value.origin())),
            (None, true) => self.query(action, "copy").map(Change::Copy),
            (None, false) => {
                if is_empty(action) {
                    self.diagnostics.action_without_effect(action);
                }
                Some(Change::Nothing)
            }
        }
    }

    fn query(&mut self, action: &Cursor<'_>, name: &str) -> Option<Query> {
        let text = action.text(name)?;
        let location = action.location_of(name);
        match Query::parse(text, location.clone()) {
            Ok(query) => Some(query),
            Err(reason) => {
                self.diagnostics.bad_query(location, text, &reason);
                None
            }
        }
    }

    /// Compares an object with its table; `None` if it is not an object.
    fn check(&mut self, node: &Cursor<'_>, table: &'static Table) -> Option<()> {
        let Value::Object(object) = node.value() else {
            self.diagnostics.wrong_kind(node, "an object", node.node().kind(), None);
            return None;
        };
        for keyword in table.keywords.iter().filter(|keyword| keyword.required && !object.contains_key(keyword.name)) {
            self.diagnostics.missing_keyword(node, self.version, table.name, keyword.name);
        }
        for (name, property) in object.iter().filter(|(name, _)| !name.starts_with("x-")) {
            match table.kind(name) {
                Some(kind) if !holds(kind, &property.node.value) => {
                    let found = property.node.kind();
                    self.diagnostics.wrong_kind(node.location_of(name), expected(kind), found, None);
                }
                Some(_) => {}
                None => {
                    let help = table.instead(name);
                    self.diagnostics.unknown_keyword(node.key(name), name, table, self.version, help);
                }
            }
        }
        Some(())
    }
}

/// Returns `true` if an action does not even name a change, as with a misspelt keyword.
fn is_empty(action: &Cursor<'_>) -> bool {
    action.properties().all(|(name, value)| match name {
        "target" | "description" => true,
        "remove" => *value.value() == Value::Bool(false),
        name => name.starts_with("x-"),
    })
}

/// Returns `true` if a value is of a kind of the tables of overlays.
fn holds(kind: ValueKind, value: &Value) -> bool {
    matches!(
        (kind, value),
        (ValueKind::Any, _)
            | (ValueKind::Text, Value::String(_))
            | (ValueKind::Bool, Value::Bool(_))
            | (ValueKind::List(_), Value::Array(_))
            | (ValueKind::Map(_), Value::Object(_))
    )
}
