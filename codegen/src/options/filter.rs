//! Filters of operations.

use std::fmt;

use glob::{MatchOptions, Pattern};
use serde::Serialize;

/// A filter of operations. It selects all operations unless conditions are added.
///
/// An operation is selected if its id, one of its tags, or its path matches any of the conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    conditions: Vec<Condition>,
    /// Operations that are not selected although a condition matches.
    left_out: Vec<OperationKey>,
}

/// The names of an operation: two descriptions have the same operation if either is equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationKey {
    /// The `operationId`.
    pub id: Option<String>,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, the name of the webhook, or the expression of the callback with the operation that has it.
    pub path: String,
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

    /// Leaves out operations that the conditions select.
    #[must_use]
    pub fn without(mut self, operations: impl IntoIterator<Item = OperationKey>) -> Self {
        self.left_out.extend(operations);
        self
    }

    pub(crate) fn selects(&self, operation: &Candidate<'_>) -> bool {
        let is_matched =
            self.conditions.is_empty() || self.conditions.iter().any(|condition| condition.matches(operation));
        is_matched && !self.leaves_out(operation)
    }

    /// Returns `true` for an operation, a webhook or a callback that is left out whatever the conditions are.
    pub(crate) fn leaves_out(&self, request: &Candidate<'_>) -> bool {
        self.left_out.iter().any(|key| key.is_same(&request.key()))
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
    pub(crate) method: &'a str,
    pub(crate) place: Place<'a>,
}

/// The key of a path item.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a> {
    Path(&'a str),
    Webhook(&'a str),
    /// A callback.
    Callback {
        /// The expression of its URL.
        expression: &'a str,
        /// The method of the operation that has it.
        method: &'a str,
        /// The path of this operation.
        path: &'a str,
    },
}

impl Candidate<'_> {
    pub(crate) fn key(&self) -> OperationKey {
        let path = match self.place {
            Place::Path(path) | Place::Webhook(path) => path.to_owned(),
            Place::Callback { expression, method, path } => {
                format!("{expression} of {} {path}", method.to_ascii_uppercase())
            }
        };
        OperationKey { id: self.id.map(str::to_owned), method: self.method.to_ascii_uppercase(), path }
    }
}

impl OperationKey {
    /// Returns `true` if both name the same operation: by its id, or by method and path.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.id.is_some() && self.id == other.id) || (&self.method, &self.path) == (&other.method, &other.path)
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Condition {
    fn matches(&self, operation: &Candidate<'_>) -> bool {
        const SEGMENTS: MatchOptions =
            MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };
        match self {
            Self::Operation(id) => operation.id == Some(id),
            Self::Tag(tag) => operation.tags.contains(&tag.as_str()),
            Self::Path(pattern) => match operation.place {
                Place::Path(path) => pattern.matches_with(path, SEGMENTS),
                Place::Webhook(_) | Place::Callback { .. } => false,
            },
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

    fn candidate<'a>(id: &'a str, tags: &[&'a str], path: &'a str) -> Candidate<'a> {
        Candidate { id: Some(id), tags: tags.to_vec(), method: "post", place: Place::Path(path) }
    }

    #[track_caller]
    fn check(filter: &Filter, id: &str, tags: &[&str], path: &str, expected: bool) {
        assert_eq!(filter.selects(&candidate(id, tags, path)), expected);
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
        let webhook = Candidate { place: Place::Webhook("/c/d"), ..candidate("a", &[], "") };
        assert_eq!(filter.without_effect(&[webhook]), ["the tag `b`", "the path `/c/*`"]);
    }

    #[test]
    fn an_operation_is_left_out_by_either_of_its_names() {
        let key = |id: &str, path: &str| OperationKey { id: Some(id.into()), method: "POST".into(), path: path.into() };
        let filter = Filter::default().tag("Notes").without([key("a", "/a"), key("b", "/b")]);
        check(&filter, "a", &["Notes"], "/new", false);
        check(&filter, "new", &["Notes"], "/b", false);
        check(&filter, "c", &["Notes"], "/c", true);
        check(&filter, "c", &[], "/c", false);
    }
}
