//! The keywords that limit values, and what descriptions say with them.

use std::fmt;

/// A keyword of a description that limits values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Keyword {
    /// `minLength`: the fewest characters (Unicode scalar values) of a string.
    MinLength,
    /// `maxLength`: the most characters (Unicode scalar values) of a string.
    MaxLength,
    /// `pattern`: a regular expression that some part of a string has to match.
    Pattern,
    /// `minimum`: the smallest number.
    Minimum,
    /// `maximum`: the largest number.
    Maximum,
    /// `exclusiveMinimum`: a number has to be larger.
    ExclusiveMinimum,
    /// `exclusiveMaximum`: a number has to be smaller.
    ExclusiveMaximum,
    /// `multipleOf`: what divides a number without a rest.
    MultipleOf,
    /// `minItems`: the fewest items of an array.
    MinItems,
    /// `maxItems`: the most items of an array.
    MaxItems,
    /// `uniqueItems`: no two items of an array are equal.
    UniqueItems,
    /// `minProperties`: the fewest members of an object.
    MinProperties,
    /// `maxProperties`: the most members of an object.
    MaxProperties,
    /// `oneOf`: a value fits exactly one alternative.
    OneOf,
    /// `anyOf`: a value fits some alternative.
    AnyOf,
    /// `enum`: a value is one of those that are listed.
    Enum,
    /// `discriminator`: the member that tells the form of an object has one of the values that are listed.
    Discriminator,
}

impl Keyword {
    /// The keyword as descriptions write it.
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

    /// What is counted, for one and for any other number; `None` where nothing is.
    const fn units(self) -> Option<[&'static str; 2]> {
        match self {
            Self::MinLength | Self::MaxLength => Some(["character", "characters"]),
            Self::MinItems | Self::MaxItems => Some(["item", "items"]),
            Self::MinProperties | Self::MaxProperties => Some(["member", "members"]),
            Self::OneOf | Self::AnyOf => Some(["alternative fits", "alternatives fit"]),
            _ => None,
        }
    }

    /// What is wrong with a value that breaks the keyword, where no size was measured.
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

    /// Writes what was found: a size, or what is wrong.
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

/// What a description states with a [`Keyword`]. It is a text of the description, so it may be shown.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Limit {
    /// A number of characters, items, members or alternatives.
    Size(usize),
    /// An integer that is the limit of integers.
    Integer(i128),
    /// A number that is the limit of numbers.
    Number(f64),
    /// A regular expression, as the description writes it.
    Pattern(&'static str),
    /// The values that the description lists.
    Listed(&'static [&'static str]),
    /// That something is so, as in `uniqueItems: true`.
    True,
}

impl Limit {
    /// The limit of a keyword that counts: `minLength`, `maxItems` and the like; `None` for others.
    pub const fn size(self) -> Option<usize> {
        if let Self::Size(size) = self { Some(size) } else { None }
    }
}

/// Compares numbers by their bits, so that a limit is always equal to itself.
impl PartialEq for Limit {
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

impl Eq for Limit {}

impl fmt::Display for Limit {
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
    fn check(limit: Limit, expected: &str) {
        assert_eq!(limit.to_string(), expected);
        let same = limit;
        assert_eq!(limit, same);
    }

    #[test]
    fn limits_are_short() {
        check(Limit::Size(24), "24");
        check(Limit::Integer(-5), "-5");
        check(Limit::Number(-90.0), "-90.0");
        check(Limit::Number(1e300), "1e300");
        check(Limit::Number(f64::NAN), "NaN");
        check(Limit::Pattern("^a\n$"), r"`^a\n$`");
        check(Limit::Listed(&["a", "b"]), "`a`, `b`");
        check(Limit::True, "true");
    }

    #[test]
    fn limits_of_two_kinds_differ() {
        assert_ne!(Limit::Size(1), Limit::Integer(1));
        assert_ne!(Limit::Number(1.0), Limit::Number(2.0));
        assert_eq!((Limit::Size(3).size(), Limit::True.size()), (Some(3), None));
    }
}
