//! Strings, and the bounds of sizes.

mod pattern;

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::sets::SchemaSet;
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{Bounds, Check, TypeRef, Untranslatable};
use crate::document::Cursor;

/// Keywords of strings.
pub(crate) const STRINGS: &[&str] = &["minLength", "maxLength", "pattern", "format"];

impl<'d> SchemaReader<'_, 'd> {
    /// The format, on which all schemas that have one must agree.
    pub(crate) fn format(&mut self, set: &SchemaSet<'d>) -> Result<Option<String>, Reported> {
        let mut formats = set.iter().filter_map(|schema| Some((schema, schema.text("format")?)));
        let Some((first, format)) = formats.next() else { return Ok(None) };
        match formats.find(|(_, other)| *other != format) {
            Some((schema, _)) => Err(self.contradiction(schema, "format", first)),
            None => Ok(Some(format.to_owned())),
        }
    }

    pub(crate) fn lower_string(&mut self, set: &SchemaSet<'d>) -> Option<LoweredType> {
        self.refuse_keywords(set, KeywordContext::Type(JsonType::String), STRINGS);
        let checks = self.string_checks(set).ok()?;
        let (ty, format) = text_type(self.format(set).ok()?);
        Some(LoweredType { checks, format, ..LoweredType::of(ty) })
    }

    /// The constraints of a string.
    pub(crate) fn string_checks(&mut self, set: &SchemaSet<'d>) -> Result<Vec<Check>, Reported> {
        let bounds = self.bounds(set, "minLength", "maxLength")?;
        let mut checks: Vec<_> = bounds.map(Check::Length).into_iter().collect();
        checks.extend(self.patterns(set));
        Ok(checks)
    }

    /// The patterns, with those that cannot be checked: they matter only if the value is sent.
    fn patterns(&mut self, set: &SchemaSet<'d>) -> Vec<Check> {
        let check = |(_, pattern): (&Cursor<'d>, Cursor<'d>)| {
            let stated = pattern.as_str().unwrap_or_default().to_owned();
            if pattern::matches_everything(&stated) {
                return None;
            }
            let may_compile = self.may_compile(&stated);
            let translated = if may_compile { pattern::translate(&stated) } else { Err(pattern::TOO_MANY) };
            let translated = translated.map_err(|reason| Untranslatable { origin: pattern.origin(), reason });
            Some(Check::Pattern { stated, translated })
        };
        set.occurrences("pattern").filter_map(check).collect()
    }

    /// The range of sizes that two keywords allow; `None` for every size.
    pub(crate) fn bounds(&mut self, set: &SchemaSet<'d>, low: &str, high: &str) -> Result<Option<Bounds>, Reported> {
        let sized = |(schema, value): (&Cursor<'d>, Cursor<'d>)| Some((size(&value)?, schema.clone()));
        let min = set.occurrences(low).filter_map(sized).max_by_key(|(size, _)| *size);
        let max = set.occurrences(high).filter_map(sized).min_by_key(|(size, _)| *size);
        if let (Some((least, schema)), Some((most, _))) = (&min, &max)
            && least > most
        {
            self.diagnostics.empty_range(schema.key(low), low, high);
            return Err(Reported);
        }
        let (min, max) = (min.map_or(0, |(size, _)| size), max.map(|(size, _)| size));
        Ok((min > 0 || max.is_some()).then_some(Bounds { min, max }))
    }
}

fn size(value: &Cursor<'_>) -> Option<usize> {
    usize::try_from(value.node().to_json().as_u64()?).ok()
}

fn text_type(format: Option<String>) -> (TypeRef, Option<String>) {
    match format.as_deref() {
        Some("date-time") => (TypeRef::DateTime, None),
        Some("date") => (TypeRef::Date, None),
        Some("duration") => (TypeRef::IsoDuration, None),
        Some("uuid") => (TypeRef::Uuid, None),
        Some("byte") => (TypeRef::Base64, None),
        _ => (TypeRef::String, format),
    }
}
