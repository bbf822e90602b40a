//! Filters of operations.

use std::fmt;

use glob::{MatchOptions, Pattern};

/// A filter of operations. It selects all operations unless conditions are added.
///
/// An operation is selected if its id, one of its tags, or its path matches any of the conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    conditions: Vec<Condition>,
}

/// A condition that selects operations.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    Operation(String),
    Tag(String),
    Path(Pattern),
}

impl Filter {
    /// Selects the operation with the given id.
    #[must_use]
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.conditions.push(Condition::Operation(id.into()));
        self
    }

    /// Selects the operations with the given tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.conditions.push(Condition::Tag(tag.into()));
        self
    }

    /// Selects the operations whose path matches a pattern. `*` matches any text within a segment, and `**` any number
    /// of segments.
    ///
    /// # Errors
    ///
    /// Returns the reason if the pattern is invalid.
    pub fn path(mut self, pattern: &str) -> Result<Self, String> {
        let pattern = Pattern::new(pattern).map_err(|error| error.to_string())?;
        self.conditions.push(Condition::Path(pattern));
        Ok(self)
    }

    pub(crate) fn selects(&self, operation: &Candidate<'_>) -> bool {
        self.conditions.is_empty() || self.conditions.iter().any(|condition| condition.matches(operation))
    }

    /// The conditions that match none of the operations.
    pub(crate) fn without_effect(&self, operations: &[Candidate<'_>]) -> Vec<String> {
        let is_idle = |condition: &&Condition| !operations.iter().any(|operation| condition.matches(operation));
        self.conditions.iter().filter(is_idle).map(ToString::to_string).collect()
    }
}

/// The properties of an operation that conditions compare.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) tags: Vec<&'a str>,
    /// `None` for a webhook.
    pub(crate) path: Option<&'a str>,
}

impl Condition {
    fn matches(&self, operation: &Candidate<'_>) -> bool {
        const SEGMENTS: MatchOptions =
            MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };
        match self {
            Self::Operation(id) => operation.id == Some(id),
            Self::Tag(tag) => operation.tags.contains(&tag.as_str()),
            Self::Path(pattern) => operation.path.is_some_and(|path| pattern.matches_with(path, SEGMENTS)),
        }
    }
}

impl fmt::Display for Condition {
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
        assert_eq!(filter.selects(&candidate), expected);
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
    fn conditions_without_effect_are_listed() {
        let filter = Filter::default().operation("a").tag("b").path("/c/*").expect("a pattern");
        let candidates = [Candidate { id: Some("a"), tags: vec![], path: None }];
        assert_eq!(filter.without_effect(&candidates), ["the tag `b`", "the path `/c/*`"]);
    }
}
