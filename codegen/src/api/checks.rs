//! Constraints that are checked.

use serde_json::Number;

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
    /// The value of a number; integers have integers as bounds.
    Range {
        /// The smallest value.
        low: Option<NumberBound>,
        /// The greatest value.
        high: Option<NumberBound>,
    },
    /// A number is a multiple of this one, which is an integer for integers.
    MultipleOf(Number),
    /// Some part of a string matches a regular expression.
    Pattern {
        /// The expression in the description, in the syntax of ECMA-262.
        stated: String,
        /// The expression in the syntax of `regex-lite`.
        translated: String,
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

/// An inclusive range of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest size.
    pub min: usize,
    /// The largest size; `None` for any.
    pub max: Option<usize>,
}

/// One end of a range of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberBound {
    /// The number.
    pub value: Number,
    /// `true` if the number itself is in the range.
    pub inclusive: bool,
}
