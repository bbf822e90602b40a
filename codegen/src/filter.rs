//! Which operations of a description are wanted.

use std::fmt;

use glob::{MatchOptions, Pattern};

/// The operations that a crate is made of: all, unless some are named.
///
/// An operation is wanted when any of the names fits it: its id, one of its tags, or its path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    wanted: Vec<Wanted>,
}

/// One way to name operations.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Operation(String),
    Tag(String),
    Path(Pattern),
}

impl Filter {
    /// Wants the operation with this id.
    #[must_use]
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.wanted.push(Wanted::Operation(id.into()));
        self
    }

    /// Wants every operation with this tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.wanted.push(Wanted::Tag(tag.into()));
        self
    }

    /// Wants every operation whose path fits: `*` stands for any text within a segment, `**` for any segments.
    ///
    /// # Errors
    ///
    /// When the pattern cannot be understood, with the reason.
    pub fn path(mut self, pattern: &str) -> Result<Self, String> {
        let pattern = Pattern::new(pattern).map_err(|error| error.to_string())?;
        self.wanted.push(Wanted::Path(pattern));
        Ok(self)
    }

    pub(crate) fn wants(&self, operation: &Candidate<'_>) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|wanted| wanted.fits(operation))
    }

    /// The names that fit none of the operations, as they were asked for.
    pub(crate) fn without_effect(&self, operations: &[Candidate<'_>]) -> Vec<String> {
        let is_idle = |wanted: &&Wanted| !operations.iter().any(|operation| wanted.fits(operation));
        self.wanted.iter().filter(is_idle).map(ToString::to_string).collect()
    }
}

/// What an operation can be named by.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) tags: Vec<&'a str>,
    /// Absent for a webhook.
    pub(crate) path: Option<&'a str>,
}

impl Wanted {
    fn fits(&self, operation: &Candidate<'_>) -> bool {
        const SEGMENTS: MatchOptions =
            MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };
        match self {
            Self::Operation(id) => operation.id == Some(id),
            Self::Tag(tag) => operation.tags.contains(&tag.as_str()),
            Self::Path(pattern) => operation.path.is_some_and(|path| pattern.matches_with(path, SEGMENTS)),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(id) => write!(f, "the operation `{id}`"),
            Self::Tag(tag) => write!(f, "the tag `{tag}`"),
            Self::Path(pattern) => write!(f, "the path `{pattern}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(filter: &Filter, id: &str, tags: &[&str], path: &str, expected: bool) {
        let candidate = Candidate { id: Some(id), tags: tags.to_vec(), path: Some(path) };
        assert_eq!(filter.wants(&candidate), expected);
    }

    #[test]
    fn wants_all_unless_some_are_named() {
        check(&Filter::default(), "a", &[], "/a", true);
        let filter = Filter::default().operation("a").tag("Notes");
        check(&filter, "a", &[], "/a", true);
        check(&filter, "b", &["Notes"], "/a", true);
        check(&filter, "A", &["notes"], "/a", false);
    }

    #[test]
    fn a_star_stays_in_its_segment() {
        let path = |pattern: &str| Filter::default().path(pattern).expect("a pattern");
        check(&path("/notes/*/note"), "a", &[], "/notes/1/note", true);
        check(&path("/notes/*"), "a", &[], "/notes/1/note", false);
        check(&path("/notes/**"), "a", &[], "/notes/1/note", true);
        check(&path("/notes/{id}"), "a", &[], "/notes/{id}", true);
        assert!(Filter::default().path("/a/***").is_err());
    }

    #[test]
    fn names_what_has_no_effect() {
        let filter = Filter::default().operation("a").tag("b").path("/c/*").expect("a pattern");
        let candidates = [Candidate { id: Some("a"), tags: vec![], path: None }];
        assert_eq!(filter.without_effect(&candidates), ["the tag `b`", "the path `/c/*`"]);
    }
}
