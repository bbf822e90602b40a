//! Instance locations: the path to a part of a value, such as `content.contacts[0].name`.
//!
//! A location is a linked list on the stack, so that walking through a message costs nothing until a location is
//! printed.

use std::fmt;

/// The location of a value inside another one, as the path from the root.
///
/// ```
/// use wirecrate_runtime::Location;
///
/// let root = Location::root();
/// let contacts = root.property("contacts");
/// assert_eq!(contacts.index(0).property("birthday").to_string(), "contacts[0].birthday");
/// assert_eq!(root.to_string(), "");
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Location<'a> {
    step: Option<(&'a Location<'a>, Segment<'a>)>,
}

impl<'a> Location<'a> {
    /// Returns the location of the whole value, which prints as an empty string.
    pub const fn root() -> Self {
        Self { step: None }
    }

    /// Returns the location of a property of the object at this location.
    pub const fn property(&'a self, name: &'a str) -> Self {
        Self { step: Some((self, Segment::Property(name))) }
    }

    /// Returns the location of an item, counted from 0, of the array at this location.
    pub const fn index(&'a self, index: usize) -> Self {
        Self { step: Some((self, Segment::Index(index))) }
    }

    /// Returns this location extended by a segment.
    pub fn join(&'a self, segment: impl Into<Segment<'a>>) -> Self {
        match segment.into() {
            Segment::Here => *self,
            segment => Self { step: Some((self, segment)) },
        }
    }
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Printed from the root, while the list starts at the leaf. Locations are as deep as a message is nested, so
        // the recursion is shallow.
        let Some((parent, segment)) = &self.step else {
            return Ok(());
        };
        fmt::Display::fmt(parent, f)?;
        segment.write(f, parent.step.is_none())
    }
}

/// One step of a [`Location`]: the name of a property or the index of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// No segment: the value at the location itself.
    Here,
    /// A property of an object.
    Property(&'a str),
    /// A key of a map, which is not part of a description. Shown as `[…]` unless it looks like an identifier.
    Key(&'a str),
    /// An item of an array, counted from 0.
    Index(usize),
}

impl Segment<'_> {
    /// Writes the segment after its parent, without a dot if it is the `first` one.
    pub(crate) fn write(self, out: &mut impl fmt::Write, first: bool) -> fmt::Result {
        match self {
            Self::Here => Ok(()),
            Self::Index(index) => write!(out, "[{index}]"),
            Self::Key(key) if !(is_word(key) && key.len() <= LONGEST_KEY) => out.write_str("[…]"),
            Self::Key(key) => Self::Property(key).write(out, first),
            Self::Property(name) if is_word(name) && first => out.write_str(name),
            Self::Property(name) if is_word(name) => write!(out, ".{name}"),
            // A quoted string has escapes for line ends and quotes.
            Self::Property(name) => write!(out, "[{name:?}]"),
        }
    }
}

/// Used for a value that has no name of its own: a whole struct, or the content of a union variant.
impl From<()> for Segment<'_> {
    fn from((): ()) -> Self {
        Self::Here
    }
}

impl<'a> From<&'a str> for Segment<'a> {
    fn from(name: &'a str) -> Self {
        Self::Property(name)
    }
}

/// Keys of a map come from outside, as values do.
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

/// The maximum length of a key that is shown. Identifiers are shorter.
pub(crate) const LONGEST_KEY: usize = 64;

/// Returns whether the name of a property can be written in a location without quotes.
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
            assert_eq!(root.property("map").join(&key).to_string(), expected);
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
        use Segment::{Index, Property};
        check(&[], "");
        check(&[Property("from")], "from");
        check(&[Index(3)], "[3]");
        check(&[Segment::Here, Property("a"), Segment::Here, Property("b")], "a.b");
        check(
            &[Property("content"), Property("contacts"), Index(0), Property("name"), Property("firstName")],
            "content.contacts[0].name.firstName",
        );
        check(&[Property("a"), Index(1), Index(2)], "a[1][2]");
        check(&[Property("odd name")], r#"["odd name"]"#);
        check(&[Property("a"), Property("3DS"), Property("b")], r#"a["3DS"].b"#);
        check(&[Property("")], r#"[""]"#);
        check(&[Property("a\"b\n")], r#"["a\"b\n"]"#);
    }
}
