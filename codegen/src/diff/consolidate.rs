//! From findings to changes: levels, places in the text, and one change for what is written once.

use std::collections::{HashSet, VecDeque};

use indexmap::{IndexMap, IndexSet};

use super::{Change, Comparison, Finding, Holder, Level, Place, Root, Side};
use crate::document::Origin;

/// Where the values of a pair travel, each way.
#[derive(Debug, Clone, Default)]
struct Travel<'a> {
    sent: Way<'a>,
    received: Way<'a>,
}

/// Where values travel first, and for which operations; no place where they do not travel this way.
#[derive(Debug, Clone, Default)]
struct Way<'a> {
    location: Option<String>,
    operations: IndexSet<&'a str>,
}

/// What is known of a finding by what holds it.
struct Context<'a> {
    wire: Level,
    api: Level,
    operations: IndexSet<&'a str>,
    /// Where the holder stands, the place that matters more first.
    bases: Vec<String>,
}

/// What makes two findings one change: the same words of both descriptions.
type Key<'a> = (&'a str, [Option<&'a str>; 2], [Option<&'a Origin>; 2]);

impl Comparison<'_> {
    /// The changes, those that break the most first; among equals in the order of the descriptions.
    pub(super) fn finish(&self) -> Vec<Change> {
        let travels = self.travels();
        let mut changes: IndexMap<Key<'_>, Change> = IndexMap::new();
        for finding in &self.findings {
            let change = self.change(finding, &travels);
            let Finding { rule, old, new, places: [old_at, new_at], .. } = finding;
            let key = (rule.name, [old.as_deref(), new.as_deref()], [old_at.as_ref(), new_at.as_ref()]);
            match changes.get_mut(&key) {
                Some(known) => known.merge(change),
                None => {
                    changes.insert(key, change);
                }
            }
        }
        let mut changes: Vec<_> = changes.into_values().collect();
        changes.sort_by_key(|change| (change.wire.min(change.api), change.wire, change.api));
        changes
    }

    fn travels(&self) -> Vec<Travel<'_>> {
        let mut travels = vec![Travel::default(); self.pairs.len()];
        for root in &self.roots {
            // Of many pairs, one operation holds few.
            let mut seen = HashSet::new();
            let mut waiting: VecDeque<_> = root.pairs.iter().cloned().collect();
            while let Some((index, location)) = waiting.pop_front() {
                if !seen.insert(index) {
                    continue;
                }
                let inner = self.pairs[index].pairs.iter();
                waiting.extend(inner.map(|(inner, way)| (*inner, format!("{location}{way}"))));
                let travel = &mut travels[index];
                let way = if root.sent { &mut travel.sent } else { &mut travel.received };
                way.location.get_or_insert(location);
                way.operations.extend(root.operation.as_deref());
            }
        }
        travels
    }

    fn context<'t>(&'t self, finding: &Finding, travels: &[Travel<'t>]) -> Context<'t> {
        let Finding { rule, holder, .. } = finding;
        match *holder {
            Holder::Root(root) => {
                let Root { operation, sent, received, .. } = &self.roots[root];
                Context {
                    wire: rule.wire(*sent, *received),
                    api: rule.api(*sent, *received),
                    operations: operation.as_deref().into_iter().collect(),
                    bases: vec![String::new()],
                }
            }
            Holder::Pair(pair) => {
                let (pair, Travel { sent, received }) = (&self.pairs[pair], &travels[pair]);
                let definition = &self.old.api[pair.old];
                let direction = definition.direction;
                // Where another type took the place, code breaks by its name, which is told apart.
                let api = if pair.is_one { rule.api(direction.sent, direction.received) } else { Level::Informational };
                let wire = rule.wire(sent.location.is_some(), received.location.is_some());
                let ways = if rule.received < rule.sent { [received, sent] } else { [sent, received] };
                let operations = ways.iter().flat_map(|way| way.operations.iter().copied()).collect();
                let mut bases: Vec<_> = ways.iter().filter_map(|way| way.location.clone()).collect();
                if bases.is_empty() {
                    bases.push(format!("models::{}", definition.name));
                }
                Context { wire, api, operations, bases }
            }
        }
    }

    fn change(&self, finding: &Finding, travels: &[Travel<'_>]) -> Change {
        let Finding { rule, location, old, new, places: [old_at, new_at], .. } = finding;
        let Context { wire, api, operations, bases } = self.context(finding, travels);
        let mut operations = operations.into_iter().map(str::to_owned);
        let mut locations = bases.iter().map(|base| format!("{base}{location}").trim_start_matches('.').to_owned());
        Change {
            rule,
            operation: operations.next(),
            other_operations: operations.collect(),
            location: locations.next().unwrap_or_default(),
            other_locations: locations.collect(),
            old: old.clone(),
            new: new.clone(),
            wire,
            api,
            old_at: old_at.as_ref().map(|origin| self.old.place(origin)),
            new_at: new_at.as_ref().map(|origin| self.new.place(origin)),
        }
    }
}

impl Change {
    /// The same words of the description at another place of the values.
    fn merge(&mut self, other: Self) {
        self.wire = self.wire.min(other.wire);
        self.api = self.api.min(other.api);
        for operation in other.operation.into_iter().chain(other.other_operations) {
            if self.operation.is_none() {
                self.operation = Some(operation);
            } else if self.operation.as_ref() != Some(&operation) && !self.other_operations.contains(&operation) {
                self.other_operations.push(operation);
            }
        }
        for location in [other.location].into_iter().chain(other.other_locations) {
            if location != self.location && !self.other_locations.contains(&location) {
                self.other_locations.push(location);
            }
        }
    }
}

impl Side<'_> {
    fn place(&self, origin: &Origin) -> Place {
        let (file, position) = self.document.place(origin);
        Place { file, line: position.line, column: position.column }
    }
}
