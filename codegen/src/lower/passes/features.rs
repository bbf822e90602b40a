//! Cargo features: one for each tag, which its operations and events need, and the types that only they use.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::api::{Feature, FeatureId, TypeId};
use crate::lower::draft::{ByType, Draft};
use crate::lower::passes::checks::Patterns;
use crate::names::{self, Casing};
use crate::resolve::Resolved;

/// The features that every emitted crate has.
const TAKEN: [&str; 6] = ["blocking", "default", "native-tls", "rustls", "symmetric", "tracing"];

/// The features of a crate. Whatever has none is always part of it.
pub(crate) struct Features {
    pub list: Vec<Feature>,
    /// The feature of each operation.
    pub of_operations: Vec<Option<FeatureId>>,
    /// The feature of each callback.
    pub of_callbacks: Vec<Option<FeatureId>>,
    /// The features of each type: any of them is sufficient.
    pub of_types: ByType<BTreeSet<FeatureId>>,
    /// `true` if regular expressions are checked in what is always part of the crate.
    pub has_patterns: bool,
}

/// Derives the features from the first tag of each operation and callback.
pub(crate) fn features(
    resolved: &Resolved<'_>,
    draft: &Draft<'_>,
    casing: &Casing,
    patterns: &Patterns,
    by_tag: bool,
) -> Features {
    let mut tags = Tags { wanted: by_tag, ids: IndexMap::new() };
    let of_operations = draft.operations.iter().map(|operation| tags.feature(&operation.tags)).collect();
    let of_callbacks = draft.callbacks.iter().map(|callback| tags.feature(&callback.tags)).collect();
    let mut features = Features {
        list: tags.features(resolved, casing),
        of_operations,
        of_callbacks,
        of_types: draft.types.table(|_| BTreeSet::new()),
        has_patterns: false,
    };
    features.add_types(draft);
    features.add_patterns(draft, patterns);
    features
}

/// The tags that have a feature, in the order of first use.
struct Tags<'a> {
    wanted: bool,
    ids: IndexMap<&'a str, FeatureId>,
}

impl<'a> Tags<'a> {
    fn feature(&mut self, tags: &'a [String]) -> Option<FeatureId> {
        let tag = tags.first().filter(|_| self.wanted)?;
        let next = FeatureId(self.ids.len());
        Some(*self.ids.entry(tag).or_insert(next))
    }

    fn features(self, resolved: &Resolved<'_>, casing: &Casing) -> Vec<Feature> {
        let mut features: Vec<Feature> = Vec::new();
        for tag in self.ids.into_keys() {
            let wanted = casing.snake_name(tag).trim_matches('_').replace('_', "-");
            let name = names::free(&wanted, |name| {
                !TAKEN.contains(&name) && features.iter().all(|feature| feature.name != name)
            });
            features.push(Feature {
                name,
                tag: tag.to_owned(),
                description: description(resolved, tag),
                has_patterns: false,
            });
        }
        features
    }
}

/// The description of a tag.
fn description(resolved: &Resolved<'_>, tag: &str) -> Option<String> {
    let document = resolved.document;
    let mut tags = document.roots().take(document.entries).flat_map(|root| root.array("tags").collect::<Vec<_>>());
    tags.find(|other| other.text("name") == Some(tag))?.text("description").map(str::to_owned)
}

impl Features {
    /// Adds the features of types: those of the operations and callbacks that use them. Error bodies are used by all.
    fn add_types(&mut self, draft: &Draft<'_>) {
        let operations = draft.operations.iter().map(|operation| operation.roots().collect::<Vec<_>>());
        let callbacks = draft.callbacks.iter().map(|callback| vec![callback.ty]);
        let owners = self.of_operations.iter().chain(&self.of_callbacks).copied().collect::<Vec<_>>();
        let mut always = draft.types.are_reachable(draft.error_bodies.iter().copied());
        for (roots, owner) in operations.chain(callbacks).zip(owners) {
            for id in draft.types.reachable(roots) {
                match owner {
                    Some(feature) => drop(self.of_types[id].insert(feature)),
                    None => always[id] = true,
                }
            }
        }
        for id in draft.types.ids().filter(|id| always[*id]) {
            self.of_types[id].clear();
        }
    }

    fn add_patterns(&mut self, draft: &Draft<'_>, patterns: &Patterns) {
        for id in draft.types.ids().filter(|id| patterns.types[*id]) {
            self.has_patterns |= self.of_types[id].is_empty();
            self.of_types[id].iter().for_each(|feature| self.list[feature.0].has_patterns = true);
        }
        for (feature, _) in self.of_operations.iter().zip(&patterns.bodies).filter(|(_, has_pattern)| **has_pattern) {
            match feature {
                Some(feature) => self.list[feature.0].has_patterns = true,
                None => self.has_patterns = true,
            }
        }
    }

    /// The features of a type.
    pub(crate) fn of_type(&self, id: TypeId) -> Vec<FeatureId> {
        self.of_types[id].iter().copied().collect()
    }

    /// The features of an event; none if one of its callbacks has none.
    pub(crate) fn of_event(&self, draft: &Draft<'_>, ty: TypeId) -> Vec<FeatureId> {
        let callbacks = draft.callbacks.iter().zip(&self.of_callbacks);
        let of_event = callbacks.filter(|(callback, _)| callback.ty == ty).map(|(_, feature)| *feature);
        let features: Option<BTreeSet<FeatureId>> = of_event.collect();
        features.unwrap_or_default().into_iter().collect()
    }
}
