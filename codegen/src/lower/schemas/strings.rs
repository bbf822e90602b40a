//! Strings, and the bounds of sizes.

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::sets::SchemaSet;
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{Bounds, Check, TypeRef};
use crate::document::{Node, Origin};
use crate::pattern;

impl SchemaReader<'_, '_> {
    /// The format, on which all places that name one agree.
    pub(crate) fn format(&mut self, set: &SchemaSet) -> Result<Option<String>, Reported> {
        let mut said = self.occurrences(set, "format").filter_map(|(place, node)| Some((place, node.as_str()?)));
        let Some((first, format)) = said.next() else { return Ok(None) };
        match said.find(|(_, other)| *other != format) {
            Some((place, _)) => Err(self.contradiction(place, "format", first)),
            None => Ok(Some(format.to_owned())),
        }
    }

    pub(crate) fn lower_string(&mut self, set: &SchemaSet) -> Option<LoweredType> {
        self.refuse_keywords(
            set,
            KeywordContext::Type(JsonType::String),
            &["minLength", "maxLength", "pattern", "format"],
        );
        let bounds = self.bounds(set, "minLength", "maxLength").ok()?;
        let (ty, format) = text_type(self.format(set).ok()?);
        let mut checks: Vec<_> = bounds.map(Check::Length).into_iter().collect();
        checks.extend(self.patterns(set));
        Some(LoweredType { checks, format, ..LoweredType::of(ty) })
    }

    fn patterns(&mut self, set: &SchemaSet) -> Vec<Check> {
        let said: Vec<_> = self.occurrences(set, "pattern").collect();
        let mut checks = Vec::new();
        for (place, node) in said {
            let stated = node.as_str().unwrap_or_default().to_owned();
            match pattern::translate(&stated) {
                Ok(translated) => checks.push(Check::Pattern { stated, translated }),
                Err(reason) => self.diagnostics.unsupported_pattern(place.child("pattern"), reason),
            }
        }
        checks
    }

    /// The range that two keywords give at all places; `None` where every size is fine.
    pub(crate) fn bounds(&mut self, set: &SchemaSet, low: &str, high: &str) -> Result<Option<Bounds>, Reported> {
        let size =
            |(place, node): (&Origin, &Node)| Some((usize::try_from(node.to_json().as_u64()?).ok()?, place.clone()));
        let min = self.occurrences(set, low).filter_map(size).max_by_key(|(size, _)| *size);
        let max = self.occurrences(set, high).filter_map(size).min_by_key(|(size, _)| *size);
        if let (Some((least, at)), Some((most, _))) = (&min, &max)
            && least > most
        {
            self.diagnostics.empty_range(at.key(low), low, high);
            return Err(Reported);
        }
        let (min, max) = (min.map_or(0, |(size, _)| size), max.map(|(size, _)| size));
        Ok((min > 0 || max.is_some()).then_some(Bounds { min, max }))
    }
}

fn text_type(format: Option<String>) -> (TypeRef, Option<String>) {
    match format.as_deref() {
        Some("date-time") => (TypeRef::DateTime, None),
        Some("date") => (TypeRef::Date, None),
        Some("duration") => (TypeRef::TimeSpan, None),
        Some("uuid") => (TypeRef::Uuid, None),
        Some("byte") => (TypeRef::Base64, None),
        _ => (TypeRef::String, format),
    }
}
