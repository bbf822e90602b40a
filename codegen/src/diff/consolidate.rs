//! Findings to changes: levels, positions in the text, and one change for all findings about the same text.

use std::collections::{HashSet, VecDeque};

use indexmap::{IndexMap, IndexSet};

use super::{Change, Comparison, Direction, FilePosition, Finding, Held, Level, Owner, Root, Rule, Side};
use crate::document::Origin;

/// The use of the values of a pair, in each direction.
#[derive(Debug, Clone, Default)]
struct Usage<'a> {
    sent: Route<'a>,
    returned: Route<'a>,
    posted: Route<'a>,
}

impl<'a> Usage<'a> {
    /// The route in one direction.
    fn route(&mut self, direction: Direction) -> &mut Route<'a> {
        match direction {
            Direction::SENT => &mut self.sent,
            Direction::RETURNED => &mut self.returned,
            _ => &mut self.posted,
        }
    }

    /// The directions in which values travel.
    fn directions(&self) -> Direction {
        Direction {
            sent: self.sent.location.is_some(),
            returned: self.returned.location.is_some(),
            posted: self.posted.location.is_some(),
        }
    }

    /// The routes in some directions, those that a rule is stricter about first.
    fn routes(&self, directions: Direction, rule: &Rule) -> Vec<&Route<'a>> {
        let Self { sent, returned, posted } = self;
        let sent = [(sent, directions.sent)];
        let received = [(returned, directions.returned), (posted, directions.posted)];
        let routes: Vec<_> = if rule.received < rule.sent {
            received.into_iter().chain(sent).collect()
        } else {
            sent.into_iter().chain(received).collect()
        };
        routes.into_iter().filter(|(_, is_used)| *is_used).map(|(route, _)| route).collect()
    }
}

/// The first location of values in one direction, and the operations that use them; no location if there are none.
#[derive(Debug, Clone, Default)]
struct Route<'a> {
    location: Option<String>,
    operations: IndexSet<&'a str>,
}

/// The facts about a finding that follow from its owner.
struct Context<'a> {
    wire: Level,
    api: Level,
    operations: IndexSet<&'a str>,
    /// The locations of the owner, the more important one first.
    bases: Vec<String>,
}

/// The key by which findings become one change: the same text of both descriptions.
type Key<'a> = (&'a str, [Option<&'a str>; 2], [Option<&'a Origin>; 2]);

impl Comparison<'_> {
    /// The changes, those with the worst levels first; among equals in the order of the descriptions.
    pub(super) fn consolidate(&self) -> Vec<Change> {
        let usages = self.usages();
        let mut changes: IndexMap<Key<'_>, Change> = IndexMap::new();
        for finding in &self.findings {
            let change = self.change(finding, &usages);
            let Finding { rule, old, new, origins: [old_at, new_at], .. } = finding;
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

    fn usages(&self) -> Vec<Usage<'_>> {
        let mut usages = vec![Usage::default(); self.pairs.len()];
        for root in &self.roots {
            for direction in root.travels.each() {
                self.follow(root, direction, &mut usages);
            }
        }
        usages
    }

    /// Adds the values that travel with a root in one direction.
    fn follow<'t>(&'t self, root: &'t Root, direction: Direction, usages: &mut [Usage<'t>]) {
        // One operation holds few of many pairs.
        let mut seen = HashSet::new();
        let travels = |held: &&Held| !held.travels.and(direction).is_empty();
        let held = root.pairs.iter().filter(travels);
        let mut waiting: VecDeque<_> = held.map(|held| (held.pair, held.path.clone())).collect();
        while let Some((index, location)) = waiting.pop_front() {
            if !seen.insert(index) {
                continue;
            }
            let inner = self.pairs[index].pairs.iter().filter(travels);
            waiting.extend(inner.map(|held| (held.pair, format!("{location}{}", held.path))));
            let route = usages[index].route(direction);
            route.location.get_or_insert(location);
            route.operations.extend(root.operation.as_deref());
        }
    }

    fn context<'t>(&'t self, finding: &Finding, usages: &[Usage<'t>]) -> Context<'t> {
        let Finding { rule, owner, travels, .. } = finding;
        match *owner {
            Owner::Root(root) => {
                let Root { operation, travels: of_root, .. } = &self.roots[root];
                Context {
                    wire: rule.wire(of_root.and(*travels)),
                    api: rule.api(of_root.sent, of_root.received()),
                    operations: operation.as_deref().into_iter().collect(),
                    bases: vec![String::new()],
                }
            }
            Owner::Pair(pair) => {
                let (pair, usage) = (&self.pairs[pair], &usages[pair]);
                let definition = &self.old.api[pair.old];
                let direction = definition.direction;
                // If the type was replaced, code breaks by its name, which is a change of its own.
                let api =
                    if pair.is_one { rule.api(direction.sent, direction.received()) } else { Level::Informational };
                let used = usage.directions();
                let wire = rule.wire(used.and(*travels));
                let used = Some(used.and(*travels)).filter(|both| !both.is_empty()).unwrap_or(used);
                let routes = usage.routes(used, rule);
                let operations = routes.iter().flat_map(|route| route.operations.iter().copied()).collect();
                let mut bases: Vec<_> = routes.iter().filter_map(|route| route.location.clone()).collect();
                if bases.is_empty() {
                    bases.push(format!("models::{}", definition.name));
                }
                Context { wire, api, operations, bases }
            }
        }
    }

    fn change(&self, finding: &Finding, usages: &[Usage<'_>]) -> Change {
        let Finding { rule, location, old, new, origins: [old_at, new_at], .. } = finding;
        let Context { wire, api, operations, bases } = self.context(finding, usages);
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
    /// Merges a change of the same text at another location.
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
    fn place(&self, origin: &Origin) -> FilePosition {
        let (file, position) = self.document.position_of(origin);
        FilePosition { file, line: position.line, column: position.column }
    }
}
