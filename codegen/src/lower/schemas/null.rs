//! Schemas that accept `null`.

use super::SchemaReader;
use super::sets::SchemaSet;
use crate::document::{Cursor, Node, Value};

impl<'d> SchemaReader<'_, 'd> {
    /// Returns `true` if `null` is a value: no schema has a type or an enumeration without it.
    pub(crate) fn allows_null(&mut self, set: &SchemaSet<'d>) -> bool {
        if let Some(known) = self.allows_null.get(set) {
            return *known;
        }
        // A union that is an alternative of itself is refused.
        self.allows_null.insert(set.clone(), false);
        let allows_null = self.within_union(set.own(), |reader| reader.read_allows_null(set)).unwrap_or(false);
        self.allows_null.insert(set.clone(), allows_null);
        allows_null
    }

    fn read_allows_null(&mut self, set: &SchemaSet<'d>) -> bool {
        let is_open = ["type", "enum", "oneOf", "anyOf"].iter().any(|keyword| set.has_keyword(keyword))
            // A type that is only implied is read as if it were written.
            || self.json_types(set).is_ok_and(|types| types.is_empty());
        is_open
            && set.chosen_type().is_none()
            && set.iter().all(|schema| allows_null(schema.node()) && self.alternatives_allow_null(schema))
    }

    /// Returns `true` if the alternatives of a schema accept `null`: some of them for `anyOf`, exactly one for `oneOf`.
    fn alternatives_allow_null(&mut self, schema: &Cursor<'d>) -> bool {
        // Beside alternatives alone, the keyword can only mean that the value may be null.
        if !schema.has("type") && schema.flag("nullable") {
            return true;
        }
        ["oneOf", "anyOf"].into_iter().all(|keyword| {
            let alternatives: Vec<_> = schema.array(keyword).collect();
            let fits = |alternative: &&Cursor<'d>| {
                self.schema_set(std::slice::from_ref(*alternative)).is_some_and(|set| self.allows_null(&set))
            };
            let fitting = alternatives.iter().filter(fits).count();
            alternatives.is_empty() || fitting == 1 || keyword == "anyOf" && fitting > 0
        })
    }

    /// Returns `true` if a schema accepts `null` alone.
    pub(crate) fn is_null(&self, schema: &Cursor<'d>) -> bool {
        let schema = self.resolved.follow(schema);
        let values = schema.node().get("enum").and_then(Node::as_array);
        values.is_some_and(|values| !values.is_empty() && values.iter().all(|value| value.value == Value::Null))
    }
}

/// Returns `true` if `type` and `enum` accept `null`. Beside an enumeration without it, `nullable: true` can only mean that
/// the value may be null.
fn allows_null(schema: &Node) -> bool {
    if schema.get("nullable").is_some_and(|node| node.value == Value::Bool(true)) {
        return true;
    }
    let lists_null =
        |list: &Node| list.as_array().is_some_and(|values| values.iter().any(|value| value.value == Value::Null));
    schema.get("type").is_none() && schema.get("enum").is_none_or(lists_null)
}
