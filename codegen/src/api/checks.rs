//! Constraints that are checked.

use serde_json::Number;

/// Something that is checked.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// The number of characters of a string.
    Length(Bounds),
    /// The number of items of a list.
    ItemCount(Bounds),
    /// That no item of a list comes again.
    UniqueItems,
    /// The number of members of a map.
    PropertyCount(Bounds),
    /// The value of a number; integers have integers as bounds.
    Range {
        /// The smallest value.
        low: Option<NumberBound>,
        /// The greatest value.
        high: Option<NumberBound>,
    },
    /// That a number is a multiple of this one; of an integer for integers.
    MultipleOf(Number),
    /// That some part of a string matches a regular expression.
    Pattern {
        /// As the description states it, in the syntax of ECMA-262.
        stated: String,
        /// The same for `regex-lite`.
        translated: String,
    },
    /// The value's own constraints.
    Nested,
    /// The same for a value that is not `null`.
    Present(Vec<Check>),
    /// The same for each item of a list.
    Items(Vec<Check>),
    /// The same for each value of a map.
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
    /// Whether it is in the range itself.
    pub inclusive: bool,
}
