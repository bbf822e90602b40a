//! JSON Pointers (RFC 6901), and origins: a file and a pointer into it.

use std::borrow::Cow;
use std::fmt;

/// A JSON Pointer in its escaped form, such as `/components/schemas/Contact`.
///
/// It is formatted as a URI fragment: `#/components/schemas/Contact`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct JsonPointer(String);

impl JsonPointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses an escaped pointer, such as the part of a reference after `#`. Returns `None` unless it is empty or
    /// starts with `/`.
    pub fn parse(escaped: &str) -> Option<Self> {
        (escaped.is_empty() || escaped.starts_with('/')).then(|| Self(escaped.to_owned()))
    }

    /// Returns this pointer with a token appended. The token is escaped.
    #[must_use]
    pub fn child(&self, token: impl AsRef<str>) -> Self {
        let mut child = self.clone();
        child.push(token.as_ref());
        child
    }

    /// Returns the length of the escaped pointer in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Appends a token. The token is escaped.
    pub fn push(&mut self, token: &str) {
        self.0.push('/');
        if token.contains(['~', '/']) {
            self.0.push_str(&token.replace('~', "~0").replace('/', "~1"));
        } else {
            self.0.push_str(token);
        }
    }

    /// Removes the last token, if there is one.
    pub fn pop(&mut self) {
        self.0.truncate(self.0.rfind('/').unwrap_or(0));
    }

    /// Returns an iterator over the unescaped tokens.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Returns the last token, unescaped, or `None` for the root.
    pub fn last(&self) -> Option<Cow<'_, str>> {
        self.0.rsplit_once('/').map(|(_, token)| unescape(token))
    }
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl fmt::Debug for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The origin of a part of the description: the name of a file and a pointer into it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The [name](crate::Source::name) of the file.
    pub file: std::sync::Arc<str>,
    /// The pointer into the file.
    pub pointer: JsonPointer,
}

impl Origin {
    /// Returns the root of a file.
    pub fn file(name: &str) -> Self {
        Self { file: name.into(), pointer: JsonPointer::root() }
    }

    /// Returns this origin with a token appended.
    #[must_use]
    pub fn child(&self, token: impl AsRef<str>) -> Self {
        Self { file: self.file.clone(), pointer: self.pointer.child(token) }
    }

    /// Returns this origin with several tokens appended.
    #[must_use]
    pub fn descend<const N: usize>(&self, tokens: [&str; N]) -> Self {
        let mut origin = self.clone();
        for token in tokens {
            origin.pointer.push(token);
        }
        origin
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.file, self.pointer)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tokens: &[&str], expected: &str) {
        let mut pointer = JsonPointer::root();
        for token in tokens {
            pointer.push(token);
        }
        assert_eq!(pointer.to_string(), expected);
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), tokens);
        assert_eq!(JsonPointer::parse(&expected[1..]), Some(pointer));
    }

    #[test]
    fn tokens_are_escaped() {
        check(&[], "#");
        check(&["paths", "/message/{id}"], "#/paths/~1message~1{id}");
        check(&["~1", ""], "#/~01/");
    }

    #[test]
    fn a_pointer_starts_with_a_slash() {
        assert_eq!(JsonPointer::parse("components"), None);
    }

    #[test]
    fn the_last_token_comes_off() {
        let mut pointer = JsonPointer::root().child("a").child("b/c");
        assert_eq!(pointer.last().as_deref(), Some("b/c"));
        pointer.pop();
        assert_eq!(pointer.to_string(), "#/a");
        pointer.pop();
        pointer.pop();
        assert_eq!(pointer, JsonPointer::root());
    }
}
