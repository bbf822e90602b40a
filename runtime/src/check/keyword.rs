//! The keywords that constrain values, and their values in a description.

use std::fmt;

/// A keyword of a description that constrains values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Keyword {
    /// `minLength`: the least number of characters (Unicode scalar values) of a string.
    MinLength,
    /// `maxLength`: the greatest number of characters (Unicode scalar values) of a string.
    MaxLength,
    /// `pattern`: a regular expression that some part of a string must match.
    Pattern,
    /// `minimum`: the smallest number.
    Minimum,
    /// `maximum`: the largest number.
    Maximum,
    /// `exclusiveMinimum`: the number that a value must be greater than.
    ExclusiveMinimum,
    /// `exclusiveMaximum`: the number that a value must be less than.
    ExclusiveMaximum,
    /// `multipleOf`: the number of which a value must be a multiple.
    MultipleOf,
    /// `minItems`: the least number of items of an array.
    MinItems,
    /// `maxItems`: the greatest number of items of an array.
    MaxItems,
    /// `uniqueItems`: no two items of an array are equal.
    UniqueItems,
    /// `minProperties`: the least number of properties of an object.
    MinProperties,
    /// `maxProperties`: the greatest number of properties of an object.
    MaxProperties,
    /// `oneOf`: a value matches exactly one alternative.
    OneOf,
    /// `anyOf`: a value matches at least one alternative.
    AnyOf,
    /// `enum`: a value is one of those that are listed.
    Enum,
    /// `discriminator`: the property that selects the variant of an object has one of the listed values.
    Discriminator,
}

impl Keyword {
    /// Returns the keyword as it is written in a description.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::Pattern => "pattern",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::ExclusiveMinimum => "exclusiveMinimum",
            Self::ExclusiveMaximum => "exclusiveMaximum",
            Self::MultipleOf => "multipleOf",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties => "minProperties",
            Self::MaxProperties => "maxProperties",
            Self::OneOf => "oneOf",
            Self::AnyOf => "anyOf",
            Self::Enum => "enum",
            Self::Discriminator => "discriminator",
        }
    }

    /// The unit of a keyword that counts, in the singular and in the plural; `None` for others.
    const fn units(self) -> Option<[&'static str; 2]> {
        match self {
            Self::MinLength | Self::MaxLength => Some(["character", "characters"]),
            Self::MinItems | Self::MaxItems => Some(["item", "items"]),
            Self::MinProperties | Self::MaxProperties => Some(["property", "properties"]),
            Self::OneOf | Self::AnyOf => Some(["alternative fits", "alternatives fit"]),
            _ => None,
        }
    }

    /// The fault of a value that violates the keyword, if no size was measured.
    const fn fault(self) -> &'static str {
        match self {
            Self::Minimum | Self::ExclusiveMinimum => "too small",
            Self::Maximum | Self::ExclusiveMaximum => "too large",
            Self::MultipleOf => "not a multiple",
            Self::Pattern => "does not match",
            Self::UniqueItems => "items repeat",
            Self::Enum | Self::Discriminator => "not listed",
            _ => "not allowed",
        }
    }

    /// Writes the measured size, or else the fault.
    pub(crate) fn write_finding(self, f: &mut fmt::Formatter<'_>, measured: Option<usize>) -> fmt::Result {
        match (measured, self.units()) {
            (Some(count), Some([one, many])) => write!(f, "{count} {}", if count == 1 { one } else { many }),
            _ => f.write_str(self.fault()),
        }
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The value of a [`Keyword`] in a description. It is part of the description, so it may be shown.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Constraint {
    /// A number of characters, items, properties or alternatives.
    Size(usize),
    /// The bound of an integer.
    Integer(i128),
    /// The bound of a number.
    Number(f64),
    /// A regular expression, as it is written in the description.
    Pattern(&'static str),
    /// The values that are listed in the description.
    Listed(&'static [&'static str]),
    /// The value of a keyword that is switched on, as in `uniqueItems: true`.
    True,
}

impl Constraint {
    /// Returns the value of a keyword that counts, such as `minLength` and `maxItems`; `None` for others.
    pub const fn size(self) -> Option<usize> {
        if let Self::Size(size) = self { Some(size) } else { None }
    }
}

/// Compares numbers by their bits, so that a constraint is always equal to itself.
impl PartialEq for Constraint {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Size(left), Self::Size(right)) => left == right,
            (Self::Integer(left), Self::Integer(right)) => left == right,
            (Self::Number(left), Self::Number(right)) => left.to_bits() == right.to_bits(),
            (Self::Pattern(left), Self::Pattern(right)) => left == right,
            (Self::Listed(left), Self::Listed(right)) => left == right,
            (Self::True, Self::True) => true,
            _ => false,
        }
    }
}

impl Eq for Constraint {}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size(size) => fmt::Display::fmt(size, f),
            Self::Integer(number) => fmt::Display::fmt(number, f),
            // Unlike `Display`, this form is short for numbers of many digits, such as 1e300.
            Self::Number(number) => fmt::Debug::fmt(number, f),
            Self::Pattern(text) => write!(f, "`{}`", text.escape_debug()),
            Self::Listed(values) => {
                for (index, value) in values.iter().enumerate() {
                    write!(f, "{}`{}`", if index == 0 { "" } else { ", " }, value.escape_debug())?;
                }
                Ok(())
            }
            Self::True => f.write_str("true"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(constraint: Constraint, expected: &str) {
        assert_eq!(constraint.to_string(), expected);
        let same = constraint;
        assert_eq!(constraint, same);
    }

    #[test]
    fn constraints_are_short() {
        check(Constraint::Size(24), "24");
        check(Constraint::Integer(-5), "-5");
        check(Constraint::Number(-90.0), "-90.0");
        check(Constraint::Number(1e300), "1e300");
        check(Constraint::Number(f64::NAN), "NaN");
        check(Constraint::Pattern("^a\n$"), r"`^a\n$`");
        check(Constraint::Listed(&["a", "b"]), "`a`, `b`");
        check(Constraint::True, "true");
    }

    #[test]
    fn constraints_of_two_kinds_differ() {
        assert_ne!(Constraint::Size(1), Constraint::Integer(1));
        assert_ne!(Constraint::Number(1.0), Constraint::Number(2.0));
        assert_eq!((Constraint::Size(3).size(), Constraint::True.size()), (Some(3), None));
    }
}
