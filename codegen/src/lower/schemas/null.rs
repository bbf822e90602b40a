//! Schemas that accept `null`.

use super::SchemaReader;
use super::sets::SchemaSet;
use crate::document::{Node, Origin, Value};

/// How many unions may stand inside one another without an object between.
const MAX_DEPTH: usize = 16;

impl SchemaReader<'_, '_> {
    /// Whether `null` is a value: no place has a type or an enumeration without it.
    pub(crate) fn allows_null(&mut self, set: &SchemaSet) -> bool {
        self.allows_null_within(set, 0)
    }

    /// The same; `depth` is the number of unions around.
    pub(crate) fn allows_null_within(&mut self, set: &SchemaSet, depth: usize) -> bool {
        let is_open = ["type", "enum", "oneOf", "anyOf"].iter().any(|keyword| self.has_keyword(set, keyword))
            // A type that is only implied is read as if it were written.
            || self.json_types(set).is_ok_and(|types| types.is_empty());
        is_open
            && set.chosen_type().is_none()
            && set.iter().all(|place| self.allows_null_at(place) && self.alternatives_allow_null(place, depth))
    }

    pub(crate) fn allows_null_at(&self, place: &Origin) -> bool {
        let Some(schema) = self.resolved.node(place) else { return true };
        let nullable = schema.get("nullable").is_some_and(|node| node.value == Value::Bool(true));
        if schema.get("type").is_some() && !nullable {
            return false;
        }
        let lists_null =
            |list: &Node| list.as_array().is_some_and(|values| values.iter().any(|value| value.value == Value::Null));
        schema.get("enum").is_none_or(lists_null)
    }

    /// Whether the alternatives of a schema let `null` through: some of them, or exactly one where it must be one.
    pub(crate) fn alternatives_allow_null(&mut self, place: &Origin, depth: usize) -> bool {
        // Beside alternatives alone, the word can only mean that the value may be null.
        let schema = self.resolved.node(place);
        if schema.is_some_and(|schema| {
            schema.get("type").is_none() && schema.get("nullable").is_some_and(|node| node.value == Value::Bool(true))
        }) {
            return true;
        }
        ["oneOf", "anyOf"].into_iter().all(|keyword| {
            let list = place.child(keyword);
            let count = self.length(&list);
            let fitting = (0..count)
                .filter(|index| {
                    let roots = [list.child(index.to_string())];
                    depth < MAX_DEPTH
                        && self.schema_set(&roots).is_some_and(|set| self.allows_null_within(&set, depth + 1))
                })
                .count();
            count == 0 || fitting == 1 || keyword == "anyOf" && fitting > 0
        })
    }

    /// Whether `null` is all that fits.
    pub(crate) fn is_null(&self, place: &Origin) -> bool {
        let place = self.resolved.follow(place);
        let values = self.resolved.node(&place).and_then(|schema| schema.get("enum")).and_then(Node::as_array);
        values.is_some_and(|values| !values.is_empty() && values.iter().all(|value| value.value == Value::Null))
    }
}
