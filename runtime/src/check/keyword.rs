//! The keywords that constrain values, and their arguments in a description.

use std::fmt;

/// A keyword of a description that constrains values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Keyword {
    /// `type`: a number must be finite, because JSON cannot represent NaN and infinities.
    Type,
    /// `minLength`: the minimum number of characters (Unicode scalar values) in a string.
    MinLength,
    /// `maxLength`: the maximum number of characters (Unicode scalar values) in a string.
    MaxLength,
    /// `pattern`: a regular expression that must match some part of a string.
    Pattern,
    /// `minimum`: the inclusive lower bound of a number.
    Minimum,
    /// `maximum`: the inclusive upper bound of a number.
    Maximum,
    /// `exclusiveMinimum`: the exclusive lower bound of a number.
    ExclusiveMinimum,
    /// `exclusiveMaximum`: the exclusive upper bound of a number.
    ExclusiveMaximum,
    /// `multipleOf`: the number that a value must be a multiple of.
    MultipleOf,
    /// `minItems`: the minimum number of items in an array.
    MinItems,
    /// `maxItems`: the maximum number of items in an array.
    MaxItems,
    /// `uniqueItems`: no two items of an array may be equal.
    UniqueItems,
    /// `minProperties`: the minimum number of properties of an object.
    MinProperties,
    /// `maxProperties`: the maximum number of properties of an object.
    MaxProperties,
    /// `oneOf`: a value must match exactly one alternative.
    OneOf,
    /// `anyOf`: a value must match at least one alternative.
    AnyOf,
    /// `enum`: a value must be one of those listed.
    Enum,
    /// `discriminator`: the property that selects the variant of an object must have one of the listed values.
    Discriminator,
}

impl Keyword {
    /// Returns the keyword as it appears in a description.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
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

    /// Returns the unit of a keyword that counts, in singular and plural, or `None` for other keywords.
    const fn units(self) -> Option<[&'static str; 2]> {
        match self {
            Self::MinLength | Self::MaxLength => Some(["character", "characters"]),
            Self::MinItems | Self::MaxItems => Some(["item", "items"]),
            Self::MinProperties | Self::MaxProperties => Some(["property", "properties"]),
            Self::OneOf | Self::AnyOf => Some(["alternative matches", "alternatives match"]),
            _ => None,
        }
    }

    /// Returns the fault of a value that violates the keyword, for keywords that measure no size.
    const fn fault(self) -> &'static str {
        match self {
            Self::Type => "not finite",
            Self::Minimum | Self::ExclusiveMinimum => "too small",
            Self::Maximum | Self::ExclusiveMaximum => "too large",
            Self::MultipleOf => "not a multiple",
            Self::Pattern => "does not match",
            Self::UniqueItems => "duplicate items",
            Self::Enum | Self::Discriminator => "not listed",
            _ => "not allowed",
        }
    }

    /// Writes the measured size, or the fault if there is none.
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

/// The argument of a [`Keyword`] in a description. It never contains user data, so it is safe to log.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Constraint {
    /// A number of characters, items, properties, or alternatives.
    Size(usize),
    /// The bound of an integer.
    Integer(i128),
    /// The bound of a number.
    Number(f64),
    /// A regular expression, as written in the description.
    Pattern(&'static str),
    /// The values listed in the description.
    Listed(&'static [&'static str]),
    /// The argument `true`, as in `uniqueItems: true`.
    True,
}

impl Constraint {
    /// Returns the argument of a keyword that counts, such as `minLength` or `maxItems`, or `None` for other keywords.
    pub const fn size(self) -> Option<usize> {
        if let Self::Size(size) = self { Some(size) } else { None }
    }
}

/// Compares floating-point numbers by their bits, so that every constraint is equal to itself.
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
