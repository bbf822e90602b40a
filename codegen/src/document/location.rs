//! Locations: what a finding points at.

use std::borrow::Cow;

use super::{Cursor, Origin, Span};

/// An origin and the range of text that a finding shows for it.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    /// The origin that the finding shows as a pointer.
    pub(crate) origin: Origin,
    /// The range of text; `None` for that of the value at the origin, which the report looks up.
    pub(crate) span: Option<Span>,
}

impl Location {
    /// Returns the location of a range of text.
    pub(crate) fn text(origin: Origin, span: Span) -> Self {
        Self { origin, span: Some(span) }
    }

    /// The last token of the pointer; empty for the root.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        self.origin.pointer.last().unwrap_or_default()
    }
}

impl From<Origin> for Location {
    fn from(origin: Origin) -> Self {
        Self { origin, span: None }
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
