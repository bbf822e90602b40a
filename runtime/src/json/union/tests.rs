//! Unions as they are emitted, with values that match and values that do not.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use super::{Choice, Tagged};
use crate::json::{decode, encode};
use crate::{JsonObject, JsonValue, Location, Violations};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Text {
    text: String,
    note: Option<String>,
}

impl Text {
    fn check(&self, at: &Location<'_>, violations: &mut Violations) {
        violations.check_length(at, "text", &self.text, 1..=5);
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Images {
    images: Vec<Image>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Image {
    size: u8,
}

/// A union with a discriminator that is only sent, so that only the listed tags are accepted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
enum Header {
    #[serde(rename = "TEXT")]
    Text(Text),
    #[serde(rename = "IMAGES")]
    Images(Images),
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tagged::read(deserializer, "type", |object| match object.tag() {
            Some("TEXT") => object.decode_content().map(Self::Text),
            Some("IMAGES") => object.decode_content().map(Self::Images),
            _ => Err(object.refuse(&["TEXT", "IMAGES"])),
        })
    }
}

/// The same union in a response, where other tags may occur.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
enum Received {
    #[serde(rename = "TEXT")]
    Text(Text),
    #[serde(untagged)]
    Other(JsonObject),
}

impl<'de> Deserialize<'de> for Received {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tagged::read(deserializer, "type", |object| match object.tag() {
            Some("TEXT") => object.decode_content().map(Self::Text),
            _ => Ok(Self::Other(object.into_object())),
        })
    }
}

/// A union whose tags are integers.
#[derive(Clone, Debug, PartialEq)]
enum Numbered {
    Text(Text),
    Header(Header),
    Other(JsonObject),
}

impl Serialize for Numbered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(value) => Tagged::write(serializer, "kind", 1, value),
            Self::Header(value) => Tagged::write(serializer, "kind", -2, value),
            Self::Other(value) => Serialize::serialize(value, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Numbered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tagged::read(deserializer, "kind", |object| match object.integer_tag() {
            Some(1) => object.decode_content().map(Self::Text),
            Some(-2) => object.decode_content().map(Self::Header),
            _ => Ok(Self::Other(object.into_object())),
        })
    }
}

#[test]
fn tags_may_be_integers() {
    #[track_caller]
    fn check(text: &str, expected: &Numbered, encoded: &str) {
        let decoded: Numbered = decode(text.as_bytes()).expect("the value fits");
        assert_eq!(decoded, *expected);
        assert_eq!(encode(&decoded).expect("the value can be encoded"), encoded.as_bytes());
    }
    let text = || Text { text: "hi".to_owned(), note: None };
    let plain = r#"{"kind":1,"text":"hi","note":null}"#;
    check(r#"{"text": "hi", "kind": 1}"#, &Numbered::Text(text()), plain);
    let nested = r#"{"kind":-2,"type":"TEXT","text":"hi","note":null}"#;
    check(nested, &Numbered::Header(Header::Text(text())), nested);
    for unknown in [r#"{"kind":"1","text":"hi"}"#, r#"{"kind":3}"#, r#"{"text":"hi"}"#] {
        let object = serde_json::from_str(unknown).expect("an object");
        check(unknown, &Numbered::Other(object), unknown);
    }
}

/// `oneOf` without a discriminator.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Content {
    Text(Text),
    Images(Images),
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Choice::one_of(deserializer, |choice| Self::offer(choice).finish())
    }
}

impl Content {
    fn offer(choice: Choice<Self>) -> Choice<Self> {
        choice.offer(Self::Text, Text::check).offer(Self::Images, |_, _, _| {})
    }

    fn validate(&self) -> Result<(), Violations> {
        let mut violations = Violations::new();
        violations.check_one_of(&Location::root(), (), self, Self::offer);
        violations.finish()
    }
}

