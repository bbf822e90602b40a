//! What a service posts to an address of the caller.
//!
//! Several kinds may come to one address, and nothing in them says of which kind they are. Each kind has members that no
//! other one has, its marks; an event is of the kind of which it has most.

use std::error::Error;
use std::fmt;

use crate::JsonValue;
use crate::json;
use crate::json::error::JsonError;

/// The largest event that is read without being told otherwise, in bytes: 1 MiB. Events are a few kilobytes long.
pub const EVENT_LIMIT: usize = 1 << 20;

/// One kind of event.
#[derive(Clone, Copy, Debug)]
pub struct EventKind<E> {
    /// Paths of member names, straight through lists. Without any, nothing tells the kind from others, and everything is
    /// taken for it that no other kind is known by.
    pub marks: &'static [&'static [&'static str]],
    /// Reads an event of this kind.
    pub decode: fn(&[u8]) -> Result<E, JsonError>,
}

/// Reads an event of one of these kinds; `unknown` keeps one of another kind.
///
/// ```
/// use wirecrate_runtime::{EventKind, JsonValue, json, read_event};
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
/// const KINDS: &[EventKind<Event>] =
///     &[EventKind { marks: &[&["results", "seenAt"]], decode: |body| json::decode(body).map(Event::Seen) }];
///
/// let event = read_event(br#"{"results": [{"seenAt": "2019-04-09T16:01:56.494-0300"}]}"#, 1000, KINDS, Event::Unknown)?;
/// assert!(matches!(event, Event::Seen(_)));
/// let event = read_event(br#"{"results": [{"moved": true}]}"#, 1000, KINDS, Event::Unknown)?;
/// assert!(matches!(event, Event::Unknown(_)));
/// # Ok::<(), wirecrate_runtime::EventError>(())
/// ```
///
/// # Errors
///
/// Fails when the body is longer than `limit` bytes, is no JSON, or does not fit the kind that it is known to be of.
pub fn read_event<E>(
    body: &[u8],
    limit: usize,
    kinds: &[EventKind<E>],
    unknown: impl FnOnce(JsonValue) -> E,
) -> Result<E, EventError> {
    if body.len() > limit {
        return Err(EventError::TooLarge { size: body.len(), limit });
    }
    let value: JsonValue = json::decode(body)?;
    let marks = |kind: &EventKind<E>| kind.marks.iter().filter(|mark| has(&value, mark)).count();
    // Of several kinds with as many marks, the first.
    let marked = kinds.iter().rev().max_by_key(|kind| marks(kind)).filter(|kind| marks(kind) > 0);
    match marked.or_else(|| kinds.iter().find(|kind| kind.marks.is_empty())) {
        Some(kind) => Ok((kind.decode)(body)?),
        None => Ok(unknown(value)),
    }
}

/// Whether there is something at a path; each item of a list is looked into.
fn has(value: &JsonValue, path: &[&str]) -> bool {
    match (value, path) {
        (JsonValue::Array(items), _) => items.iter().any(|item| has(item, path)),
        (_, []) => true,
        (JsonValue::Object(members), [name, rest @ ..]) => members.get(*name).is_some_and(|value| has(value, rest)),
        _ => false,
    }
}

/// Why an event could not be read. Repeats nothing of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError {
    /// It is longer than allowed.
    TooLarge {
        /// Its length in bytes.
        size: usize,
        /// The greatest length.
        limit: usize,
    },
    /// It is no JSON, or does not fit its kind.
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
            Self::TooLarge { size, limit } => write!(f, "the event has {size} bytes, the limit is {limit}"),
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

    #[derive(Debug, PartialEq)]
    enum Event {
        Delivered,
        Seen,
        Unknown(JsonValue),
    }

    const DELIVERED: EventKind<Event> =
        EventKind { marks: &[&["results", "status"], &["results", "doneAt"]], decode: |_| Ok(Event::Delivered) };
    const SEEN: EventKind<Event> = EventKind { marks: &[&["results", "seenAt"]], decode: |_| Ok(Event::Seen) };
    const ANYTHING: EventKind<Event> = EventKind { marks: &[], decode: |_| Ok(Event::Seen) };

    #[track_caller]
    fn check(body: &str, kinds: &[EventKind<Event>], expected: &Event) {
        let event = read_event(body.as_bytes(), EVENT_LIMIT, kinds, Event::Unknown).expect("the event is readable");
        assert_eq!(event, *expected);
    }

    #[test]
    fn members_tell_the_kind() {
        let kinds = [DELIVERED, SEEN];
        check(r#"{"results": [{"status": {}, "to": "1"}]}"#, &kinds, &Event::Delivered);
        check(r#"{"results": [{"to": "1"}, {"seenAt": "x"}]}"#, &kinds, &Event::Seen);
        check(r#"{"results": {"seenAt": null}}"#, &kinds, &Event::Seen);
        check(r#"{"results": [{"status": {}, "doneAt": "x", "seenAt": "x"}]}"#, &kinds, &Event::Delivered);
        check(r#"{"results": [{"status": {}, "seenAt": "x"}]}"#, &kinds, &Event::Delivered);
        check(r#"{"results": [{"status": {}, "seenAt": "x"}]}"#, &[SEEN, DELIVERED], &Event::Seen);
    }

    #[test]
    fn other_events_are_kept() {
        for body in ["{}", "[]", "5", "null", r#"{"results": []}"#, r#"{"status": 1}"#, r#"{"results": "seenAt"}"#] {
            let value = serde_json::from_str(body).expect("JSON");
            check(body, &[DELIVERED, SEEN], &Event::Unknown(value));
            check(body, &[DELIVERED, ANYTHING], &Event::Seen);
        }
    }

    #[test]
    fn what_is_too_large_or_no_json_is_refused() {
        let read = |body: &[u8], limit| read_event(body, limit, &[SEEN], Event::Unknown);
        assert!(read(b"{}", 2).is_ok());
        let error = read(b"{} ", 2).expect_err("the event is too large");
        assert_eq!(error.to_string(), "the event has 3 bytes, the limit is 2");
        let error = read(b"441134960000x", 99).expect_err("the event is no JSON");
        assert!(matches!(error, EventError::Json(_)));
        assert!(!format!("{error} {error:?} {:?}", error.source()).contains("4411"));
        let deep = "[".repeat(100_000);
        assert!(matches!(read(deep.as_bytes(), EVENT_LIMIT), Err(EventError::Json(_))));
    }
}
