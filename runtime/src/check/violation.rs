//! The result of a constraint check: the violated keyword and its argument, the location, and the measured size.
//!
//! A violation never contains the value itself, which may be personal data.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::vec;

use crate::check::keyword::{Constraint, Keyword};

/// A list of violations, in the order of the properties of a value.
///
/// The list does not allocate until a check fails. [`Violations::finish`] turns it into a [`Result`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Violations(
    /// `None` while the list is empty. An `Arc` rather than a `Box`, because dropping it is a call and not a loop
    /// inlined into every function that checks.
    Option<Arc<Vec<Violation>>>,
);

impl Violations {
    /// Creates an empty list.
    #[inline]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Appends a violation. Use this for checks of your own that a description cannot express.
    pub fn push(&mut self, violation: Violation) {
        Arc::make_mut(self.0.get_or_insert_default()).push(violation);
    }

    /// Appends the violations of another list.
    pub(crate) fn append(&mut self, others: Self) {
        if self.0.is_none() {
            self.0 = others.0;
        } else {
            others.into_iter().for_each(|violation| self.push(violation));
        }
    }

    /// Returns the violations as a slice, in the order in which they were found.
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

    /// Returns `true` if there are no violations.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// Finishes the checks.
    ///
    /// # Errors
    ///
    /// Returns the list if it contains at least one violation.
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
    /// Formats the violations, one per line.
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
    /// Creates a violation of a keyword that counts. `constraint` is its argument, and `measured` is the size of the
    /// value at `location`.
    pub fn new(location: &impl ToString, keyword: Keyword, constraint: usize, measured: usize) -> Self {
        Self {
            location: location.to_string(),
            keyword,
            constraint: Constraint::Size(constraint),
            measured: Some(measured),
        }
    }

    /// Creates a violation of a keyword that does not count, such as `maximum` or `pattern`. The value is left out
    /// because a number may be as personal as a text.
    pub fn without_size(location: &impl ToString, keyword: Keyword, constraint: Constraint) -> Self {
        Self { location: location.to_string(), keyword, constraint, measured: None }
    }

    /// Returns the location of the violation, such as `content.contacts[0].name.firstName`. An empty string stands for
    /// the whole value.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// Returns the violated keyword.
    pub fn keyword(&self) -> Keyword {
        self.keyword
    }

    /// Returns the argument of the keyword in the description.
    pub fn constraint(&self) -> Constraint {
        self.constraint
    }

    /// Returns the measured size, in the unit of the keyword, or `None` if the keyword does not count.
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
                        ``: 2 alternatives match, `oneOf` is 1\n\
                        `a`: too small, `minimum` is 0.5\n\
                        `b`: does not match, `pattern` is `^x`\n\
                        `c`: duplicate items, `uniqueItems` is true";
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
