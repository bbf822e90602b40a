//! Numbers and their constraints.

use std::cmp::Ordering;

use serde_json::Number;

use super::json_type::JsonType;
use super::keywords::KeywordContext;
use super::sets::SchemaSet;
use super::{LoweredType, Reported, SchemaReader};
use crate::api::{Check, NumberBound, TypeRef};
use crate::document::{Cursor, Node, Value};

/// Keywords of numbers.
pub(crate) const NUMBERS: &[&str] =
    &["format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

impl<'d> SchemaReader<'_, 'd> {
    /// A number of the type that its format has.
    pub(crate) fn lower_number(
        &mut self,
        set: &SchemaSet<'d>,
        json_type: JsonType,
        type_of_format: fn(Option<String>) -> (TypeRef, Option<String>),
    ) -> Option<LoweredType> {
        self.refuse_keywords(set, KeywordContext::Type(json_type), NUMBERS);
        let (ty, format) = type_of_format(self.format(set).ok()?);
        Some(LoweredType { checks: self.number_checks(set, &ty).ok()?, format, ..LoweredType::of(ty) })
    }

    /// The constraints of a number of a type.
    pub(crate) fn number_checks(&mut self, set: &SchemaSet<'d>, ty: &TypeRef) -> Result<Vec<Check>, Reported> {
        let low = strictest(set, "minimum", "exclusiveMinimum", Ordering::Greater);
        let high = strictest(set, "maximum", "exclusiveMaximum", Ordering::Less);
        if let (Some((low, schema)), Some((high, _))) = (&low, &high) {
            let is_empty = match compare(&low.value, &high.value) {
                Ordering::Less => false,
                Ordering::Equal => !(low.inclusive && high.inclusive),
                Ordering::Greater => true,
            };
            if is_empty {
                self.diagnostics.empty_range(schema.key("minimum"), "minimum", "maximum");
                return Err(Reported);
            }
        }
        let [low, high] = [(low, true), (high, false)].map(|(bound, is_low)| fit(&bound?.0, ty, is_low));
        let mut checks = Vec::new();
        if matches!(ty, TypeRef::F32 | TypeRef::F64) && (low.is_none() || high.is_none()) {
            checks.push(Check::Finite);
        }
        if low.is_some() || high.is_some() {
            checks.push(Check::Range { low, high });
        }
        for (_, stated) in set.occurrences("multipleOf") {
            match multiple(stated.node(), ty) {
                Some(step) => checks.push(Check::MultipleOf(step)),
                None => self.diagnostics.bad_step(stated),
            }
        }
        Ok(checks)
    }
}

/// The strictest bound of all schemas, with the schema that has it.
fn strictest<'d>(
    set: &SchemaSet<'d>,
    keyword: &str,
    exclusive: &str,
    stricter: Ordering,
) -> Option<(NumberBound, Cursor<'d>)> {
    let mut strictest: Option<(NumberBound, Cursor<'d>)> = None;
    for schema in set.iter() {
        let Some(Value::Number(number)) = schema.node().get(keyword).map(|node| &node.value) else { continue };
        let inclusive = !schema.flag(exclusive);
        let replaces = strictest.as_ref().is_none_or(|(other, _)| match compare(number, &other.value) {
            Ordering::Equal => !inclusive,
            order => order == stricter,
        });
        if replaces {
            strictest = Some((NumberBound { value: number.clone(), inclusive }, schema.clone()));
        }
    }
    strictest
}

pub(crate) fn integer_type(format: Option<String>) -> (TypeRef, Option<String>) {
    match format.as_deref() {
        Some("int32") => (TypeRef::I32, None),
        Some("int64") => (TypeRef::I64, None),
        _ => (TypeRef::I64, format),
    }
}

pub(crate) fn number_type(format: Option<String>) -> (TypeRef, Option<String>) {
    match format.as_deref() {
        Some("float") => (TypeRef::F32, None),
        Some("double") => (TypeRef::F64, None),
        _ => (TypeRef::F64, format),
    }
}

fn compare(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => value(one).total_cmp(&value(other)),
    }
}

fn value(number: &Number) -> f64 {
    number.as_f64().unwrap_or_default()
}

