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

/// The strictest lower and upper bound, each with the schema that has it.
type Stated<'d> = [Option<(NumberBound, Cursor<'d>)>; 2];

impl<'d> SchemaReader<'_, 'd> {
    /// A number of the type that its format has.
    pub(crate) fn lower_number(&mut self, set: &SchemaSet<'d>) -> Option<LoweredType> {
        self.refuse_keywords(set, KeywordContext::Type(JsonType::Number), NUMBERS);
        let (ty, format) = number_type(self.format(set).ok()?);
        Some(LoweredType { checks: self.float_checks(set).ok()?, format, ..LoweredType::of(ty) })
    }

    /// The constraints of a number, without those of its format.
    pub(crate) fn float_checks(&mut self, set: &SchemaSet<'d>) -> Result<Vec<Check>, Reported> {
        let [low, high] = self.stated_bounds(set)?.map(|bound| {
            let (NumberBound { value, inclusive }, _) = bound?;
            Some(NumberBound { value: float(&value)?, inclusive })
        });
        Ok(self.number_checks(set, &TypeRef::F64, low, high))
    }

    /// An integer of a type that has every value within its format and its bounds.
    pub(crate) fn lower_integer(&mut self, set: &SchemaSet<'d>) -> Option<LoweredType> {
        self.refuse_keywords(set, KeywordContext::Type(JsonType::Integer), NUMBERS);
        let format = self.format(set).ok()?;
        let bounds = self.stated_bounds(set).ok()?;
        let ends = [true, false].map(|is_low| Some(last_integer(&bounds[usize::from(!is_low)].as_ref()?.0, is_low)));
        let (ty, format) = integer_type(format, ends);
        let [low, high] = [(&bounds[0], true), (&bounds[1], false)]
            .map(|(bound, is_low)| self.integer_bound(bound.as_ref()?, &ty, is_low));
        Some(LoweredType { checks: self.number_checks(set, &ty, low, high), format, ..LoweredType::of(ty) })
    }

    fn stated_bounds(&mut self, set: &SchemaSet<'d>) -> Result<Stated<'d>, Reported> {
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
        Ok([low, high])
    }

    /// A bound as a value of the type. Integers beyond 64 bits cannot be bounds.
    fn integer_bound(
        &mut self,
        (bound, schema): &(NumberBound, Cursor<'d>),
        ty: &TypeRef,
        is_low: bool,
    ) -> Option<NumberBound> {
        let (integer, inclusive) = fit(bound, ty, is_low)?;
        let value = Number::from_i128(integer);
        if value.is_none() {
            self.diagnostics.bound_beyond_64_bits(schema.location_of(if is_low { "minimum" } else { "maximum" }));
        }
        Some(NumberBound { value: value?, inclusive })
    }

    /// The constraints of a number of a type.
    fn number_checks(
        &mut self,
        set: &SchemaSet<'d>,
        ty: &TypeRef,
        low: Option<NumberBound>,
        high: Option<NumberBound>,
    ) -> Vec<Check> {
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
        checks
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

/// The type of a format, or the smallest one that also has the stated ends of the range. An end that is that of the format as
/// a floating-point number is meant to be that of the format: many tools write 2^63 for the largest 64-bit integer.
fn integer_type(format: Option<String>, ends: [Option<i128>; 2]) -> (TypeRef, Option<String>) {
    let (ty, is_known) = match format.as_deref() {
        Some("int32") => (TypeRef::I32, true),
        Some("int64") => (TypeRef::I64, true),
        Some("uint64" | "uint") => (TypeRef::U64, true),
        Some("int128") => (TypeRef::I128, true),
        _ => (TypeRef::I64, false),
    };
    let (least, most) = range(&ty);
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "the same integer gives the same number")]
    let is_own = |end: i128, own: i128| is_known && end as f64 == own as f64;
    let or_own = |end: Option<i128>, own: i128| end.filter(|end| !is_own(*end, own)).unwrap_or(own);
    let (low, high) = (or_own(ends[0], least), or_own(ends[1], most));
    let has_all = |ty: &TypeRef| {
        let (least, most) = range(ty);
        least <= low && high <= most
    };
    let larger = [TypeRef::I64, TypeRef::U64].into_iter().find(has_all).unwrap_or(TypeRef::I128);
    (if has_all(&ty) { ty } else { larger }, format.filter(|_| !is_known))
}

/// The smallest and the largest value of an integer type.
fn range(ty: &TypeRef) -> (i128, i128) {
    match ty {
        TypeRef::I32 => (i32::MIN.into(), i32::MAX.into()),
        TypeRef::U64 => (0, u64::MAX.into()),
        TypeRef::I128 => (i128::MIN, i128::MAX),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

fn number_type(format: Option<String>) -> (TypeRef, Option<String>) {
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

/// The integer at a bound, and `true` if it is in the range itself. No integer is between 1.5 and 2.
fn integer(bound: &NumberBound, is_low: bool) -> (i128, bool) {
    if let Some(integer) = bound.value.as_i128() {
        return (integer, bound.inclusive);
    }
    let rounded = if is_low { value(&bound.value).ceil() } else { value(&bound.value).floor() };
    #[expect(clippy::cast_possible_truncation, reason = "the greatest is too large as well")]
    let integer = rounded as i128;
    (integer, true)
}

/// The first integer above a lower bound, or the last one below an upper bound.
fn last_integer(bound: &NumberBound, is_low: bool) -> i128 {
    let (integer, inclusive) = integer(bound, is_low);
    match (inclusive, is_low) {
        (true, _) => integer,
        (false, true) => integer.saturating_add(1),
        (false, false) => integer.saturating_sub(1),
    }
}

/// A bound as a value of the type; `None` if every value of the type is within it, as every `i32` is below 4294967295.
fn fit(bound: &NumberBound, ty: &TypeRef, is_low: bool) -> Option<(i128, bool)> {
    let (least, most) = range(ty);
    let (integer, inclusive) = integer(bound, is_low);
    // An integer that is the last of its type is in the range anyway, unless it is excluded.
    let is_idle = match (is_low, inclusive) {
        (true, true) => integer <= least,
        (true, false) => integer < least,
        (false, true) => integer >= most,
        (false, false) => integer > most,
    };
    (!is_idle).then_some((integer.clamp(least, most), inclusive))
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
    if matches!(ty, TypeRef::F32 | TypeRef::F64) {
        return float(step);
    }
    if let Some(integer) = step.as_i128() {
        return (integer <= range(ty).1).then(|| step.clone());
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
        let check = |text: &str, inclusive, is_low, expected: Option<(i128, bool)>| {
            assert_eq!(fit(&bound(text, inclusive), &TypeRef::I32, is_low), expected, "{text}");
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
    fn a_type_has_every_allowed_integer() {
        #[track_caller]
        fn check(format: &str, ends: [Option<i128>; 2], expected: &TypeRef) {
            let format = Some(format.to_owned()).filter(|format| !format.is_empty());
            assert_eq!(integer_type(format, ends).0, *expected);
        }
        const U64_MAX: i128 = u64::MAX as i128;
        const I64_MAX: i128 = i64::MAX as i128;
        check("", [None, None], &TypeRef::I64);
        check("", [Some(0), None], &TypeRef::I64);
        check("", [Some(0), Some(U64_MAX)], &TypeRef::U64);
        check("", [Some(-1), Some(U64_MAX)], &TypeRef::I128);
        check("", [None, Some(I64_MAX + 1)], &TypeRef::I128);
        check("", [Some(0), Some(I64_MAX + 1)], &TypeRef::U64);
        check("", [Some(0), Some(U64_MAX + 1)], &TypeRef::I128);
        check("int32", [None, Some(255)], &TypeRef::I32);
        check("int32", [None, Some(4_294_967_295)], &TypeRef::I64);
        check("int64", [Some(-I64_MAX - 2), Some(I64_MAX + 1)], &TypeRef::I64);
        check("int64", [Some(0), Some(U64_MAX)], &TypeRef::U64);
        check("uint64", [None, None], &TypeRef::U64);
        check("uint64", [Some(0), Some(U64_MAX + 1)], &TypeRef::U64);
        check("uint64", [Some(-1), None], &TypeRef::I128);
        check("int128", [Some(0), None], &TypeRef::I128);
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