/// `anyOf` in a response.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Found {
    Text(Text),
    Images(Images),
    Other(JsonValue),
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Choice::any_of(deserializer, |choice| {
            choice.offer(Self::Text, Text::check).offer(Self::Images, |_, _, _| {}).finish_or(Self::Other)
        })
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Message<T> {
    from: String,
    parts: Vec<T>,
}

#[track_caller]
fn check<T: Serialize + serde::de::DeserializeOwned>(value: &Value) {
    let read: T = serde_json::from_value(value.clone()).expect("the value fits");
    let encoded = encode(&read).expect("a union encodes");
    let encoded: Value = serde_json::from_slice(&encoded).expect("JSON");
    assert_eq!(encoded, *value);
}

#[track_caller]
fn check_refused<T: std::fmt::Debug + serde::de::DeserializeOwned>(part: &str, location: &str, expected: Option<&str>) {
    let text = format!("{{\"from\": \"x\",\n  \"parts\": [{part}]}}");
    let error = decode::<Message<T>>(text.as_bytes()).expect_err("the part does not fit");
    assert_eq!((error.location(), error.expected()), (location, expected), "{error}");
    assert!(!format!("{error} {error:?}").contains("4411"), "{error}");
}

#[test]
fn tagged_unions_go_both_ways() {
    check::<Header>(&json!({"type": "TEXT", "text": "hello", "note": null}));
    check::<Header>(&json!({"type": "IMAGES", "images": [{"size": 5}]}));
    check::<Received>(&json!({"type": "TEXT", "text": "hello", "note": null}));
    check::<Received>(&json!({"type": "VIDEO", "url": [1]}));
    check::<Received>(&json!({"type": 5}));
    check::<Received>(&json!({}));
}

