//! JSON errors, with the location and the expected type, but never the value.
//!
//! `serde_json` quotes values in its messages, and values may be personal or secret. [`JsonError`] keeps only the parts
//! of a message that come from the Rust type, and finds the location by walking through the text up to the position of
//! the error.

use std::error::Error;
use std::fmt;

use serde::de::IgnoredAny;
use serde_json::error::Category;

use crate::json::locate::location_at;

/// An error that occurs when JSON is decoded or encoded.
#[derive(Clone, PartialEq, Eq)]
pub struct JsonError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    category: JsonErrorCategory,
    location: String,
    expected: Option<String>,
    line: usize,
    column: usize,
}

/// The kind of a [`JsonError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JsonErrorCategory {
    /// The text is not valid JSON.
    Syntax,
    /// The text is empty or ends unexpectedly.
    EndOfInput,
    /// The text is valid JSON, but does not match the type.
    Data,
    /// A value cannot be encoded as JSON.
    Encode,
}

impl JsonError {
    #[cold]
    pub(crate) fn encoding() -> Self {
        let category = JsonErrorCategory::Encode;
        let details = Details { category, location: String::new(), expected: None, line: 0, column: 0 };
        Self(Box::new(details))
    }

    #[cold]
    pub(crate) fn decoding(error: &serde_json::Error, body: &[u8]) -> Self {
        let (category, expected) = match error.classify() {
            Category::Eof => (JsonErrorCategory::EndOfInput, None),
            Category::Data => (JsonErrorCategory::Data, expectation(&error.to_string())),
            // For example, a number in place of an enumeration is reported as a syntax error.
            Category::Syntax if serde_json::from_slice::<IgnoredAny>(body).is_ok() => (JsonErrorCategory::Data, None),
            Category::Syntax | Category::Io => (JsonErrorCategory::Syntax, None),
        };
        let (line, column) = (error.line(), error.column());
        let mut location = location_at(body, line, column, error.is_data());
        let message = error.to_string();
        if let Some((inner, _)) = message.strip_prefix(INSIDE).and_then(|rest| rest.split_once(INSIDE_END)) {
            continue_location(&mut location, inner);
        }
        Self(Box::new(Details { category, location, expected, line, column }))
    }

    /// Returns the message for an error in the text of a part of a document, which was buffered and decoded later, and so has
    /// no position. The message contains the location within the part, which [`Self::decoding`] appends to the location of
    /// the part.
    pub(crate) fn of_part(part: &str, error: &serde_json::Error) -> String {
        let Self(details) = Self::decoding(error, part.as_bytes());
        let expected = details.expected.as_deref().map(|expected| format!(", expected {expected}"));
        format!("{INSIDE}{}{INSIDE_END}{}", details.location, expected.unwrap_or_default())
    }

    /// Returns the error of an item as one of the document whose property has the list. It has no position, since the
    /// item was decoded apart.
    pub(crate) fn in_item(mut self, property: &str, index: usize) -> Self {
        let mut location = format!("{property}[{index}]");
        continue_location(&mut location, &self.0.location);
        (self.0.location, self.0.line, self.0.column) = (location, 0, 0);
        self
    }

    /// Returns the kind of the error.
    pub fn category(&self) -> JsonErrorCategory {
        self.0.category
    }

    /// Returns the location of the error, such as `status.id`. An empty string stands for the whole document.
    ///
    /// A property name is replaced with `[…]` unless it is an identifier of at most 64 characters, because the keys of
    /// a map may be as personal as values.
    pub fn location(&self) -> &str {
        &self.0.location
    }

    /// Returns the expected type, if known, such as `i32`, `struct Status with 6 elements`, or ``field `errorCode` ``.
    pub fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// Returns the one-based line number, or 0 if the position is unknown.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the one-based column in bytes, or 0 at the start of a line.
    pub fn column(&self) -> usize {
        self.0.column
    }
}

fn continue_location(location: &mut String, inner: &str) {
    location.push_str(if location.is_empty() || inner.is_empty() || inner.starts_with('[') { "" } else { "." });
    location.push_str(inner);
}

/// The delimiters of a location in a message. No location contains the second one, because it only contains
/// identifiers.
const INSIDE: &str = "invalid value at ⟨";
const INSIDE_END: &str = "⟩";

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { category, location, expected, line, column } = &*self.0;
        f.write_str(match category {
            JsonErrorCategory::Syntax => "not valid JSON",
            JsonErrorCategory::EndOfInput => "unexpected end of JSON",
            JsonErrorCategory::Data => "unexpected JSON value",
            JsonErrorCategory::Encode => return f.write_str("a value cannot be encoded as JSON"),
        })?;
        if !location.is_empty() {
            write!(f, " at `{location}`")?;
        }
        if let Some(expected) = expected {
            write!(f, ", expected {expected}")?;
        }
        // Some errors of `Deserialize` implementations have no position.
        if *line == 0 {
            return Ok(());
        }
        write!(f, " (line {line}, column {column})")
    }
}

impl fmt::Debug for JsonError {
    /// Formats the same text as `Display`, which is complete.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JsonError({self})")
    }
}

impl Error for JsonError {}

