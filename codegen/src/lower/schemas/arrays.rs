//! Lists.

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::sets::SchemaSet;
use super::{LoweredType, SchemaReader};
use crate::api::{Check, TypeRef};
use crate::names;

impl SchemaReader<'_, '_> {
    pub(crate) fn lower_array(&mut self, set: &SchemaSet, name: &str) -> Option<LoweredType> {
        self.refuse_keywords(
            set,
            KeywordContext::Type(JsonType::Array),
            &["items", "minItems", "maxItems", "uniqueItems"],
        );
        let bounds = self.bounds(set, "minItems", "maxItems").ok()?;
        let roots: Vec<_> = self.occurrences(set, "items").map(|(place, _)| place.child("items")).collect();
        let item = self.lower_schemas(&roots, names::singular(name))?;
        let mut checks: Vec<_> = bounds.map(Check::ItemCount).into_iter().collect();
        if self.is_true(set, "uniqueItems") {
            checks.push(Check::UniqueItems);
        }
        if !item.checks.is_empty() {
            checks.push(Check::Items(item.checks));
        }
        Some(LoweredType { checks, sensitive: item.sensitive, ..LoweredType::of(TypeRef::List(Box::new(item.ty))) })
    }
}
