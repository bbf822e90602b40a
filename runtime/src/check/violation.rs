//! The result of a constraint check: the violated keyword, its location, its value and the measured size.
//!
//! A violation never contains the text of the value, which may be personal.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::vec;

use crate::check::keyword::{Constraint, Keyword};

/// All violations of one value, in the order of its properties.
///
/// Empty until a check fails, and without an allocation until then. [`Violations::finish`] turns the list into a
/// result.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Violations(
    /// Absent while empty. `Arc` rather than `Box`, because its drop is a call and not a loop that
    /// is inlined into every function that checks.
    Option<Arc<Vec<Violation>>>,
);

impl Violations {
    /// Makes an empty list.
    #[inline]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Adds a violation, for checks of your own that no keyword of a description expresses.
    pub fn push(&mut self, violation: Violation) {
        Arc::make_mut(self.0.get_or_insert_default()).push(violation);
    }

    /// Adds the violations of another list at the end.
    pub(crate) fn append(&mut self, others: Self) {
        if self.0.is_none() {
            self.0 = others.0;
        } else {
            others.into_iter().for_each(|violation| self.push(violation));
        }
    }

    /// Returns the violations, in the order in which they were found.
    pub fn as_slice(&self) -> &[Violation] {
        self.0.as_ref().map_or(&[], |list| list.as_slice())
    }

    /// Returns an iterator over the violations, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.as_slice().iter()
    }

    /// Returns the number of violations.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Returns whether there is no violation.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// Ends the checks.
    ///
    /// # Errors
    ///
    /// Returns the violations if there is at least one.
    #[inline]
    pub fn finish(self) -> Result<(), Self> {
        if self.0.is_none() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl fmt::Display for Violations {
    /// Writes one line for each violation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl Error for Violations {}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map_or_else(Vec::new, Arc::unwrap_or_clone).into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One constraint that a value does not satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    location: String,
    keyword: Keyword,
    constraint: Constraint,
    measured: Option<usize>,
}

impl Violation {
    /// A violation of `keyword` at `location`, whose value is `constraint` and for which `measured` was found.
    pub fn new(location: &impl ToString, keyword: Keyword, constraint: usize, measured: usize) -> Self {
        Self {
            location: location.to_string(),
            keyword,
            constraint: Constraint::Size(constraint),
            measured: Some(measured),
        }
    }

    /// A violation of a keyword that counts nothing, such as `maximum` or `pattern`. The value is left out: a number
    /// may be as personal as a text.
    pub fn without_size(location: &impl ToString, keyword: Keyword, constraint: Constraint) -> Self {
        Self { location: location.to_string(), keyword, constraint, measured: None }
    }

    /// Returns the location in the value, such as `content.contacts[0].name.firstName`; an empty string for the value
    /// itself.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// Returns the violated keyword.
    pub fn keyword(&self) -> Keyword {
        self.keyword
    }

    /// Returns the value of the keyword in the description, in the unit of the keyword.
    pub fn constraint(&self) -> Constraint {
        self.constraint
    }

    /// Returns the measured size, in the unit of the keyword; `None` if the keyword counts nothing.
    pub fn measured(&self) -> Option<usize> {
        self.measured
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { location, keyword, constraint, measured } = self;
        write!(f, "`{location}`: ")?;
        keyword.write_finding(f, *measured)?;
        write!(f, ", `{keyword}` is {constraint}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Location;

    #[test]
    fn prints_one_line_for_each() {
        let root = Location::root();
        let mut violations = Violations::new();
        violations.push(Violation::new(&root.property("from"), Keyword::MaxLength, 24, 25));
        violations.push(Violation::new(&root.property("to"), Keyword::MinLength, 2, 1));
        violations.push(Violation::new(&root, Keyword::MinItems, 1, 0));
        violations.push(Violation::new(&root, Keyword::OneOf, 1, 2));
        violations.push(Violation::without_size(&root.property("a"), Keyword::Minimum, Constraint::Number(0.5)));
        violations.push(Violation::without_size(&root.property("b"), Keyword::Pattern, Constraint::Pattern("^x")));
        violations.push(Violation::without_size(&root.property("c"), Keyword::UniqueItems, Constraint::True));
        let expected = "`from`: 25 characters, `maxLength` is 24\n\
                        `to`: 1 character, `minLength` is 2\n\
                        ``: 0 items, `minItems` is 1\n\
                        ``: 2 alternatives fit, `oneOf` is 1\n\
                        `a`: too small, `minimum` is 0.5\n\
                        `b`: does not match, `pattern` is `^x`\n\
                        `c`: items repeat, `uniqueItems` is true";
        assert_eq!(violations.to_string(), expected);
    }

    #[test]
    fn finish_is_an_error_only_with_violations() {
        assert_eq!(Violations::new().finish(), Ok(()));
        let mut violations = Violations::new();
        violations.push(Violation::new(&Location::root(), Keyword::MaxItems, 1, 2));
        let found = violations.clone().finish();
        assert_eq!(found, Err(violations));
    }
}
