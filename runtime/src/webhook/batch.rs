//! Batches: events with a list whose items are decoded one by one if they cannot be decoded together.

use std::fmt;

use crate::json::error::JsonError;
use crate::value::JsonValue;

/// The maximum number of malformed items that are omitted. The URL of a webhook is public, and an error may take more
/// memory than its item.
const MAX_MALFORMED: usize = 1000;

/// An event, and the items of its batch that could not be decoded.
///
/// The service posts one batch for many messages, so a malformed item is omitted instead of rejecting the whole batch.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Received<E> {
    /// The event, without the malformed items.
    pub event: E,
    /// The malformed items, in the order of the batch. The list is empty if the event is complete. An event with more
    /// than 1,000 malformed items is rejected.
    pub malformed: Vec<MalformedItem>,
}

/// An item of a batch that does not match its type.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct MalformedItem {
    /// The zero-based position in the batch, as posted.
    pub index: usize,
    /// The item as posted.
    pub value: JsonValue,
    /// The error, with its location in the event, such as `results[2].sentAt`.
    pub error: JsonError,
}

impl fmt::Debug for MalformedItem {
    /// Formats the position and the error, but nothing of the item.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MalformedItem").field("index", &self.index).field("error", &self.error).finish_non_exhaustive()
    }
}

/// The list of a type of event that is a batch.
#[derive(Clone, Copy, Debug)]
pub struct EventBatch {
    /// The name of the property with the list.
    pub property: &'static str,
    /// Decodes an item, and returns only the error.
    pub check: fn(&[u8]) -> Result<(), JsonError>,
}

impl EventBatch {
    /// Decodes an event without its malformed items. Returns `None` if there are none or too many, or if the event
    /// cannot be decoded without them either.
    pub(super) fn read<E>(
        &self,
        mut event: JsonValue,
        decode: fn(&[u8]) -> Result<E, JsonError>,
    ) -> Option<Received<E>> {
        let list = event.get_mut(self.property)?.as_array_mut()?;
        let mut malformed = Vec::new();
        for (index, value) in std::mem::take(list).into_iter().enumerate() {
            match (self.check)(&serde_json::to_vec(&value).ok()?) {
                Ok(()) => list.push(value),
                Err(_) if malformed.len() == MAX_MALFORMED => return None,
                Err(error) => {
                    malformed.push(MalformedItem { index, value, error: error.in_item(self.property, index) });
                }
            }
        }
        if malformed.is_empty() {
            return None;
        }
        let event = decode(&serde_json::to_vec(&event).ok()?).ok()?;
        Some(Received { event, malformed })
    }
}

impl<E> From<E> for Received<E> {
    fn from(event: E) -> Self {
        Self { event, malformed: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::webhook::{EventError, EventKind, MAX_EVENT_BYTES, read_event};

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Reports {
        results: Option<Vec<Report>>,
        count: Option<u8>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Report {
        id: u8,
    }

    const KINDS: &[EventKind<Option<Reports>>] = &[EventKind {
        properties: &[&["results"]],
        has_all: true,
        decode: |body| json::decode(body).map(Some),
        batch: Some(EventBatch { property: "results", check: |item| json::decode::<Report>(item).map(drop) }),
    }];

    #[track_caller]
    fn check(body: &str, ids: &[u8], malformed: &[(usize, &str)]) {
        let read = read_event(body.as_bytes(), MAX_EVENT_BYTES, KINDS, |_| None).expect("the event is readable");
        let reports = read.event.and_then(|reports| reports.results).expect("reports");
        assert_eq!(reports.iter().map(|report| report.id).collect::<Vec<_>>(), ids, "{body}");
        let found = read.malformed.iter().map(|item| (item.index, item.error.location()));
        assert_eq!(found.collect::<Vec<_>>(), malformed, "{body}");
    }

    #[test]
    fn malformed_items_are_left_out() {
        check(r#"{"results": [{"id": 1}, {"id": 2}]}"#, &[1, 2], &[]);
        check(r#"{"results": [{"id": 1}, {"id": "2"}, {"id": 3}]}"#, &[1, 3], &[(1, "results[1].id")]);
        check(r#"{"results": [null, {"id": 2}, {}]}"#, &[2], &[(0, "results[0]"), (2, "results[2]")]);
        check(r#"{"results": [[]]}"#, &[], &[(0, "results[0]")]);
    }

    #[test]
    fn other_errors_are_those_of_the_event() {
        for (body, location) in [
            (r#"{"results": {}}"#, "results"),
            (r#"{"results": [{"id": 1}], "count": "1"}"#, "count"),
            (r#"{"results": [{"id": ""}], "count": "1"}"#, "results[0].id"),
        ] {
            let error = read_event(body.as_bytes(), MAX_EVENT_BYTES, KINDS, |_| None).expect_err("not an event");
            assert!(matches!(&error, EventError::Json(error) if error.location() == location), "{body}: {error:?}");
        }
    }

    #[test]
    fn the_number_of_malformed_items_is_limited() {
        let read = |count| {
            let body = format!(r#"{{"results": [{}{{"id": 1}}]}}"#, "1,".repeat(count));
            read_event(body.as_bytes(), MAX_EVENT_BYTES, KINDS, |_| None)
        };
        assert_eq!(read(MAX_MALFORMED).expect("the event is readable").malformed.len(), MAX_MALFORMED);
        let EventError::Json(error) = read(MAX_MALFORMED + 1).expect_err("too many") else {
            panic!("an error of JSON")
        };
        assert_eq!(error.location(), "results[0]");
    }
}
