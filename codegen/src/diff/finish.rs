//! From findings to changes: levels, places in the text, and one change for what is written once.

use indexmap::{IndexMap, IndexSet};

use super::{Change, Comparison, Finding, Holder, Place, Side};
use crate::pointer::Origin;

/// Which way the values of a pair travel, and for which operations.
#[derive(Debug, Clone, Default)]
struct Travel<'a> {
    sent: bool,
    received: bool,
    operations: IndexSet<&'a str>,
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
            let mut seen = vec![false; self.pairs.len()];
            let mut waiting = root.pairs.clone();
            while let Some(index) = waiting.pop() {
                if std::mem::replace(&mut seen[index], true) {
                    continue;
                }
                let travel = &mut travels[index];
                travel.sent |= root.sent;
                travel.received |= root.received;
                travel.operations.extend(root.operation.as_deref());
                waiting.extend(&self.pairs[index].pairs);
            }
        }
        travels
    }

    fn change(&self, finding: &Finding, travels: &[Travel<'_>]) -> Change {
        let Finding { rule, holder, location, old, new, places: [old_at, new_at] } = finding;
        let (wire, api, operations) = match *holder {
            Holder::Root(root) => {
                let root = &self.roots[root];
                let levels = (rule.wire(root.sent, root.received), rule.api(root.sent, root.received));
                (levels.0, levels.1, root.operation.as_deref().into_iter().collect())
            }
            Holder::Pair(pair) => {
                let (pair, travel) = (&self.pairs[pair], &travels[pair]);
                let direction = self.old.api[pair.old].direction;
                // Where another type took the place, code breaks by its name, which is told apart.
                let api = if pair.is_one {
                    rule.api(direction.sent, direction.received)
                } else {
                    super::Level::Informational
                };
                (rule.wire(travel.sent, travel.received), api, travel.operations.clone())
            }
        };
        let operations: IndexSet<&str> = operations;
        let mut operations = operations.into_iter().map(str::to_owned);
        Change {
            rule,
            operation: operations.next(),
            other_operations: operations.collect(),
            location: location.trim_start_matches('.').to_owned(),
            other_locations: Vec::new(),
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
        if other.location != self.location && !self.other_locations.contains(&other.location) {
            self.other_locations.push(other.location);
        }
    }
}

impl Side<'_> {
    fn place(&self, origin: &Origin) -> Place {
        let (file, position) = self.document.place(origin);
        Place { file, line: position.line, column: position.column }
    }
}
