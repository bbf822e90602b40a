//! Execution of actions: each changes the trees that result from the previous one.

use std::collections::BTreeSet;

use super::merge::{self, Shape};
use super::query::{NodePath, Query, Step};
use super::scope;
use super::{Action, Change, Overlay};
use crate::Diagnostics;
use crate::document::{Document, JsonPointer, Location, Node, Origin, Span, Value};
use crate::parse::{MAX_ADDED, MAX_DEPTH};

/// Applies actions to a document.
pub(super) struct Patcher<'a> {
    document: &'a mut Document,
    diagnostics: &'a mut Diagnostics,
    /// The number of values added so far.
    added: usize,
    /// The number of values in which targets were searched.
    queried: usize,
}

/// The maximum number of values in which targets are searched, in all actions.
const MAX_QUERIED: usize = 20_000_000;

/// A value that is merged into targets, with its origin for findings.
struct Addition<'v> {
    value: &'v Node,
    origin: &'v Origin,
    /// The expression that selected it; `None` if it is part of the overlay itself.
    copied: Option<&'v Query>,
}

impl Addition<'_> {
    /// The location of a part of the value, or that of the expression that selected it.
    fn location(&self, origin: Origin, span: Span) -> Location {
        self.copied.map_or_else(|| Location::text(origin, span), |query| query.location.clone())
    }
}

impl<'a> Patcher<'a> {
    pub(super) fn new(document: &'a mut Document, diagnostics: &'a mut Diagnostics) -> Self {
        Self { document, diagnostics, added: 0, queried: 0 }
    }

    /// Applies the actions of an overlay; returns the names of the root files that they change.
    pub(super) fn apply(&mut self, overlay: &Overlay) -> Vec<String> {
        let entries = scope::entries(self.document, overlay.extends.as_ref(), self.diagnostics).unwrap_or_default();
        let mut changed = BTreeSet::new();
        for action in overlay.actions.iter().filter(|_| !entries.is_empty()) {
            // Queries of a description that became too large would take too long.
            if self.added > MAX_ADDED {
                break;
            }
            let sizes = entries.iter().map(|entry| self.document.files[entry].root.size());
            self.queried += sizes.sum::<usize>();
            if self.queried > MAX_QUERIED {
                self.diagnostics.too_many_actions(action.target.location.clone());
                break;
            }
            changed.extend(self.act(action, &entries));
        }
        changed.into_iter().collect()
    }

    /// Applies an action; returns the names of the root files in which its target exists. Reports a target that exists in none
    /// of them, so that an action that no longer applies is noticed.
    fn act(&mut self, action: &Action, entries: &[String]) -> Vec<String> {
        let mut matched = Vec::new();
        for entry in entries {
            let json = self.document.files[entry].root.to_json();
            let paths = action.target.select(&json);
            if paths.is_empty() {
                continue;
            }
            matched.push(entry.clone());
            let entry = Origin::file(entry);
            match &action.change {
                Change::Nothing => {}
                Change::Remove => self.remove(&entry, &paths, &action.target),
                Change::Update(value, origin) => {
                    self.merge(&entry, &paths, &action.target, &Addition { value, origin, copied: None });
                }
                Change::Copy(source) => self.copy(&entry, &paths, &action.target, source, &json),
            }
        }
        if matched.is_empty() {
            let Query { text, location, .. } = &action.target;
            let entries: Vec<_> = entries.iter().map(String::as_str).collect();
            self.diagnostics.no_match(location.clone(), text, &entries);
        }
        matched
    }

    /// Removes in reverse order, so that indices stay valid and nested targets come before those that contain them.
    fn remove(&mut self, entry: &Origin, paths: &[NodePath], target: &Query) {
        for path in paths.iter().rev() {
            let Some((holder, step)) = path.split() else {
                return self.diagnostics.remove_everything(target.location.clone());
            };
            match (step, self.node_mut(entry, holder).map(|node| &mut node.value)) {
                (Step::Name(name), Some(Value::Object(object))) => _ = object.shift_remove(name),
                (Step::Index(index), Some(Value::Array(items))) => _ = items.remove(*index),
                _ => {}
            }
        }
    }

    fn copy(&mut self, entry: &Origin, paths: &[NodePath], target: &Query, source: &Query, json: &serde_json::Value) {
        let found = source.select(json);
        let [path] = found.as_slice() else {
            let Query { text, location, .. } = source;
            return self.diagnostics.not_one_source(location.clone(), text, &entry.file, found.len());
        };
        let source_origin = Origin { file: entry.file.clone(), pointer: path.pointer() };
        let Some(value) = self.document.node(&source_origin).cloned() else { return };
        self.merge(
            entry,
            paths,
            target,
            &Addition { value: &value, origin: &source.location.origin, copied: Some(source) },
        );
    }

    fn merge(&mut self, entry: &Origin, paths: &[NodePath], target: &Query, addition: &Addition<'_>) {
        if !self.are_alike(entry, paths, target) {
            return;
        }
        for path in paths {
            if !self.has_room(path, addition) {
                return;
            }
            let pointer = path.pointer();
            let Some(node) = self.node_mut(entry, pointer.clone()) else { continue };
            let mismatches = merge::merge(node, addition.value);
            for mismatch in &mismatches {
                self.report(mismatch, &Origin { file: entry.file.clone(), pointer: pointer.clone() }, addition);
            }
            // The same value would fail for the other targets.
            if !mismatches.is_empty() {
                return;
            }
        }
    }

    /// Reports targets of different shapes; `true` if all are objects, all are lists, or all are other values.
    fn are_alike(&mut self, entry: &Origin, paths: &[NodePath], target: &Query) -> bool {
        let root = &self.document.files[&*entry.file].root;
        let nodes = paths.iter().filter_map(|path| root.at(&path.pointer()));
        let mut shapes: Vec<_> = nodes.map(Shape::of).collect();
        shapes.sort_unstable();
        shapes.dedup();
        if shapes.len() > 1 {
            let kinds: Vec<_> = shapes.into_iter().map(Shape::plural).collect();
            self.diagnostics.mixed_targets(target.location.clone(), &target.text, &kinds);
            return false;
        }
        true
    }

    /// Reports a value that is too large or too deep, since copies of copies grow exponentially.
    fn has_room(&mut self, path: &NodePath, addition: &Addition<'_>) -> bool {
        self.added += addition.value.size();
        let has_room = self.added <= MAX_ADDED && path.depth() + 1 + addition.value.depth() <= MAX_DEPTH;
        if !has_room {
            self.diagnostics.too_deep(addition.location(addition.origin.clone(), addition.value.span));
        }
        has_room
    }

    fn report(&mut self, mismatch: &merge::Mismatch, target: &Origin, addition: &Addition<'_>) {
        let mut target = target.clone();
        let mut origin = addition.origin.clone();
        for name in &mismatch.path {
            target.pointer.push(name);
            if addition.copied.is_none() {
                origin.pointer.push(name);
            }
        }
        let location = addition.location(origin, mismatch.span);
        self.diagnostics.cannot_merge(location, mismatch.found, &target, mismatch.there);
    }

    fn node_mut(&mut self, entry: &Origin, pointer: JsonPointer) -> Option<&mut Node> {
        self.document.node_mut(&Origin { file: entry.file.clone(), pointer })
    }
}
