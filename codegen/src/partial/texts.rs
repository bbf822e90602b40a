//! Comparison of descriptions as they are written, for the parts that no rule compares.

use std::collections::{BTreeMap, HashSet};

use crate::document::{Cursor, JsonPointer, Value};
use crate::lower::operations::{Found, METHODS, all_operations};
use crate::resolve::Resolved;
use crate::{Description, Diagnostic, OperationKey};

impl Description {
    /// Returns `true` if another description has the same values throughout, regardless of their order and notation.
    pub fn is_written_like(&self, other: &Self) -> bool {
        let [old, new] = [self, other].map(|description| &description.document);
        let roots = old.roots().take(old.entries).zip(new.roots());
        let mut texts = Texts::new(self, other);
        old.entries == new.entries && roots.into_iter().all(|(one, other)| texts.are_equal(one, other))
    }

    /// Returns `true` if another description has the same value at the location of a finding in a root file.
    pub fn has_value_like(&self, other: &Self, finding: &Diagnostic) -> bool {
        let Some(pointer) = finding.pointer.strip_prefix('#').and_then(JsonPointer::parse) else { return false };
        let [values, others] = [self, other].map(|description| {
            let document = &description.document;
            document.roots().take(document.entries).map(|root| root.at(&pointer)).collect::<Vec<_>>()
        });
        let mut texts = Texts::new(self, other);
        values.len() == others.len()
            && values.into_iter().zip(others).all(|pair| match pair {
                (Some(one), Some(other)) => texts.are_equal(one, other),
                (one, other) => one.is_none() && other.is_none(),
            })
    }

    /// Returns `true` if another description has the same operation, with the same values in all that it refers to.
    pub fn has_operation_like(&self, other: &Self, operation: &OperationKey) -> bool {
        let mut texts = Texts::new(self, other);
        let [one, other] = texts.sides.each_ref().map(|side| {
            let mut all = all_operations(side).into_iter();
            all.find(|found| found.candidate.key().is_same(operation))
        });
        match (one, other) {
            (Some(one), Some(other)) => texts.are_equal_operations(&one, &other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

/// Pairs of values that must be equal.
struct Texts<'d> {
    sides: [Resolved<'d>; 2],
    seen: HashSet<(Cursor<'d>, Cursor<'d>)>,
    waiting: Vec<(Cursor<'d>, Cursor<'d>)>,
}

impl<'d> Texts<'d> {
    fn new(old: &'d Description, new: &'d Description) -> Self {
        let sides = [old, new].map(|description| Resolved::of(&description.document));
        Self { sides, seen: HashSet::new(), waiting: Vec::new() }
    }

    fn are_equal_operations(&mut self, one: &Found<'d>, other: &Found<'d>) -> bool {
        let shared = |found: &Found<'d>| -> BTreeMap<_, _> {
            found.item.properties().filter(|(key, _)| !METHODS.contains(key)).collect()
        };
        let (before, now) = (shared(one), shared(other));
        self.waiting.push((one.operation.clone(), other.operation.clone()));
        one.candidate.key() == other.candidate.key()
            && before.keys().eq(now.keys())
            && before.into_values().zip(now.into_values()).all(|(one, other)| self.are_equal(one, other))
            && self.are_all_equal()
    }

    /// Compares values, and those behind their references.
    fn are_equal(&mut self, one: Cursor<'d>, other: Cursor<'d>) -> bool {
        self.waiting.push((one, other));
        self.are_all_equal()
    }

    /// Compares the pairs that are waiting. Chains of references may be long, so that this is not recursive.
    fn are_all_equal(&mut self) -> bool {
        while let Some((one, other)) = self.waiting.pop() {
            let [old, new] = &self.sides;
            let (one, other) = (old.follow(&one), new.follow(&other));
            let are_alike = match (one.value(), other.value()) {
                (Value::Object(a), Value::Object(b)) => a.len() == b.len() && a.keys().all(|key| b.contains_key(key)),
                (Value::Array(a), Value::Array(b)) => a.len() == b.len(),
                (a, b) => a == b,
            };
            if !are_alike {
                return false;
            }
            if self.seen.insert((one.clone(), other.clone())) {
                self.waiting.extend(one.properties().filter_map(|(key, value)| Some((value, other.get(key)?))));
                self.waiting.extend(one.items().zip(other.items()));
            }
        }
        true
    }
}
