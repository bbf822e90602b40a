//! Enumerations of any values, and defaults, which must be among them.

use std::collections::HashSet;

use indexmap::IndexSet;
use serde_json::Value as Json;

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::numbers::NUMBERS;
use super::sets::SchemaSet;
use super::strings::STRINGS;
use super::{LoweredType, SchemaReader};
use crate::api::{Check, TypeRef, Variant};
use crate::document::{Cursor, Value};
use crate::lower::draft::{DraftEnum, Shape};
use crate::names::{Casing, Taken};

/// A value of a list, with its location.
type Listed<'d> = (Cursor<'d>, Json);

impl<'d> SchemaReader<'_, 'd> {
    /// The values that all schemas list and allow. `null` is not among them, but makes the value nullable.
    pub(crate) fn lower_enum(&mut self, set: &SchemaSet<'d>, types: &[JsonType], name: &str) -> Option<LoweredType> {
        let mut supported = vec!["enum", "format"];
        let has = |ty: JsonType| types.is_empty() || types.iter().any(|own| own.meet(ty).is_some());
        supported.extend(STRINGS.iter().filter(|_| has(JsonType::String)));
        supported.extend(NUMBERS.iter().filter(|_| has(JsonType::Number)));
        self.refuse_keywords(set, KeywordContext::Enumeration(types), &supported);
        let constraints = self.enum_constraints(set)?;
        let values = self.enum_values(set, types, &constraints)?;
        if values.is_empty() {
            // At most `null` is left.
            return Some(LoweredType::of(TypeRef::Never));
        }
        if values.len() == 2 && [true, false].iter().all(|value| values.contains(&Json::Bool(*value))) {
            return Some(LoweredType::of(TypeRef::Bool));
        }
        if !self.has_room(set.own(), values.len()) {
            return None;
        }
        let mut names = Taken::default();
        let variants = values.into_iter().enumerate().map(|(index, value)| {
            let name = names.take(&variant_name(self.casing, &value, index));
            Variant { name, value }
        });
        let variants = variants.collect();
        let id = self.define(set, name, Shape::Enum(DraftEnum { variants, constraints }));
        Some(LoweredType::of(TypeRef::Named(id)))
    }

    /// The constraints that are stated beside the values.
    fn enum_constraints(&mut self, set: &SchemaSet<'d>) -> Option<Vec<Check>> {
        let mut constraints = self.string_checks(set).ok()?;
        constraints.extend(self.float_checks(set).ok()?);
        Some(constraints)
    }

    fn enum_values(&mut self, set: &SchemaSet<'d>, types: &[JsonType], constraints: &[Check]) -> Option<Vec<Json>> {
        let mut lists: Vec<(&Cursor<'d>, Vec<Listed<'d>>)> = Vec::new();
        for (schema, list) in set.occurrences("enum") {
            let values = self.listed_values(&list, types);
            if schema.flag("nullable") && values.iter().all(|(_, value)| !value.is_null()) {
                self.diagnostics.null_not_listed(schema.key("nullable"));
            }
            lists.push((schema, values));
        }
        let ((first, values), others) = lists.split_first()?;
        let list = first.get("enum")?;
        if values.is_empty() {
            self.diagnostics.empty_enum(list);
            return None;
        }
        let others_listed: Vec<HashSet<&Json>> =
            others.iter().map(|(_, list)| list.iter().map(|(_, value)| value).collect()).collect();
        let in_others = |value: &Json| others_listed.iter().all(|list| list.contains(value));
        let mut found: IndexSet<Json> = IndexSet::new();
        let mut has_null = false;
        for (at, value) in values.iter().filter(|(_, value)| in_others(value)) {
            if value.is_null() {
                has_null = true;
            } else if !types.is_empty() && !types.iter().any(|ty| ty.has(value)) {
                self.diagnostics.enum_value_of_other_type(at, at.node().kind());
            } else if !constraints.iter().all(|constraint| constraint.allows(value)) {
                self.diagnostics.enum_value_out_of_bounds(at);
            } else {
                found.insert(value.clone());
            }
        }
        if found.is_empty() && !has_null {
            match others.first() {
                Some((other, _)) => drop(self.contradiction(other, "enum", first)),
                None => self.diagnostics.empty_enum(list),
            }
            return None;
        }
        Some(found.into_iter().collect())
    }

    /// The values of a list. If they must be strings, a number or boolean is a string that lacks its quotes.
    fn listed_values(&mut self, list: &Cursor<'d>, types: &[JsonType]) -> Vec<Listed<'d>> {
        let mut values = Vec::new();
        for item in list.items() {
            let mut value = item.node().to_json();
            let lacks_quotes = matches!(item.value(), Value::Number(_) | Value::Bool(_))
                && types.contains(&JsonType::String)
                && !types.iter().any(|ty| ty.has(&value));
            if lacks_quotes {
                // The text of an alias is its name.
                let written = self.resolved.document.text_of(&item).filter(|text| !text.starts_with('*'));
                let text = written.map_or_else(|| value.to_string(), str::to_owned);
                self.diagnostics.enum_value_without_quotes(&item, &text);
                value = text.into();
            }
            values.push((item, value));
        }
        values
    }

    /// Returns `true` if every enumeration lists the value.
    fn is_listed(&mut self, set: &SchemaSet<'d>, value: &Json) -> bool {
        set.occurrences("enum").all(|(_, list)| {
            let values = || list.items().map(|item| item.node().to_json()).collect();
            self.listed.entry(list.clone()).or_insert_with(values).contains(value)
        })
    }

    /// Reports a default that is of another type, or that the enumeration does not list. Only the service uses it.
    pub(crate) fn check_default(&mut self, set: &SchemaSet<'d>) {
        let Some(default) = set.annotation("default") else { return };
        let value = default.node().to_json();
        let is_of_type = if value.is_null() {
            self.allows_null(set)
        } else {
            self.json_types(set).is_ok_and(|types| types.is_empty() || types.iter().any(|ty| ty.has(&value)))
        };
        if !is_of_type {
            self.diagnostics.default_of_other_type(&default, default.node().kind());
        } else if !value.is_null() && !self.is_listed(set, &value) {
            self.diagnostics.default_not_listed(&default);
        }
    }
}

/// The name of a value: its letters and digits, or its index if it has none.
fn variant_name(casing: &Casing, value: &Json, index: usize) -> String {
    match value {
        Json::String(text) => casing.type_name(text),
        Json::Number(number) => casing.type_name(&number.to_string().replace('.', " point ")),
        Json::Bool(value) => casing.type_name(&value.to_string()),
        _ => format!("Value{}", index + 1),
    }
}