#[test]
fn tagged_unions_say_where_and_show_nothing() {
    let check = check_refused::<Header>;
    check(r#"{"type": "TEXT", "text": 441134960000}"#, "parts[0].text", Some("a string"));
    check(r#"{"type": "TEXT"}"#, "parts[0]", Some("field `text`"));
    check(
        r#"{"type": "TEXT", "text": "a"}, {"type": "IMAGES", "images": [{"size": 1}, {"size": 441134960000}]}"#,
        "parts[1].images[1].size",
        Some("u8"),
    );
    let tags = Some("`type` to be one of `TEXT`, `IMAGES`");
    check(r#"{"type": "441134960000"}"#, "parts[0]", tags);
    check(r#"{"type": 441134960000}"#, "parts[0]", tags);
    check("{}", "parts[0]", tags);
    check("441134960000", "parts[0]", Some("an object"));
}

#[test]
fn errors_at_the_root_have_a_location_too() {
    let error = decode::<Header>(br#"{"type": "IMAGES", "images": {"a": 441134960000}}"#).expect_err("no list");
    assert_eq!(error.to_string(), "unexpected JSON value at `images`, expected a sequence (line 1, column 49)");
}

/// A union within a union, both buffered.
#[test]
fn locations_are_joined() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "what is decoded is not looked at")]
    struct Outer(Message<Header>);

    impl<'de> Deserialize<'de> for Outer {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Tagged::read(deserializer, "kind", |object| object.decode().map(Self))
        }
    }
    let part = r#"{"kind": "x", "from": "y", "parts": [{"type": "TEXT", "text": 441134960000}]}"#;
    check_refused::<Outer>(part, "parts[0].parts[0].text", Some("a string"));
}

#[test]
fn exactly_one_alternative_fits() {
    check::<Content>(&json!({"text": "hello", "note": "x"}));
    check::<Content>(&json!({"images": []}));
    let one = Some("exactly one alternative to match");
    check_refused::<Content>(r#"{"text": "441134960000"}"#, "parts[0]", one);
    check_refused::<Content>(r#"{"text": "hello", "images": []}"#, "parts[0]", one);
    check_refused::<Content>("441134960000", "parts[0]", one);
    // The text violates its constraint, which leaves only the other alternative.
    let images: Content = serde_json::from_value(json!({"text": "too long", "images": []})).expect("one fits");
    assert_eq!(images, Content::Images(Images { images: Vec::new() }));
}

/// Serde alone would decode the struct from the list, and the enum from the object.
#[test]
fn lists_and_objects_are_forms_of_their_own() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Word {
        Auto,
    }

    #[derive(Debug, PartialEq, Serialize)]
    #[serde(untagged)]
    enum Place {
        Image(Image),
        Word(Option<Word>),
        List(Vec<u8>),
        Object(BTreeMap<String, Option<bool>>),
    }

    impl<'de> Deserialize<'de> for Place {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Choice::one_of(deserializer, |choice| {
                let choice = choice.offer(Self::Image, |_, _, _| {}).offer(Self::Word, |_, _, _| {});
                choice.offer(Self::List, |_, _, _| {}).offer(Self::Object, |_, _, _| {}).finish()
            })
        }
    }

    let read = |value: Value| serde_json::from_value::<Place>(value).expect("one form fits");
    assert_eq!(read(json!([3])), Place::List(vec![3]));
    assert_eq!(read(json!({"size": 3})), Place::Image(Image { size: 3 }));
    assert_eq!(read(json!({"Auto": null})), Place::Object([("Auto".to_owned(), None)].into()));
    assert_eq!(read(json!("Auto")), Place::Word(Some(Word::Auto)));
    assert_eq!(read(json!(null)), Place::Word(None));
}

#[test]
fn a_union_that_was_built_is_checked_too() {
    let text = |text: &str| Content::Text(Text { text: text.to_owned(), note: None });
    assert_eq!(text("hello").validate(), Ok(()));
    let violations = text("too long").validate().expect_err("no alternative matches");
    assert_eq!(violations.to_string(), "``: 0 alternatives match, `oneOf` is 1");
}

#[test]
fn responses_are_read_whatever_comes() {
    let read = |value: Value| serde_json::from_value::<Found>(value).expect("everything is taken");
    assert!(matches!(read(json!({"text": "hello", "images": []})), Found::Text(_)));
    assert!(matches!(read(json!({"text": "too long", "images": []})), Found::Images(_)));
    assert!(matches!(read(json!({"text": "too long"})), Found::Text(_)));
    assert_eq!(read(json!([1])), Found::Other(json!([1])));
}

/// Alternatives that are distinguished only by their properties.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Either {
    Left(Left),
    Right(Right),
    Other(JsonValue),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Left {
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<u8>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Right {
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<u8>,
}

impl<'de> Deserialize<'de> for Either {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Choice::any_of(deserializer, |choice| {
            choice.offer(Self::Left, |_, _, _| {}).offer(Self::Right, |_, _, _| {}).finish_or(Self::Other)
        })
    }
}

#[test]
fn the_variant_that_knows_most_properties_is_taken() {
    check::<Either>(&json!({ "left": 1 }));
    check::<Either>(&json!({ "right": 1 }));
    check::<Either>(&json!([1]));
    let both: Either = serde_json::from_value(json!({ "left": 1, "right": 2 })).expect("some form fits");
    assert_eq!(both, Either::Left(Left { left: Some(1) }));
}

/// A union inside its own alternatives.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Nested {
    First(Inside),
    Second(Inside),
    Other(JsonValue),
}

#[derive(Debug, Serialize, Deserialize)]
struct Inside {
    inner: Option<Box<Nested>>,
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Choice::one_of(deserializer, |choice| {
            choice.offer(Self::First, |_, _, _| {}).offer(Self::Second, |_, _, _| {}).finish_or(Self::Other)
        })
    }
}

#[test]
fn a_recursive_value_is_decoded_in_time() {
    let deep = format!("{}{}", r#"{"inner":"#.repeat(60), "null}".to_owned() + &"}".repeat(59));
    let read: Nested = serde_json::from_str(&deep).expect("other forms are kept");
    assert_eq!(serde_json::to_string(&read).expect("a union encodes").len(), deep.len());
}
