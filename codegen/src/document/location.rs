//! Locations: what a finding points at.

use std::borrow::Cow;

use super::{Cursor, Origin, Span};

/// An origin and the range of text that belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    /// The place that the finding shows as a pointer.
    pub(crate) origin: Origin,
    /// The range of text that the finding shows.
    pub(crate) range: Range,
}

/// The range of text of a location.
#[derive(Debug, Clone)]
pub(crate) enum Range {
    /// This range.
    Text(Span),
    /// That of the value at the origin, which is looked up when the finding is shown.
    Value,
    /// That of the name of a property of the object at the origin, which is looked up when the finding is shown.
    Key(String),
}

impl Location {
    /// Returns the location of a range of text.
    pub(crate) fn text(origin: Origin, span: Span) -> Self {
        Self { origin, range: Range::Text(span) }
    }

    /// The last token of the pointer; empty for the root.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        self.origin.pointer.last().unwrap_or_default()
    }
}

impl Origin {
    /// The location of the name of a property of the object here.
    pub(crate) fn key(&self, name: &str) -> Location {
        Location { origin: self.clone(), range: Range::Key(name.to_owned()) }
    }
}

impl From<Origin> for Location {
    fn from(origin: Origin) -> Self {
        Self { origin, range: Range::Value }
    }
}

impl From<&Origin> for Location {
    fn from(origin: &Origin) -> Self {
        origin.clone().into()
    }
}

impl From<&Cursor<'_>> for Location {
    fn from(cursor: &Cursor<'_>) -> Self {
        Self::text(cursor.origin(), cursor.span())
    }
}

impl From<Cursor<'_>> for Location {
    fn from(cursor: Cursor<'_>) -> Self {
        Self::from(&cursor)
    }
}
