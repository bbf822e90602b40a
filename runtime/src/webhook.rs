//! Events that a service posts to a URL of the caller.
//!
//! Events of several types may be posted to the same URL, and an event does not contain the name of its type. Each type
//! has discriminating properties, which no other type has. An event is of the type whose discriminating properties it
//! has most of, and of an unknown type if it has none.

pub(crate) mod batch;

use std::error::Error;
use std::fmt;

use crate::json;
use crate::json::error::JsonError;
use crate::json::union::budget::Document;
use crate::value::JsonValue;
use crate::webhook::batch::{EventBatch, Received};

/// The default maximum size of an event in bytes, 1 MiB. Events usually have a few kilobytes.
pub const MAX_EVENT_BYTES: usize = 1 << 20;

/// One type of event.
#[derive(Clone, Copy, Debug)]
pub struct EventKind<E> {
    /// The paths of the discriminating properties, which pass through lists. If there are none, no event is of this
    /// type.
    pub properties: &'static [&'static [&'static str]],
    /// `true` if every event of this type has all of these properties, and `false` if one of them is enough.
    pub has_all: bool,
    /// Decodes an event of this type.
    pub decode: fn(&[u8]) -> Result<E, JsonError>,
    /// The list whose items are decoded one by one if the event cannot be decoded as a whole.
    pub batch: Option<EventBatch>,
}

impl<E> EventKind<E> {
    /// Returns the number of discriminating properties that an event has, or 0 if it cannot be of this type.
    fn evidence(&self, event: &JsonValue) -> usize {
        let count = self.properties.iter().filter(|path| has(event, path)).count();
        if self.has_all && count < self.properties.len() { 0 } else { count }
    }
}

/// Decodes an event of one of the given types. `unknown` wraps an event of any other type.
///
/// ```
/// use wirecrate_runtime::generated::{EventKind, json, read_event};
/// use wirecrate_runtime::JsonValue;
///
/// #[derive(Debug, PartialEq)]
/// enum Event {
///     Seen(Seen),
///     Unknown(JsonValue),
/// }
///
/// #[derive(Debug, PartialEq, serde::Deserialize)]
/// struct Seen {
///     results: Vec<JsonValue>,
/// }
///
/// const KINDS: &[EventKind<Event>] = &[EventKind {
///     properties: &[&["results", "seenAt"]],
///     has_all: false,
///     decode: |body| json::decode(body).map(Event::Seen),
///     batch: None,
/// }];
///
/// let body = br#"{"results": [{"seenAt": "2019-04-09T16:01:56.494-0300"}]}"#;
/// assert!(matches!(read_event(body, 1000, KINDS, Event::Unknown)?.event, Event::Seen(_)));
/// let body = br#"{"results": [{"moved": true}]}"#;
/// assert!(matches!(read_event(body, 1000, KINDS, Event::Unknown)?.event, Event::Unknown(_)));
/// # Ok::<(), wirecrate_runtime::EventError>(())
/// ```
///
/// # Errors
///
/// Returns an error if the body is longer than `max_bytes`, is not valid JSON, or does not match the event type
/// indicated by its properties. Malformed items of a batch are not an error; they are omitted from the event.
pub fn read_event<E>(
    body: &[u8],
    max_bytes: usize,
    kinds: &[EventKind<E>],
    unknown: impl FnOnce(JsonValue) -> E,
) -> Result<Received<E>, EventError> {
    if body.len() > max_bytes {
        return Err(EventError::TooLarge { size: body.len(), max_bytes });
    }
    // The items of a batch share the work that a document may cause.
    let _document = Document::start(body.len());
    let value: JsonValue = json::decode(body)?;
    // Among types with the same number of properties, the first is chosen.
    let evidence = kinds.iter().rev().map(|kind| (kind, kind.evidence(&value)));
    let distinguished = evidence.filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(kind, _)| kind);
    let Some(EventKind { decode, batch, .. }) = distinguished else { return Ok(unknown(value).into()) };
    match decode(body) {
        Ok(event) => Ok(event.into()),
        Err(error) => batch.and_then(|batch| batch.read(value, *decode)).ok_or(EventError::Json(error)),
    }
}

/// Returns `true` if there is a value at the path, which passes through the items of lists.
fn has(value: &JsonValue, path: &[&str]) -> bool {
    match (value, path) {
        (_, []) => true,
        (JsonValue::Array(items), _) => items.iter().any(|item| has(item, path)),
        (JsonValue::Object(properties), [name, rest @ ..]) => {
            properties.get(*name).is_some_and(|value| has(value, rest))
        }
        _ => false,
    }
}

