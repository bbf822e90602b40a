//! Actions carried out: each changes the trees that the one before it left.

use super::merge::{self, Shape};
use super::query::{Place, Query, Step};
use super::scope;
use super::{Action, Change, Overlay};
use crate::Diagnostics;
use crate::document::{Document, JsonPointer, Location, Node, Origin, Span, Value};
use crate::parse::{MAX_ADDED, MAX_DEPTH};

/// Changes a document.
pub(super) struct Patcher<'a> {
    document: &'a mut Document,
    diagnostics: &'a mut Diagnostics,
    /// How many values were added by now.
    added: usize,
}

/// A value that is merged into targets, and where a finding about it points.
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
        Self { document, diagnostics, added: 0 }
    }

    pub(super) fn apply(&mut self, overlay: &Overlay) {
        let Some(entries) = scope::entries(self.document, overlay.extends.as_ref(), self.diagnostics) else { return };
        for action in &overlay.actions {
            // A description that grew too large is not looked through again and again.
            if self.added > MAX_ADDED {
                return;
            }
            self.act(action, &entries);
        }
    }

    /// A target must be there in one of the entries at least: a patch that no longer applies has to be noticed.
    fn act(&mut self, action: &Action, entries: &[String]) {
        let mut is_matched = false;
        for entry in entries {
            let json = self.document.files[entry].root.to_json();
            let places = action.target.select(&json);
            if places.is_empty() {
                continue;
            }
            is_matched = true;
            let entry = Origin::file(entry);
            match &action.change {
                Change::Nothing => {}
                Change::Remove => self.remove(&entry, &places, &action.target),
                Change::Update(value, origin) => {
                    self.merge(&entry, &places, &action.target, &Addition { value, origin, copied: None });
                }
                Change::Copy(source) => self.copy(&entry, &places, &action.target, source, &json),
            }
        }
        if !is_matched {
            let Query { text, location, .. } = &action.target;
            let entries: Vec<_> = entries.iter().map(String::as_str).collect();
            self.diagnostics.no_match(location.clone(), text, &entries);
        }
    }

    /// Removes from the back, so that the numbers of items stay right and nothing goes before what is inside of it.
    fn remove(&mut self, entry: &Origin, places: &[Place], target: &Query) {
        for place in places.iter().rev() {
            let Some((holder, step)) = place.split() else {
                return self.diagnostics.remove_everything(target.location.clone());
            };
            match (step, self.node_mut(entry, holder).map(|node| &mut node.value)) {
                (Step::Name(name), Some(Value::Object(object))) => _ = object.shift_remove(name),
                (Step::Index(index), Some(Value::Array(items))) => _ = items.remove(*index),
                _ => {}
            }
        }
    }

    fn copy(&mut self, entry: &Origin, places: &[Place], target: &Query, source: &Query, json: &serde_json::Value) {
        let found = source.select(json);
        let [place] = found.as_slice() else {
            let Query { text, location, .. } = source;
            return self.diagnostics.not_one_source(location.clone(), text, &entry.file, found.len());
        };
        let place = Origin { file: entry.file.clone(), pointer: place.pointer() };
        let Some(value) = self.document.node(&place).cloned() else { return };
        self.merge(
            entry,
            places,
            target,
            &Addition { value: &value, origin: &source.location.origin, copied: Some(source) },
        );
    }

    fn merge(&mut self, entry: &Origin, places: &[Place], target: &Query, addition: &Addition<'_>) {
        if !self.are_alike(entry, places, target) {
            return;
        }
        for place in places {
            if !self.has_room(place, addition) {
                return;
            }
            let pointer = place.pointer();
            let Some(node) = self.node_mut(entry, pointer.clone()) else { continue };
            let mismatches = merge::merge(node, addition.value);
            for mismatch in &mismatches {
                self.report(mismatch, &Origin { file: entry.file.clone(), pointer: pointer.clone() }, addition);
            }
            // The other targets have the same value in store.
            if !mismatches.is_empty() {
                return;
            }
        }
    }

    /// Whether the targets are all objects, all lists, or all neither.
    fn are_alike(&mut self, entry: &Origin, places: &[Place], target: &Query) -> bool {
        let root = &self.document.files[&*entry.file].root;
        let nodes = places.iter().filter_map(|place| root.at(&place.pointer()));
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

    /// Whether a value may be added at a place: copies of copies grow fast.
    fn has_room(&mut self, place: &Place, addition: &Addition<'_>) -> bool {
        self.added += addition.value.size();
        let has_room = self.added <= MAX_ADDED && place.depth() + 1 + addition.value.depth() <= MAX_DEPTH;
        if !has_room {
            self.diagnostics.too_deep(addition.location(addition.origin.clone(), addition.value.span));
        }
        has_room
    }

    fn report(&mut self, mismatch: &merge::Mismatch, target: &Origin, addition: &Addition<'_>) {
        let mut place = target.clone();
        let mut origin = addition.origin.clone();
        for name in &mismatch.path {
            place.pointer.push(name);
            if addition.copied.is_none() {
                origin.pointer.push(name);
            }
        }
        let location = addition.location(origin, mismatch.span);
        self.diagnostics.cannot_merge(location, mismatch.found, &place, mismatch.there);
    }

    fn node_mut(&mut self, entry: &Origin, pointer: JsonPointer) -> Option<&mut Node> {
        self.document.node_mut(&Origin { file: entry.file.clone(), pointer })
    }
}
