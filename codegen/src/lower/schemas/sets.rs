//! Every place that has a say about a value: a schema, what it refers to, and the members of its `allOf`.
//!
//! A value must fit all of them, so keywords are read across all places: sets meet, ranges narrow, members add up.

use std::collections::HashSet;

use super::SchemaReader;
use super::json_type::JsonType;
use crate::document::{Node, Origin, Value};

/// How many schemas may stand inside one another by `allOf` alone.
const MAX_NESTING: usize = 64;

/// The places of one value: what is built upon first, the schema itself last. And what is known of the value beside:
/// it is one form of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SchemaSet {
    schemas: Vec<Origin>,
    chosen: Vec<Chosen>,
}

/// What is decided of a value by being one form of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Chosen {
    /// Which alternative it is of those that the keyword at this place gives.
    Alternative(Origin),
    /// Of which type it is, where there are several.
    Type(JsonType),
    /// What the member of this name says: the union has it, the form does not.
    Tag(String),
}

/// A member of an object, with the places that describe it.
pub(crate) struct DescribedProperty<'d> {
    pub(crate) name: &'d str,
    /// The schemas of its value.
    pub(crate) schemas: Vec<Origin>,
}

impl SchemaSet {
    /// A place without `allOf`.
    pub(crate) fn one(origin: Origin) -> Self {
        Self { schemas: vec![origin], chosen: Vec::new() }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Origin> {
        self.schemas.iter()
    }

    /// The schema itself: where findings about the whole stand.
    pub(crate) fn own(&self) -> &Origin {
        self.schemas.last().expect("a set has at least one schema")
    }

    pub(crate) fn contains(&self, place: &Origin) -> bool {
        self.schemas.contains(place)
    }

    pub(crate) fn choose(&mut self, chosen: Chosen) {
        if !self.chosen.contains(&chosen) {
            self.chosen.push(chosen);
        }
    }

    pub(crate) fn has_chosen(&self, chosen: &Chosen) -> bool {
        self.chosen.contains(chosen)
    }

    /// The type that was chosen of several.
    pub(crate) fn chosen_type(&self) -> Option<JsonType> {
        self.chosen.iter().find_map(|chosen| match chosen {
            Chosen::Type(ty) => Some(*ty),
            _ => None,
        })
    }

    /// Whether the member is left to the union that this is a form of.
    pub(crate) fn hides(&self, member: &str) -> bool {
        self.chosen.iter().any(|chosen| matches!(chosen, Chosen::Tag(name) if name == member))
    }

    /// Whether the value is a form of a union that a member tells.
    pub(crate) fn is_tagged(&self) -> bool {
        self.chosen.iter().any(|chosen| matches!(chosen, Chosen::Tag(_)))
    }
}

impl<'d> SchemaReader<'_, 'd> {
    /// The places of a value that must fit several schemas; `None` where one contains itself.
    pub(crate) fn schema_set(&mut self, roots: &[Origin]) -> Option<SchemaSet> {
        let mut set = SchemaSet { schemas: Vec::new(), chosen: Vec::new() };
        self.add_schemas(&mut set, roots)?;
        Some(set)
    }

    /// Adds what else the value must fit.
    pub(crate) fn add_schemas(&mut self, set: &mut SchemaSet, roots: &[Origin]) -> Option<()> {
        roots.iter().try_for_each(|root| self.gather(root, &mut set.schemas, &mut Vec::new()))
    }

    fn gather(&mut self, origin: &Origin, schemas: &mut Vec<Origin>, open: &mut Vec<Origin>) -> Option<()> {
        let target = self.target(origin);
        if open.contains(&target) || open.len() == MAX_NESTING {
            self.diagnostics.schema_in_itself(origin.clone());
            return None;
        }
        // What is reached on two ways says the same twice.
        if schemas.contains(&target) {
            return Some(());
        }
        open.push(target.clone());
        for index in 0..self.length(&target.child("allOf")) {
            self.gather(&target.descend(["allOf", &index.to_string()]), schemas, open)?;
        }
        open.pop();
        schemas.push(target);
        Some(())
    }

    pub(crate) fn length(&self, list: &Origin) -> usize {
        self.resolved.node(list).and_then(Node::as_array).map_or(0, <[Node]>::len)
    }

    /// What a keyword says, at each place that has it.
    pub(crate) fn occurrences<'p>(
        &self,
        set: &'p SchemaSet,
        keyword: &'p str,
    ) -> impl Iterator<Item = (&'p Origin, &'d Node)> + use<'p, 'd> {
        let resolved = self.resolved.document;
        set.iter().filter_map(move |place| Some((place, resolved.node(place)?.get(keyword)?)))
    }

    pub(crate) fn has_keyword(&self, set: &SchemaSet, keyword: &str) -> bool {
        self.occurrences(set, keyword).next().is_some()
    }

    /// Whether some place says `true`.
    pub(crate) fn is_true(&self, set: &SchemaSet, keyword: &str) -> bool {
        self.occurrences(set, keyword).any(|(_, node)| node.value == Value::Bool(true))
    }

    /// What the schema itself says in words, or else what it is built upon.
    pub(crate) fn annotation(&self, set: &SchemaSet, keyword: &str) -> Option<&'d Node> {
        self.occurrences(set, keyword).last().map(|(_, node)| node)
    }

    /// All members that have a name, in order, each with the places that describe it. A place that limits the members
    /// which it does not name has a say about those that others name.
    pub(crate) fn properties(&self, set: &SchemaSet) -> Vec<DescribedProperty<'d>> {
        let mut names: indexmap::IndexSet<&'d str> = indexmap::IndexSet::new();
        for (_, properties) in self.occurrences(set, "properties") {
            names.extend(properties.as_object().into_iter().flat_map(|object| object.keys().map(String::as_str)));
        }
        names.extend(self.required(set).into_iter().map(|(name, _)| name));
        let visible = names.into_iter().filter(|name| !set.hides(name));
        visible.map(|name| DescribedProperty { name, schemas: self.describing(set, name) }).collect()
    }

    /// The schemas of the member of that name.
    fn describing(&self, set: &SchemaSet, name: &str) -> Vec<Origin> {
        let describe = |place: &Origin| {
            let schema = self.resolved.node(place)?;
            if schema.get("properties").is_some_and(|properties| properties.get(name).is_some()) {
                return Some(place.descend(["properties", name]));
            }
            let others = schema.get("additionalProperties")?;
            (others.value != Value::Bool(true)).then(|| place.child("additionalProperties"))
        };
        set.iter().filter_map(describe).collect()
    }

    /// The names that some place requires, with where it says so.
    pub(crate) fn required(&self, set: &SchemaSet) -> Vec<(&'d str, Origin)> {
        let mut seen = HashSet::new();
        let lists = self.occurrences(set, "required").collect::<Vec<_>>();
        let names = lists.into_iter().flat_map(|(place, list)| {
            let names = list.as_array().unwrap_or_default().iter().enumerate();
            names.filter_map(move |(index, name)| {
                Some((name.as_str()?, place.descend(["required", &index.to_string()])))
            })
        });
        names.filter(|(name, _)| seen.insert(*name)).collect()
    }
}
