//! Encoding and decoding of JSON bodies.

pub(crate) mod buffered;
pub(crate) mod error;
pub(crate) mod error_body;
mod large_numbers;
pub(crate) mod literal;
pub(crate) mod locate;
pub(crate) mod raw;
pub(crate) mod union;
pub(crate) mod writer;

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::check::equality::normalise;
use crate::json::error::JsonError;
use crate::json::large_numbers::quote_large_numbers;
use crate::json::union::budget::Document;
use crate::json::writer::{NotEncodable, Writer};

/// The initial capacity, so that encoding an ordinary message allocates once.
const ENCODED_SIZE: usize = 2048;

/// Encodes a value as compact JSON.
///
/// # Errors
///
/// Returns an error if the value contains a map with non-string keys or a number that is not finite, or if its
/// `Serialize` implementation fails.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, JsonError> {
    let mut writer = Writer::with_capacity(ENCODED_SIZE);
    match value.serialize(&mut writer) {
        Ok(()) => Ok(writer.into_text()),
        // An encoding error has no position.
        Err(NotEncodable) => Err(JsonError::encoding()),
    }
}

/// Decodes a JSON document. A byte order mark at its start is ignored, and invalid UTF-8 is replaced with U+FFFD. A
/// number beyond the range of `f64` in a [`JsonValue`](crate::JsonValue) becomes a string with the text of the number.
///
/// # Errors
///
/// Returns an error if the text is not valid JSON or does not match the type. The error contains the location and the
/// expected type, but never the value.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    let _document = Document::start(body.len());
    let body = without_byte_order_mark(body);
    // Validating the whole text at once is faster than validating each string. A second deserializer for invalid UTF-8
    // would be compiled for each type.
    let text = str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    let error = match serde_json::from_str(&text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let Some(text) = quote_large_numbers(&text) else { return Err(JsonError::decoding(&error, text.as_bytes())) };
    serde_json::from_str(&text).map_err(|error| JsonError::decoding(&error, text.as_bytes()))
}

/// Decodes a JSON document, and accepts whole numbers such as `1.0` as integers, as JSON Schema has done since draft 6.
///
/// There is no extra cost unless the document contains such a number. If it does, whole numbers in values of type
/// [`JsonValue`](crate::JsonValue) also become integers.
///
/// ```
/// use wirecrate_runtime::generated::json;
///
/// assert_eq!(json::decode_whole_numbers::<i32>(b"1.0")?, 1);
/// assert!(json::decode::<i32>(b"1.0").is_err());
/// # Ok::<(), wirecrate_runtime::JsonError>(())
/// ```
///
/// # Errors
///
/// Returns the same errors as [`decode`].
pub fn decode_whole_numbers<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    let _document = Document::start(body.len());
    decode(body).or_else(|error| decode_as_integers(body).ok_or(error))
}

/// Decodes the text with whole numbers rewritten as integers. Returns `None` if there are none, or if the text still
/// does not match the type.
fn decode_as_integers<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let mut value = decode(body).ok()?;
    if normalise(&mut value) { T::deserialize(value).ok() } else { None }
}

/// Removes the byte order mark from the start of a text. RFC 8259 forbids writing one, and allows parsers to ignore it.
pub(crate) fn without_byte_order_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
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
    fn invalid_utf_8_is_replaced() {
        assert_eq!(decode::<String>(b"\"caf\xe9\"").ok().as_deref(), Some("caf\u{fffd}"));
        assert!(decode::<String>(b"\"caf\"\xe9").is_err());
    }

    #[test]
    fn a_byte_order_mark_is_ignored_at_the_start_only() {
        assert_eq!(decode::<Vec<i8>>(b"\xef\xbb\xbf[1]").ok(), Some(vec![1]));
        assert_eq!(decode_whole_numbers::<Vec<i8>>(b"\xef\xbb\xbf [1.0]").ok(), Some(vec![1]));
        assert_eq!(decode::<String>("\u{feff}\"\u{feff}x\"".as_bytes()).ok().as_deref(), Some("\u{feff}x"));
        for text in ["\u{feff}", "\u{feff}\u{feff}1", " \u{feff}1", "1\u{feff}"] {
            assert!(decode::<i8>(text.as_bytes()).is_err(), "{text:?}");
        }
        let [plain, marked] = ["[1, true]", "\u{feff}[1, true]"]
            .map(|text| decode::<Vec<i8>>(text.as_bytes()).expect_err("not an integer"));
        assert_eq!(plain.to_string(), marked.to_string(), "positions do not count it");
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
    fn errors_are_those_of_the_original_text() {
        let [plain, tolerant] = [decode::<Vec<i8>>, decode_whole_numbers::<Vec<i8>>]
            .map(|decode| decode(b"[1.0, 1.5]").expect_err("1.5 is not an integer").to_string());
        assert_eq!(plain, tolerant);
    }
}
