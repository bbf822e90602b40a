//! Enumerations of any values.

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::numbers::NUMBERS;
use super::sets::SchemaSet;
use super::strings::STRINGS;
use super::{LoweredType, SchemaReader};
use crate::api::{Check, TypeRef, Variant};
use crate::document::{Node, Value};
use crate::lower::draft::{DraftEnum, Shape};
use crate::names::{self, Casing};

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
        let has = |wanted: bool| values.iter().any(|node| node.value == Value::Bool(wanted));
        if values.len() == 2 && has(true) && has(false) {
            return Some(LoweredType::of(TypeRef::Bool));
        }
        let mut variants: Vec<Variant> = Vec::new();
        for (index, node) in values.iter().enumerate() {
            let wanted = variant_name(self.casing, node, index);
            let name = names::free(&wanted, |name| variants.iter().all(|variant| variant.name != name));
            variants.push(Variant { name, value: node.to_json() });
        }
        let id = self.define(set, name, Shape::Enum(DraftEnum { variants, constraints }));
        Some(LoweredType::of(TypeRef::Named(id)))
    }

    /// The constraints that are stated beside the values.
    fn enum_constraints(&mut self, set: &SchemaSet<'d>) -> Option<Vec<Check>> {
        let mut constraints = self.string_checks(set).ok()?;
        constraints.extend(self.number_checks(set, &TypeRef::F64).ok()?);
        Some(constraints)
    }

    fn enum_values(&mut self, set: &SchemaSet<'d>, types: &[JsonType], constraints: &[Check]) -> Option<Vec<&'d Node>> {
        let lists: Vec<_> = set
            .occurrences("enum")
            .map(|(schema, list)| (schema, list.node().as_array().unwrap_or_default()))
            .collect();
        let ((first, _), others) = lists.split_first()?;
        let list = first.get("enum")?;
        if list.items().next().is_none() {
            self.diagnostics.empty_enum(list);
            return None;
        }
        let in_others = |node: &Node| others.iter().all(|(_, list)| list.iter().any(|other| is_same(other, node)));
        let mut found: Vec<&Node> = Vec::new();
        let mut is_null = false;
        for value in list.items().filter(|value| in_others(value.node())) {
            let node = value.node();
            if node.value == Value::Null {
                is_null = true;
            } else if !types.is_empty() && !types.iter().any(|ty| ty.has(&node.value)) {
                self.diagnostics.enum_value_of_other_type(value, node.kind());
            } else if !constraints.iter().all(|constraint| constraint.allows(&node.to_json())) {
                self.diagnostics.enum_value_out_of_bounds(value);
            } else if !found.iter().any(|other| is_same(other, node)) {
                found.push(node);
            }
        }
        if !is_null && set.is_true("nullable") {
            self.diagnostics.keyword_without_effect(
                set.own().key("nullable"),
                "nullable",
                "beside an `enum` without null",
            );
        }
        if found.is_empty() && !is_null {
            match others.first() {
                Some((other, _)) => drop(self.contradiction(other, "enum", first)),
                None => self.diagnostics.empty_enum(list),
            }
            return None;
        }
        Some(found)
    }
}

fn is_same(one: &Node, other: &Node) -> bool {
    one.to_json() == other.to_json()
}

/// The name of a value: its letters and digits, or its index if it has none.
fn variant_name(casing: &Casing, node: &Node, index: usize) -> String {
    match &node.value {
        Value::String(text) => casing.type_name(text),
        Value::Number(number) => casing.type_name(&number.to_string().replace('.', " point ")),
        Value::Bool(value) => casing.type_name(&value.to_string()),
        _ => format!("Value{}", index + 1),
    }
}
