//! Lists.

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::places::Places;
use super::{SchemaReader, Use};
use crate::api::{Check, TypeRef};
use crate::names;

impl SchemaReader<'_, '_> {
    pub(crate) fn use_array(&mut self, places: &Places, name: &str) -> Option<Use> {
        self.refuse_keywords(
            places,
            KeywordContext::Type(JsonType::Array),
            &["items", "minItems", "maxItems", "uniqueItems"],
        );
        let bounds = self.bounds(places, "minItems", "maxItems").ok()?;
        let roots: Vec<_> = self.said(places, "items").map(|(place, _)| place.child("items")).collect();
        let item = self.use_schemas_at(&roots, names::singular(name))?;
        let mut checks: Vec<_> = bounds.map(Check::ItemCount).into_iter().collect();
        if self.is_true(places, "uniqueItems") {
            checks.push(Check::UniqueItems);
        }
        if !item.checks.is_empty() {
            checks.push(Check::Items(item.checks));
        }
        Some(Use { checks, sensitive: item.sensitive, ..Use::of(TypeRef::List(Box::new(item.ty))) })
    }
}
