//! Every place that has a say about a value: a schema, what it refers to, and the members of its `allOf`.
//!
//! A value must fit all of them, so keywords are read across all places: sets meet, ranges narrow, members add up.

use std::collections::HashSet;

use super::Lowering;
use crate::node::Node;
use crate::pointer::Origin;

/// How many schemas may stand inside one another by `allOf` alone.
const MAX_OPEN: usize = 64;

/// The places of one value: what is built upon first, the schema itself last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Places(Vec<Origin>);

impl Places {
    /// A place without `allOf`.
    pub(super) fn one(origin: Origin) -> Self {
        Self(vec![origin])
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Origin> {
        self.0.iter()
    }

    /// The schema itself: where findings about the whole stand.
    pub(super) fn own(&self) -> &Origin {
        self.0.last().expect("places are made of at least one")
    }
}

impl<'d> Lowering<'_, 'd> {
    /// The places of a value that must fit several schemas; `None` where one contains itself.
    pub(super) fn places(&mut self, roots: &[Origin]) -> Option<Places> {
        let mut places = Vec::new();
        for root in roots {
            self.gather(root, &mut places, &mut Vec::new())?;
        }
        Some(Places(places))
    }

    fn gather(&mut self, origin: &Origin, places: &mut Vec<Origin>, open: &mut Vec<Origin>) -> Option<()> {
        let target = self.target(origin);
        if open.contains(&target) || open.len() == MAX_OPEN {
            self.diagnostics.schema_in_itself(origin.clone());
            return None;
        }
        // What is reached on two ways says the same twice.
        if places.contains(&target) {
            return Some(());
        }
        open.push(target.clone());
        for index in 0..self.length(&target.child("allOf")) {
            self.gather(&target.descend(["allOf", &index.to_string()]), places, open)?;
        }
        open.pop();
        places.push(target);
        Some(())
    }

    fn length(&self, list: &Origin) -> usize {
        self.resolved.node(list).and_then(Node::as_array).map_or(0, <[Node]>::len)
    }

    /// What a keyword says, at each place that has it.
    pub(super) fn said<'p>(
        &self,
        places: &'p Places,
        keyword: &'p str,
    ) -> impl Iterator<Item = (&'p Origin, &'d Node)> + use<'p, 'd> {
        let resolved = self.resolved.document;
        places.iter().filter_map(move |place| Some((place, resolved.node(place)?.get(keyword)?)))
    }

    pub(super) fn says(&self, places: &Places, keyword: &str) -> bool {
        self.said(places, keyword).next().is_some()
    }

    /// What the schema itself says in words, or else what it is built upon.
    pub(super) fn annotation(&self, places: &Places, keyword: &str) -> Option<&'d Node> {
        self.said(places, keyword).last().map(|(_, node)| node)
    }

    /// The names of all members, in order, each with the places that describe it.
    pub(super) fn members(&self, places: &Places) -> Vec<(&'d str, Vec<Origin>)> {
        let mut members: indexmap::IndexMap<&str, Vec<Origin>> = indexmap::IndexMap::new();
        for (place, properties) in self.said(places, "properties") {
            for name in properties.as_object().into_iter().flat_map(|object| object.keys()) {
                members.entry(name).or_default().push(place.descend(["properties", name]));
            }
        }
        members.into_iter().collect()
    }

    /// The names that some place requires, with where it says so.
    pub(super) fn required(&self, places: &Places) -> Vec<(&'d str, Origin)> {
        let mut seen = HashSet::new();
        let lists = self.said(places, "required").collect::<Vec<_>>();
        let names = lists.into_iter().flat_map(|(place, list)| {
            let names = list.as_array().unwrap_or_default().iter().enumerate();
            names.filter_map(move |(index, name)| {
                Some((name.as_str()?, place.descend(["required", &index.to_string()])))
            })
        });
        names.filter(|(name, _)| seen.insert(*name)).collect()
    }
}
