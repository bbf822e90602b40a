//! Where in a value something is: the instance location, such as `content.contacts[0].name`.
//!
//! A location is a linked list on the stack, so that walking into a message costs nothing until a
//! location has to be printed.

use std::fmt;

/// A place in a value, as the path that leads there from the root.
///
/// ```
/// use wirecrate_runtime::Location;
///
/// let root = Location::root();
/// let contacts = root.member("contacts");
/// assert_eq!(contacts.index(0).member("birthday").to_string(), "contacts[0].birthday");
/// assert_eq!(root.to_string(), "");
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Location<'a> {
    step: Option<(&'a Location<'a>, Segment<'a>)>,
}

impl<'a> Location<'a> {
    /// The whole value; prints as an empty string.
    pub const fn root() -> Self {
        Self { step: None }
    }

    /// The member of that name of the object at this location.
    pub const fn member(&'a self, name: &'a str) -> Self {
        Self { step: Some((self, Segment::Member(name))) }
    }

    /// The item at that index, counted from 0, of the array at this location.
    pub const fn index(&'a self, index: usize) -> Self {
        Self { step: Some((self, Segment::Index(index))) }
    }

    /// The location one segment further.
    pub fn join(&'a self, segment: impl Into<Segment<'a>>) -> Self {
        match segment.into() {
            Segment::Here => *self,
            segment => Self { step: Some((self, segment)) },
        }
    }
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Printed from the root, while the list starts at the leaf. Locations are as deep as a
        // message is nested, so the stack of this recursion is small.
        let Some((parent, segment)) = &self.step else {
            return Ok(());
        };
        fmt::Display::fmt(parent, f)?;
        segment.write(f, parent.step.is_none())
    }
}

/// One step of a [`Location`]: the name of a member or the index of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// No step: the value at the location itself.
    Here,
    /// A member of an object.
    Member(&'a str),
    /// A key of a map, which is no part of a description: shown as `[…]` unless it looks like an identifier.
    Key(&'a str),
    /// An item of an array, counted from 0.
    Index(usize),
}

impl Segment<'_> {
    /// Writes the segment as it follows its parent: `first` leaves out the dot of a member.
    pub(crate) fn write(self, out: &mut impl fmt::Write, first: bool) -> fmt::Result {
        match self {
            Self::Here => Ok(()),
            Self::Index(index) => write!(out, "[{index}]"),
            Self::Key(key) if !(is_word(key) && key.len() <= LONGEST_KEY) => out.write_str("[…]"),
            Self::Key(key) => Self::Member(key).write(out, first),
            Self::Member(name) if is_word(name) && first => out.write_str(name),
            Self::Member(name) if is_word(name) => write!(out, ".{name}"),
            // A quoted string escapes what would break the line or the notation.
            Self::Member(name) => write!(out, "[{name:?}]"),
        }
    }
}

/// For checks of a value that has no name of its own where it is checked: a whole struct, a variant of a union.
impl From<()> for Segment<'_> {
    fn from((): ()) -> Self {
        Self::Here
    }
}

impl<'a> From<&'a str> for Segment<'a> {
    fn from(name: &'a str) -> Self {
        Self::Member(name)
    }
}

/// A key of a map comes from outside, as values do.
impl<'a> From<&'a String> for Segment<'a> {
    fn from(key: &'a String) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Segment<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// Longer keys are not shown: identifiers are shorter.
pub(crate) const LONGEST_KEY: usize = 64;

/// Whether a member name can stand in a location without quotes.
pub(crate) fn is_word(name: &str) -> bool {
    let starts = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    starts && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_maps_are_shown_only_as_identifiers() {
        #[track_caller]
        fn check(key: &str, expected: &str) {
            let (root, key) = (Location::root(), key.to_owned());
            assert_eq!(root.member("map").join(&key).to_string(), expected);
        }
        check("first_name", "map.first_name");
        check("+44 1134 960000", "map[…]");
        check(&"a".repeat(65), "map[…]");
    }

    #[track_caller]
    fn check(segments: &[Segment<'_>], expected: &str) {
        fn print(at: &Location<'_>, rest: &[Segment<'_>]) -> String {
            match rest {
                [] => at.to_string(),
                [first, rest @ ..] => print(&at.join(*first), rest),
            }
        }
        assert_eq!(print(&Location::root(), segments), expected);
    }

    #[test]
    fn prints_paths() {
        use Segment::{Index, Member};
        check(&[], "");
        check(&[Member("from")], "from");
        check(&[Index(3)], "[3]");
        check(&[Segment::Here, Member("a"), Segment::Here, Member("b")], "a.b");
        check(
            &[Member("content"), Member("contacts"), Index(0), Member("name"), Member("firstName")],
            "content.contacts[0].name.firstName",
        );
        check(&[Member("a"), Index(1), Index(2)], "a[1][2]");
        check(&[Member("odd name")], r#"["odd name"]"#);
        check(&[Member("a"), Member("3DS"), Member("b")], r#"a["3DS"].b"#);
        check(&[Member("")], r#"[""]"#);
        check(&[Member("a\"b\n")], r#"["a\"b\n"]"#);
    }
}