/// Returns the expectation in a message of Serde, which is the part that comes from the Rust type.
///
/// A message that quotes the value has it before the expectation, and the value may contain anything, including
/// `, expected `. So the last occurrence counts, and only in messages of a known format that always end with an
/// expectation. Other messages are hidden completely.
fn expectation(message: &str) -> Option<String> {
    const QUOTES: [&str; 6] =
        ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant `", "unknown field `", INSIDE];
    const NOTHING_EXPECTED: [&str; 2] = ["`, there are no variants", "`, there are no fields"];

    // The position follows the message; no expectation contains ` at line `.
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    if let Some(field) = message.strip_prefix("missing field ") {
        return Some(format!("field {field}"));
    }
    if let Some(field) = message.strip_prefix("duplicate field ") {
        return Some(format!("field {field} only once"));
    }
    let quotes = QUOTES.iter().any(|start| message.starts_with(start));
    if !quotes || NOTHING_EXPECTED.iter().any(|end| message.ends_with(end)) {
        return None;
    }
    let (_, expected) = message.rsplit_once(", expected ")?;
    Some(expected.to_owned())
}

#[cfg(test)]
mod tests {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::{Deserialize, Deserializer};

    use super::*;
    use crate::json::{decode, encode};

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    #[expect(dead_code, reason = "what is decoded is not looked at")]
    struct Message {
        from: String,
        #[serde(default)]
        contacts: Vec<Contact>,
        count: Option<i32>,
        #[serde(default)]
        pair: Option<(u8, u8)>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[expect(dead_code, reason = "what is decoded is not looked at")]
    struct Contact {
        first_name: String,
        r#type: Option<Type>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    enum Type {
        Home,
        Work,
    }

    #[derive(Debug, Deserialize)]
    enum Nothing {}

    #[derive(Debug)]
    struct Stubborn;

    impl<'de> Deserialize<'de> for Stubborn {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            Err(D::Error::custom(format!("cannot stand {text}, expected {text}")))
        }
    }

    #[track_caller]
    fn check<T: DeserializeOwned + fmt::Debug>(text: &str, expected: &str) {
        let error = decode::<T>(text.as_bytes()).expect_err("the text does not fit");
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn contains_the_location_and_the_expected_type() {
        check::<Message>(
            r#"{"from": 441134960000}"#,
            "unexpected JSON value at `from`, expected a string (line 1, column 21)",
        );
        check::<Message>(
            "{\"from\": \"x\",\n \"contacts\": [{\"firstName\": \"a\"},\n  {\"firstName\": \"b\", \"type\": \"FAX\"}]}",
            "unexpected JSON value at `contacts[1].type`, expected `HOME` or `WORK` (line 3, column 34)",
        );
        check::<Message>(
            r#"{"from": "x", "contacts": [{"type": "HOME"}]}"#,
            "unexpected JSON value at `contacts[0]`, expected field `firstName` (line 1, column 43)",
        );
        check::<Message>(
            r#"{"from": "x", "from": "y"}"#,
            "unexpected JSON value at `from`, expected field `from` only once (line 1, column 20)",
        );
        check::<Message>(
            r#"{"from": "x", "count": 5000000000}"#,
            "unexpected JSON value at `count`, expected i32 (line 1, column 33)",
        );
        check::<Message>(
            r#"{"from": "x", "pair": [1]}"#,
            "unexpected JSON value at `pair`, expected a tuple of size 2 (line 1, column 25)",
        );
        check::<Message>("[]", "unexpected JSON value, expected struct Message with 4 elements (line 1, column 2)");
        check::<Message>("{}", "unexpected JSON value, expected field `from` (line 1, column 2)");
    }

    #[test]
    fn says_where_the_text_breaks() {
        check::<Message>("", "unexpected end of JSON (line 1, column 0)");
        check::<Message>(r#"{"from": "x"#, "unexpected end of JSON at `from` (line 1, column 11)");
        check::<Message>(r#"{"from": x}"#, "not valid JSON at `from` (line 1, column 10)");
        check::<Message>("<html>", "not valid JSON (line 1, column 1)");
    }

    /// Checks that a value that looks like the end of a message is not repeated.
    #[test]
    fn never_repeats_a_value() {
        let secret = "secret, expected secret` at line 1, there are no variants";
        let text = serde_json::to_string(secret).expect("a string encodes");
        let position = format!("(line 1, column {})", text.len());

        check::<i32>(&text, &format!("unexpected JSON value, expected i32 {position}"));
        check::<Type>(&text, &format!("unexpected JSON value, expected `HOME` or `WORK` {position}"));
        check::<Nothing>(&text, &format!("unexpected JSON value {position}"));
        check::<Stubborn>(&text, "unexpected JSON value");

        let text = format!("{{{text}: 1}}");
        let error = decode::<Message>(text.as_bytes()).expect_err("no such property");
        assert!(!error.to_string().contains("secret"), "{error}");
        let error = decode::<std::collections::BTreeMap<String, bool>>(text.as_bytes());
        let error = error.expect_err("not a truth value");
        assert_eq!(error.location(), "[…]");
    }

    #[test]
    fn encoding_errors_are_discreet() {
        let unencodable = std::collections::BTreeMap::from([((1, 2), "secret")]);
        let error = encode(&unencodable).expect_err("keys are not strings");
        assert_eq!(error.category(), JsonErrorCategory::Encode);
        assert_eq!(error.to_string(), "a value cannot be encoded as JSON");
    }
}
