//! Reading and writing JSON bodies.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::json_error::JsonError;
use crate::json_writer::{NoJsonForm, Writer};

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

/// Decodes a JSON document.
///
/// # Errors
///
/// Fails when the text is not one JSON document or the document does not fit the type. The error
/// says where and what was expected, and never repeats the value that was found.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonError> {
    let decoded = match str::from_utf8(body) {
        // Looked at once as a whole, which is faster than each string of it alone.
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    };
    decoded.map_err(|error| JsonError::decoding(&error, body))
}

/// Decodes a JSON object that has at least one of the known members, and nothing else.
///
/// Where the members of a type are all optional, every object would decode as that type. Asking
/// for a known member tells one error body from another.
pub fn decode_body<T: DeserializeOwned>(body: &[u8], known_members: &[&str]) -> Option<T> {
    if has_member(body, known_members) { serde_json::from_slice(body).ok() } else { None }
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
