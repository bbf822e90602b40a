//! Lists.

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::sets::SchemaSet;
use super::{LoweredType, SchemaReader};
use crate::api::{Check, TypeRef};
use crate::names;

impl<'d> SchemaReader<'_, 'd> {
    pub(crate) fn lower_array(&mut self, set: &SchemaSet<'d>, name: &str) -> Option<LoweredType> {
        self.refuse_keywords(
            set,
            KeywordContext::Type(JsonType::Array),
            &["items", "minItems", "maxItems", "uniqueItems"],
        );
        let bounds = self.bounds(set, "minItems", "maxItems").ok()?;
        let items: Vec<_> = set.occurrences("items").map(|(_, schema)| schema).collect();
        let item = self.lower_schemas(&items, names::singular(name))?;
        let mut checks: Vec<_> = bounds.map(Check::ItemCount).into_iter().collect();
        if set.is_true("uniqueItems") {
            checks.push(Check::UniqueItems);
        }
        if !item.checks.is_empty() {
            checks.push(Check::Items(item.checks));
        }
        Some(LoweredType { checks, sensitive: item.sensitive, ..LoweredType::of(TypeRef::List(Box::new(item.ty))) })
    }
}
