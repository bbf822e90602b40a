//! Values that recursive unions would decode many times.

use std::cell::Cell;

use serde::{Deserialize, Deserializer, Serialize};

use crate::json::decode;
use crate::json::union::{Choice, Tagged};
use crate::webhook::batch::EventBatch;
use crate::webhook::{EventKind, read_event};
use crate::{JsonObject, JsonValue};

thread_local! {
    static DECODED: Cell<usize> = const { Cell::new(0) };
}

/// A value that counts how often it is decoded.
#[derive(Debug, Serialize)]
struct Counted;

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DECODED.set(DECODED.get() + 1);
        bool::deserialize(deserializer).map(|_| Self)
    }
}

/// Returns the result of a function, and the number of values that it decoded.
fn counted<T>(action: impl FnOnce() -> T) -> (T, usize) {
    DECODED.set(0);
    (action(), DECODED.get())
}

/// A union within two of its alternatives, which know the same properties.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Tried {
    First(Box<First>),
    Second(Box<Second>),
    Other(JsonValue),
}

#[derive(Debug, Serialize, Deserialize)]
struct First {
    seen: Counted,
    inner: Option<Tried>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Second {
    seen: Counted,
    inner: Option<Tried>,
    outer: Option<u8>,
}

impl<'de> Deserialize<'de> for Tried {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Choice::one_of(deserializer, |choice| {
            let choice = choice.offer(|value| Self::First(Box::new(value)), |_, _, _| {});
            choice.offer(|value| Self::Second(Box::new(value)), |_, _, _| {}).finish_or(Self::Other)
        })
    }
}

/// A union within its variant.
#[derive(Debug, Serialize)]
#[serde(tag = "type")]
enum Selected {
    Node(Box<Node>),
    #[serde(untagged)]
    Other(JsonObject),
}

#[derive(Debug, Serialize, Deserialize)]
struct Node {
    seen: Counted,
    inner: Option<Selected>,
    #[serde(default)]
    many: Vec<Counted>,
}

impl<'de> Deserialize<'de> for Selected {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tagged::read(deserializer, "type", |object| match object.tag() {
            Some("Node") => object.decode_content().map(|value| Self::Node(Box::new(value))),
            _ => Ok(Self::Other(object.into_object())),
        })
    }
}

#[derive(Debug, Deserialize)]
struct Event<T> {
    results: Vec<T>,
}

/// An object in an object, and so on.
fn nested(depth: usize, properties: &str, innermost: &str) -> String {
    let open = format!("{{{properties},\"inner\":");
    format!("{}{innermost}{}", open.repeat(depth), "}".repeat(depth))
}

/// An event with items, as long as the longest that is read.
fn event(items: &[String]) -> String {
    let text = format!("{{\"results\":[{}],\"pad\":\"", items.join(","));
    let pad = "x".repeat((1 << 20) - text.len() - 2);
    format!("{text}{pad}\"}}")
}

const SEEN: &str = r#""seen":true"#;
const NODE: &str = r#""type":"Node","seen":true"#;

#[test]
fn all_items_of_a_document_share_its_visits() {
    let items = vec![nested(30, SEEN, "null"); 100];
    let (read, steps) = counted(|| decode::<Event<Tried>>(event(&items).as_bytes()));
    assert_eq!(read.expect("unions are open").results.len(), 100);
    assert!(steps < 100 * 30 * 8, "{steps}");
}

#[test]
fn the_items_of_a_batch_share_the_visits_of_the_event() {
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "the values are only counted")]
    struct Item {
        value: Tried,
        size: u8,
    }
    const KINDS: &[EventKind<Event<Item>>] = &[EventKind {
        properties: &[&["results"]],
        has_all: false,
        decode: |body| decode(body),
        batch: Some(EventBatch { property: "results", check: |item| decode::<Item>(item).map(drop) }),
    }];
    let item = |size: u32| format!("{{\"value\":{},\"size\":{size}}}", nested(30, SEEN, "null"));
    let items: Vec<_> = (201..301).map(item).collect();
    let body = event(&items);
    let (read, steps) = counted(|| read_event(body.as_bytes(), 1 << 20, KINDS, |_| Event { results: Vec::new() }));
    let read = read.expect("the event is a batch");
    assert_eq!((read.event.results.len(), read.malformed.len()), (55, 45));
    // Together, one by one, and without those that are malformed.
    assert!(steps < 3 * 100 * 30 * 8, "{steps}");
}

#[test]
fn a_value_takes_nothing_from_those_beside_it() {
    let plain = nested(2, SEEN, "null");
    let items = [plain.clone(), nested(100, SEEN, "null"), plain];
    let read: Event<Tried> = decode(event(&items).as_bytes()).expect("unions are open");
    let is_typed = |item: &Tried| match item {
        Tried::First(first) => matches!(first.inner, Some(Tried::First(_))),
        _ => false,
    };
    assert!(is_typed(&read.results[0]) && is_typed(&read.results[2]));
}

#[test]
fn a_small_document_may_nest_unions_deeper() {
    let text = nested(12, SEEN, "null");
    let (read, steps) = counted(|| decode::<Tried>(text.as_bytes()).expect("unions are open"));
    let mut depth = 0;
    let mut value = &read;
    while let Tried::First(first) = value {
        depth += 1;
        let Some(inner) = &first.inner else { break };
        value = inner;
    }
    assert_eq!((depth, steps), (12, (1 << 13) - 2), "each level is decoded twice as often as the one around it");
}

#[test]
fn unions_with_tags_are_copied_within_the_same_visits() {
    let wide = format!(r#"{{{NODE},"inner":null,"many":[{}true]}}"#, "true,".repeat(10_000));
    let item = nested(100, NODE, &wide);
    let (read, steps) = counted(|| decode::<Event<Selected>>(event(&[item]).as_bytes()));
    assert!(matches!(&read.expect("unions are open").results[..], [Selected::Node(_)]));
    assert!(steps < 20_000, "{steps}");
}

#[test]
fn the_location_of_an_error_is_searched_once() {
    let (read, steps) = counted(|| decode::<Selected>(nested(40, NODE, "7").as_bytes()));
    let error = read.expect_err("7 is not an object");
    let location = format!("inner{}", ".inner".repeat(39));
    assert_eq!((error.location(), error.expected()), (&*location, Some("an object")));
    assert!(steps < 40 * 45, "{steps}");
}
