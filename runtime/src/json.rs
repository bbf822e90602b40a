//! Reading and writing JSON bodies.

pub(crate) mod buffered;
pub(crate) mod error;
pub mod literal;
pub(crate) mod locate;
pub(crate) mod union;
pub(crate) mod writer;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::JsonValue;
use crate::json::error::JsonError;
use crate::json::writer::{NoJsonForm, Writer};

/// Room for an ordinary message, so that encoding it allocates once.
const ENCODED_SIZE: usize = 2048;

/// Encodes a value as compact JSON.
///
/// # Errors
///
/// Fails when the value has a map whose keys are not strings, or when its own `Serialize` fails.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, JsonError> {
    let mut writer = Writer::with_capacity(ENCODED_SIZE);
    match value.serialize(&mut writer) {
        Ok(()) => Ok(writer.into_text()),
        // A value that fails to encode has no position.
        Err(NoJsonForm) => Err(JsonError::encoding()),
    }
}

/// Decodes a JSON document. Bytes that are no UTF-8, which JSON should not have, are read as U+FFFD.
///
/// # Errors
///
/// Fails when the text is not one JSON document or the document does not fit the type. The error
/// says where and what was expected, and never repeats the value that was found.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    // Looked at once as a whole, which is faster than each string of it alone. Another reader for what is no UTF-8 would
    // be compiled for each type, too.
    let text = str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    serde_json::from_str(&text).map_err(|error| JsonError::decoding(&error, text.as_bytes()))
}

/// Decodes a JSON document, and takes a whole number such as `1.0` for an integer, as JSON Schema does since draft 6.
///
/// It costs nothing where integers are written as such. Where they are not, the numbers of values of any kind
/// ([`JsonValue`]) are integers then, too.
///
/// ```
/// use wirecrate_runtime::json;
///
/// assert_eq!(json::decode_whole_numbers::<i32>(b"1.0")?, 1);
/// assert!(json::decode::<i32>(b"1.0").is_err());
/// # Ok::<(), wirecrate_runtime::JsonError>(())
/// ```
///
/// # Errors
///
/// Those of [`decode`].
pub fn decode_whole_numbers<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    decode(body).or_else(|error| decode_as_integers(body).ok_or(error))
}

/// Decodes with each whole number spelt as an integer; `None` where there is none, or something else does not fit.
fn decode_as_integers<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let mut value = serde_json::from_slice(body).ok()?;
    if spell_integers(&mut value) { T::deserialize(value).ok() } else { None }
}

/// Spells whole numbers as integers; tells whether there was one.
fn spell_integers(value: &mut JsonValue) -> bool {
    match value {
        JsonValue::Number(number) => {
            let integer = number.as_f64().filter(|_| number.is_f64()).and_then(integer);
            if let Some(integer) = integer {
                *number = integer.into();
            }
            integer.is_some()
        }
        JsonValue::Array(items) => items.iter_mut().fold(false, |found, item| spell_integers(item) | found),
        JsonValue::Object(members) => members.values_mut().fold(false, |found, value| spell_integers(value) | found),
        _ => false,
    }
}

/// The integer that a number is, if it is one of 64 bits.
fn integer(number: f64) -> Option<i64> {
    const END: f64 = 9_223_372_036_854_775_808.0;
    let is_integer = number.fract() == 0.0 && (-END..END).contains(&number);
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and in the range")]
    is_integer.then_some(number as i64)
}

/// Decodes a JSON object that has at least one of the known members, and nothing else.
///
/// Where the members of a type are all optional, every object would decode as that type. Asking
/// for a known member tells one error body from another.
pub fn decode_body<T: DeserializeOwned>(body: &[u8], known_members: &[&str]) -> Option<T> {
    if has_member(body, known_members) { decode(body).ok() } else { None }
}

/// Whether the text is a JSON object with one of these members.
fn has_member(body: &[u8], known_members: &[&str]) -> bool {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    deserializer.deserialize_map(MemberSearch(known_members)).unwrap_or(false)
}

struct MemberSearch<'a>(&'a [&'a str]);

impl<'de> Visitor<'de> for MemberSearch<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(name) = members.next_key::<String>()? {
            found |= self.0.contains(&name.as_str());
            members.next_value::<IgnoredAny>()?;
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[test]
    fn encodes_with_one_allocation() {
        let body = encode(&"x".repeat(1000)).expect("a string encodes");
        assert_eq!((body.len(), body.capacity()), (1002, ENCODED_SIZE));
    }

    #[test]
    fn what_is_no_utf_8_is_replaced() {
        assert_eq!(decode::<String>(b"\"caf\xe9\"").ok().as_deref(), Some("caf\u{fffd}"));
        assert!(decode::<String>(b"\"caf\"\xe9").is_err());
    }

    #[test]
    fn whole_numbers_are_integers_where_they_are_to_be() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Sizes {
            all: Vec<i64>,
            rest: f64,
        }

        #[track_caller]
        fn check(body: &str, expected: Option<(&[i64], f64)>) {
            let sizes = decode_whole_numbers::<Sizes>(body.as_bytes()).ok();
            assert_eq!(sizes, expected.map(|(all, rest)| Sizes { all: all.to_vec(), rest }), "{body}");
        }
        check(r#"{"all": [1, 2.0, -3e1], "rest": 1.0}"#, Some((&[1, 2, -30], 1.0)));
        check(r#"{"all": [-0.0], "rest": 1.5}"#, Some((&[0], 1.5)));
        check(r#"{"all": [-9223372036854775808.0], "rest": 0}"#, Some((&[i64::MIN], 0.0)));
        check(r#"{"all": [9223372036854775808.0], "rest": 0}"#, None);
        check(r#"{"all": [1.5], "rest": 1.0}"#, None);
        check(r#"{"all": [1.0], "rest": "1.0"}"#, None);
        check(r#"{"all": [1.0]"#, None);
    }

    #[test]
    fn what_does_not_fit_is_told_as_it_came() {
        let [plain, tolerant] = [decode::<Vec<i8>>, decode_whole_numbers::<Vec<i8>>]
            .map(|decode| decode(b"[1.0, 1.5]").expect_err("1.5 is no integer").to_string());
        assert_eq!(plain, tolerant);
    }

    #[track_caller]
    fn check_body(body: &str, expected: bool) {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Body {
            #[serde(default)]
            #[expect(dead_code, reason = "what is decoded is not looked at")]
            request_error: Option<JsonText>,
        }
        type JsonText = serde_json::Map<String, serde_json::Value>;

        let decoded = decode_body::<Body>(body.as_bytes(), &["requestError", "other"]);
        assert_eq!(decoded.is_some(), expected, "{body}");
    }

    #[test]
    fn bodies_are_told_by_their_members() {
        check_body(r#"{"requestError": {"serviceException": {}}}"#, true);
        check_body(r#"{"unknown": [1, {"a": 2}], "other": null}"#, true);
        check_body(r#"{"\u0072equestError": null}"#, true);
        check_body(r#"{"requestError": "not an object"}"#, false);
        check_body(r#"{"unknown": {"requestError": {}}}"#, false);
        check_body("{}", false);
        check_body(r#"["requestError"]"#, false);
        check_body(r#"{"requestError": {}"#, false);
        check_body(r#"{"requestError": {}} tail"#, false);
        check_body("<html><body>Bad Gateway</body></html>", false);
        check_body("", false);
    }
}
