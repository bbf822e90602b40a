//! Constraints that are checked.

use std::cmp::Ordering;

use regex_lite::Regex;
use serde_json::{Number, Value};

use crate::document::Origin;

/// A constraint.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// The number of characters of a string.
    Length(Bounds),
    /// The number of items of a list.
    ItemCount(Bounds),
    /// No two items of a list are equal.
    UniqueItems,
    /// The number of properties of a map.
    PropertyCount(Bounds),
    /// A number is neither infinite nor NaN, which JSON cannot express.
    Finite,
    /// The value of a number; integers have integers as bounds.
    Range {
        /// The minimum.
        low: Option<NumberBound>,
        /// The maximum.
        high: Option<NumberBound>,
    },
    /// A number is a multiple of this one, which is an integer for integers.
    MultipleOf(Number),
    /// Some part of a string matches a regular expression.
    Pattern {
        /// The expression in the description, in the syntax of ECMA-262.
        stated: String,
        /// The expression in the syntax of `regex-lite`, or the reason for which it is not checked.
        translated: Result<String, Untranslatable>,
    },
    /// The constraints of the type of the value.
    Nested,
    /// Constraints of a value that is not `null`.
    Present(Vec<Check>),
    /// Constraints of each item of a list.
    Items(Vec<Check>),
    /// Constraints of each value of a map.
    Values(Vec<Check>),
}

impl Check {
    /// Returns `true` if a string, a number or a boolean satisfies the constraint, or if it constrains values of other types.
    pub(crate) fn allows(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Length(bounds), Value::String(text)) => bounds.allow(text.chars().count()),
            (Self::Pattern { translated: Ok(translated), .. }, Value::String(text)) => {
                Regex::new(translated).is_ok_and(|pattern| pattern.is_match(text))
            }
            (Self::Range { low, high }, Value::Number(number)) => {
                let is_within = |bound: &Option<NumberBound>, outside: Ordering| {
                    bound.as_ref().is_none_or(|bound| match compare_numbers(number, &bound.value) {
                        Some(Ordering::Equal) => bound.inclusive,
                        order => order != Some(outside),
                    })
                };
                is_within(low, Ordering::Less) && is_within(high, Ordering::Greater)
            }
            (Self::MultipleOf(step), Value::Number(number)) => is_multiple(number, step),
            (Self::Present(inner), value) if !value.is_null() => inner.iter().all(|check| check.allows(value)),
            _ => true,
        }
    }

    /// The constraints that cannot be checked, at whatever depth.
    pub(crate) fn uncheckable(checks: &[Self]) -> Vec<Self> {
        let inner = |checks: &[Self]| Some(Self::uncheckable(checks)).filter(|checks| !checks.is_empty());
        let unchecked = checks.iter().filter_map(|check| match check {
            Self::Pattern { translated: Err(_), .. } => Some(check.clone()),
            Self::Items(checks) => inner(checks).map(Self::Items),
            Self::Values(checks) => inner(checks).map(Self::Values),
            Self::Present(checks) => inner(checks).map(Self::Present),
            _ => None,
        });
        unchecked.collect()
    }

    /// The constraints of a part of the value; none if this constrains the value itself.
    pub fn inner(&self) -> &[Self] {
        match self {
            Self::Present(checks) | Self::Items(checks) | Self::Values(checks) => checks,
            _ => &[],
        }
    }
}

/// The order of two numbers; `None` if one of them is not a number.
pub(crate) fn compare_numbers(one: &Number, other: &Number) -> Option<Ordering> {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

/// Returns `true` if a number is a multiple of another one.
pub(crate) fn is_multiple(of: &Number, step: &Number) -> bool {
    match (of.as_i128(), step.as_i128()) {
        (Some(of), Some(step)) => step != 0 && of % step == 0,
        _ => of.as_f64().zip(step.as_f64()).is_some_and(|(of, step)| (of / step).fract() == 0.0),
    }
}

/// The reason for which a pattern is not checked. Two of them are equal, because the pattern itself is compared.
#[derive(Debug, Clone)]
pub struct Untranslatable {
    /// The location of the pattern.
    pub origin: Origin,
    /// The reason, as a phrase.
    pub reason: &'static str,
}

impl PartialEq for Untranslatable {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

/// An inclusive range of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest size.
    pub min: usize,
    /// The largest size; `None` for any.
    pub max: Option<usize>,
}

impl Bounds {
    fn allow(self, size: usize) -> bool {
        self.min <= size && self.max.is_none_or(|max| size <= max)
    }
}

/// One end of a range of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberBound {
    /// The number.
    pub value: Number,
    /// `true` if the number itself is in the range.
    pub inclusive: bool,
}
