//! Responses that decline a request although they are a success, from `x-declined`.
//!
//! The value is an object: `pointer` is a JSON Pointer from a value of the schema to one of its properties, and `values` is
//! the list of the values of this property with which the service declines.

use crate::Diagnostics;
use crate::api::{Declined, DeclinedStep, DeclinedValues, TypeId, TypeRef, Variant};
use crate::document::{Cursor, JsonPointer, Value};
use crate::lower::draft::{ByType, Draft, DraftField, Shape, Types};
use crate::lower::passes::directions::Directions;
use crate::names;

const POINTER: &str = "pointer";
const VALUES: &str = "values";

/// For each type, the property whose value declines a request, if the description states one.
pub(crate) fn declined(
    draft: &Draft,
    directions: &Directions,
    diagnostics: &mut Diagnostics,
) -> ByType<Option<Declined>> {
    let mut reader = Reader { types: &draft.types, directions, diagnostics };
    draft.types.table(|(id, definition)| {
        let Shape::Struct(shape) = &definition.shape else { return None };
        let stated = shape.declined.as_ref()?;
        if directions[id].returned {
            return reader.declined(id, stated);
        }
        let help = "only a response can decline a request; move it to the schema of a response";
        reader.diagnostics.warn_not_used(stated, "`x-declined`", help);
        None
    })
}

struct Reader<'a, 'd> {
    types: &'a Types<'d>,
    directions: &'a Directions,
    diagnostics: &'a mut Diagnostics,
}

impl<'a, 'd> Reader<'a, 'd> {
    fn declined(&mut self, id: TypeId, stated: &Cursor<'d>) -> Option<Declined> {
        let (Some(pointer), Some(values)) = (stated.get(POINTER), stated.get(VALUES)) else {
            self.diagnostics.bad_extension(stated, "an object with `pointer` and `values`");
            return None;
        };
        for (name, _) in stated.properties().filter(|(name, _)| ![POINTER, VALUES].contains(name)) {
            self.diagnostics.bad_extension(stated.key(name), "only `pointer` and `values`");
        }
        let (steps, last) = self.steps(id, &pointer)?;
        let values = self.values(&last.ty, &pointer, &values)?;
        Some(Declined { steps, values })
    }

    /// The fields that a pointer passes through, and the last of them.
    fn steps(&mut self, id: TypeId, pointer: &Cursor<'d>) -> Option<(Vec<DeclinedStep>, &'a DraftField<'d>)> {
        let path = pointer.as_str().and_then(JsonPointer::parse).filter(|path| path.tokens().next().is_some());
        let Some(path) = path else {
            self.diagnostics.bad_extension(pointer, "a JSON Pointer to a property, such as `/status/code`");
            return None;
        };
        let types = self.types;
        let (mut steps, mut at, mut last) = (Vec::new(), Some(id), None);
        for token in path.tokens() {
            let fields = at.map(|id| types[id].fields()).unwrap_or_default();
            let Some((id, field)) = at.zip(fields.iter().find(|field| field.wire_name == token)) else {
                let nearest = names::nearest(&token, fields.iter().map(|field| &*field.wire_name));
                self.diagnostics.pointer_to_nothing(pointer, &token, nearest);
                return None;
            };
            steps.push(DeclinedStep {
                field: field.name.clone(),
                wire_name: field.wire_name.clone(),
                optional: !field.is_required(self.directions[id]),
                nullable: matches!(field.ty, TypeRef::Nullable(_)),
            });
            at = named(&field.ty);
            last = Some(field);
        }
        Some((steps, last?))
    }

    /// The values of a property of some type, each of which the type must have.
    fn values(&mut self, ty: &TypeRef, pointer: &Cursor<'d>, values: &Cursor<'d>) -> Option<DeclinedValues> {
        let items: Vec<_> = values.items().collect();
        if items.is_empty() {
            self.diagnostics.bad_extension(values, "a list with at least one value");
            return None;
        }
        let again = |index: &usize| items[..*index].iter().any(|item| item.value() == items[*index].value());
        if let Some(index) = (1..items.len()).find(again) {
            self.diagnostics.bad_extension(&items[index], "each value only once");
            return None;
        }
        if let Some(shape) = named(ty).map(|id| &self.types[id].shape) {
            return match (named(ty), shape) {
                (Some(id), Shape::Enum(shape)) => self.variants(id, &shape.variants, &items),
                _ => self.other_type(pointer),
            };
        }
        match ty.non_null() {
            TypeRef::String => {
                let text = |item: &Cursor<'d>| item.as_str().map(str::to_owned);
                self.each(&items, "a string", text).map(DeclinedValues::Texts)
            }
            TypeRef::I32 => {
                let short = |item: &Cursor<'d>| integer(item).filter(|value| i32::try_from(*value).is_ok());
                self.each(&items, "a 32-bit integer", short).map(DeclinedValues::Integers)
            }
            TypeRef::I64 => self.each(&items, "a 64-bit integer", integer).map(DeclinedValues::Integers),
            TypeRef::Bool => self.flag(values, &items).map(DeclinedValues::Boolean),
            _ => self.other_type(pointer),
        }
    }

    fn other_type(&mut self, pointer: &Cursor<'d>) -> Option<DeclinedValues> {
        self.diagnostics.bad_extension(pointer, "a pointer to a string, an integer, a boolean or an enumeration");
        None
    }

    /// The only value in the list.
    fn flag(&mut self, values: &Cursor<'d>, items: &[Cursor<'d>]) -> Option<bool> {
        if let [item] = items
            && let Value::Bool(flag) = item.value()
        {
            return Some(*flag);
        }
        self.diagnostics.bad_extension(values, "`[true]` or `[false]`");
        None
    }

    fn variants(&mut self, ty: TypeId, variants: &[Variant], items: &[Cursor<'d>]) -> Option<DeclinedValues> {
        let texts: Vec<_> = variants.iter().map(|variant| text(&variant.value)).collect();
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        let mut names = Vec::new();
        for item in items {
            let value = item.node().to_json();
            if let Some(variant) = variants.iter().find(|variant| variant.value == value) {
                names.push(variant.name.clone());
            } else {
                self.diagnostics.unknown_value(item, &text(&value), &texts);
            }
        }
        (names.len() == items.len()).then_some(DeclinedValues::Variants { ty, names })
    }

    /// Reads each item, and reports those of another type.
    fn each<T>(
        &mut self,
        items: &[Cursor<'d>],
        expected: &str,
        read: impl Fn(&Cursor<'d>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let values: Vec<T> = items.iter().filter_map(&read).collect();
        for item in items.iter().filter(|item| read(item).is_none()) {
            self.diagnostics.bad_extension(item, expected);
        }
        (values.len() == items.len()).then_some(values)
    }
}

fn named(ty: &TypeRef) -> Option<TypeId> {
    match ty.non_null() {
        TypeRef::Named(id) => Some(*id),
        _ => None,
    }
}

fn integer(item: &Cursor<'_>) -> Option<i64> {
    match item.value() {
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}

/// A value as the description has it: a string without quotes.
fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