/// A bound as a value of the type; `None` if every value of the type is within it.
///
/// No `i32` is above 4294967295, and no integer between 1.5 and 2.
fn fit(bound: &NumberBound, ty: &TypeRef, is_low: bool) -> Option<NumberBound> {
    let (least, most) = match ty {
        TypeRef::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        TypeRef::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        _ => return Some(NumberBound { value: float(&bound.value)?, inclusive: bound.inclusive }),
    };
    let (integer, inclusive) = if let Some(integer) = bound.value.as_i128() {
        (integer, bound.inclusive)
    } else {
        let rounded = if is_low { value(&bound.value).ceil() } else { value(&bound.value).floor() };
        #[expect(clippy::cast_possible_truncation, reason = "the greatest is too large as well")]
        let integer = rounded as i128;
        (integer, true)
    };
    // An integer that is the last of its type is in the range anyway, unless it is excluded.
    let is_idle = match (is_low, inclusive) {
        (true, true) => integer <= least,
        (true, false) => integer < least,
        (false, true) => integer >= most,
        (false, false) => integer > most,
    };
    let integer = i64::try_from(integer.clamp(least, most)).unwrap_or_default();
    (!is_idle).then(|| NumberBound { value: integer.into(), inclusive })
}

fn float(number: &Number) -> Option<Number> {
    Number::from_f64(value(number))
}

/// A step as a value of the type: of 1.5, integers are multiples of 3 and of no smaller one.
fn multiple(step: &Node, ty: &TypeRef) -> Option<Number> {
    let Value::Number(step) = &step.value else { return None };
    if value(step) <= 0.0 {
        return None;
    }
    if !matches!(ty, TypeRef::I32 | TypeRef::I64) {
        return float(step);
    }
    if step.is_i64() {
        return Some(step.clone());
    }
    let text = step.to_string();
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = i64::try_from(fraction.len()).ok()? - exponent.parse::<i64>().ok()?;
    let (mut upper, mut lower) =
        (format!("{whole}{fraction}").parse::<i64>().ok()?, 10_i64.checked_pow(u32::try_from(decimals).ok()?)?);
    for prime in [2, 5] {
        while upper % prime == 0 && lower % prime == 0 {
            (upper, lower) = (upper / prime, lower / prime);
        }
    }
    Some(upper.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(text: &str, inclusive: bool) -> NumberBound {
        NumberBound { value: text.parse().expect("a number"), inclusive }
    }

    #[test]
    fn bounds_of_integers_are_integers() {
        let check = |text: &str, inclusive, is_low, expected: Option<(i64, bool)>| {
            let found = fit(&bound(text, inclusive), &TypeRef::I32, is_low);
            assert_eq!(
                found,
                expected.map(|(value, inclusive)| NumberBound { value: value.into(), inclusive }),
                "{text}"
            );
        };
        check("1", true, true, Some((1, true)));
        check("1", false, true, Some((1, false)));
        check("1.5", false, true, Some((2, true)));
        check("1.5", true, false, Some((1, true)));
        check("-2147483648", true, true, None);
        check("-2147483648", false, true, Some((-2_147_483_648, false)));
        check("4294967295", true, false, None);
        check("1e300", true, false, None);
        check("-1e300", true, true, None);
    }

    #[test]
    fn steps_of_integers_are_integers() {
        let check = |text: &str, ty: &TypeRef, expected: Option<&str>| {
            let number: Number = text.parse().expect("a number");
            let node = Node { span: crate::document::Span::default(), value: Value::Number(number) };
            assert_eq!(multiple(&node, ty).map(|step| step.to_string()).as_deref(), expected, "{text}");
        };
        check("3", &TypeRef::I64, Some("3"));
        check("1.5", &TypeRef::I64, Some("3"));
        check("0.5", &TypeRef::I64, Some("1"));
        check("2.5", &TypeRef::I32, Some("5"));
        check("1e-8", &TypeRef::I64, Some("1"));
        check("2.5e-1", &TypeRef::I64, Some("1"));
        check("1e300", &TypeRef::I64, None);
        check("0.01", &TypeRef::F64, Some("0.01"));
        check("2", &TypeRef::F64, Some("2.0"));
        check("0", &TypeRef::F64, None);
        check("-1", &TypeRef::I64, None);
    }
}