/// An error returned when an event cannot be read. It contains nothing of the event.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError {
    /// The event is longer than allowed.
    TooLarge {
        /// The size in bytes.
        size: usize,
        /// The maximum size in bytes.
        max_bytes: usize,
    },
    /// The event is not valid JSON, or does not match its type.
    Json(JsonError),
}

impl From<JsonError> for EventError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { size, max_bytes } => {
                write!(f, "the event has {size} bytes, but the maximum is {max_bytes}")
            }
            Self::Json(_) => f.write_str("the event cannot be read"),
        }
    }
}

impl Error for EventError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TooLarge { .. } => None,
            Self::Json(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    enum Event {
        Delivered,
        Seen,
        Unknown(JsonValue),
    }

    const DELIVERED: EventKind<Event> =
        kind(&[&["results", "status"], &["results", "doneAt"]], |_| Ok(Event::Delivered));
    const SEEN: EventKind<Event> = kind(&[&["results", "seenAt"]], |_| Ok(Event::Seen));
    const INDISTINCT: EventKind<Event> = kind(&[], |_| Ok(Event::Seen));

    const fn kind(
        properties: &'static [&'static [&'static str]],
        decode: fn(&[u8]) -> Result<Event, JsonError>,
    ) -> EventKind<Event> {
        EventKind { properties, has_all: false, decode, batch: None }
    }

    #[track_caller]
    fn check(body: &str, kinds: &[EventKind<Event>], expected: &Event) {
        let read = read_event(body.as_bytes(), MAX_EVENT_BYTES, kinds, Event::Unknown).expect("the event is readable");
        assert_eq!(read, expected.clone().into());
    }

    #[test]
    fn properties_distinguish_the_kinds() {
        let kinds = [DELIVERED, SEEN];
        check(r#"{"results": [{"status": {}, "to": "1"}]}"#, &kinds, &Event::Delivered);
        check(r#"{"results": [{"to": "1"}, {"seenAt": "x"}]}"#, &kinds, &Event::Seen);
        check(r#"{"results": {"seenAt": null}}"#, &kinds, &Event::Seen);
        check(r#"{"results": [{"status": {}, "doneAt": "x", "seenAt": "x"}]}"#, &kinds, &Event::Delivered);
        check(r#"{"results": [{"status": {}, "seenAt": "x"}]}"#, &kinds, &Event::Delivered);
        check(r#"{"results": [{"status": {}, "seenAt": "x"}]}"#, &[SEEN, DELIVERED], &Event::Seen);
    }

    #[test]
    fn required_properties_are_all_present() {
        let kinds = [EventKind { has_all: true, ..DELIVERED }, SEEN];
        check(r#"{"results": [{"status": {}, "doneAt": "x"}]}"#, &kinds, &Event::Delivered);
        check(r#"{"results": [{"status": {}, "seenAt": "x"}]}"#, &kinds, &Event::Seen);
        let other = r#"{"results": [{"status": {}}]}"#;
        let value = Event::Unknown(serde_json::from_str(other).expect("JSON"));
        check(other, &kinds, &value);
    }

    #[test]
    fn an_empty_list_is_a_property() {
        let kinds = [kind(&[&["results"]], |_| Ok(Event::Seen))];
        check(r#"{"results": []}"#, &kinds, &Event::Seen);
        check(r#"{"results": [[]]}"#, &kinds, &Event::Seen);
    }

    #[test]
    fn other_events_are_kept() {
        for body in ["{}", "[]", "5", "null", r#"{"results": []}"#, r#"{"status": 1}"#, r#"{"results": "seenAt"}"#] {
            let value = Event::Unknown(serde_json::from_str(body).expect("JSON"));
            check(body, &[DELIVERED, SEEN], &value);
            check(body, &[DELIVERED, INDISTINCT], &value);
        }
    }

    #[test]
    fn events_that_are_too_large_or_not_json_are_refused() {
        let read = |body: &[u8], max_bytes| read_event(body, max_bytes, &[SEEN], Event::Unknown);
        assert!(read(b"{}", 2).is_ok());
        let error = read(b"{} ", 2).expect_err("the event is too large");
        assert_eq!(error.to_string(), "the event has 3 bytes, but the maximum is 2");
        let error = read(b"441134960000x", 99).expect_err("the event is not JSON");
        assert!(matches!(error, EventError::Json(_)));
        assert!(!format!("{error} {error:?} {:?}", error.source()).contains("4411"));
        let deep = "[".repeat(100_000);
        assert!(matches!(read(deep.as_bytes(), MAX_EVENT_BYTES), Err(EventError::Json(_))));
    }
}
