//! Error bodies, which are distinguished by their properties.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::json::{decode, without_byte_order_mark};

/// Decodes a JSON object if it has at least one of the known properties.
///
/// A type with only optional properties can be decoded from any object. The known properties distinguish the types of
/// error bodies.
pub fn decode_body<T: DeserializeOwned>(body: &[u8], known_properties: &[&str]) -> Option<T> {
    if has_property(body, known_properties) { decode(body).ok() } else { None }
}

/// Returns `true` if the text is a JSON object with one of these properties.
fn has_property(body: &[u8], known_properties: &[&str]) -> bool {
    let mut deserializer = serde_json::Deserializer::from_slice(without_byte_order_mark(body));
    deserializer.deserialize_map(PropertySearch(known_properties)).unwrap_or(false)
}

struct PropertySearch<'a>(&'a [&'a str]);

impl<'de> Visitor<'de> for PropertySearch<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(name) = properties.next_key::<String>()? {
            found |= self.0.contains(&name.as_str());
            properties.next_value::<IgnoredAny>()?;
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

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
    fn bodies_are_distinguished_by_their_properties() {
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
