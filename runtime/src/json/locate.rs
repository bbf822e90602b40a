//! The location of the value at a position in a JSON text.

use std::fmt::Write as _;

use crate::check::location::{LONGEST_KEY, Segment, is_word};

/// Returns the location of the innermost value that is open or was just read at a position.
///
/// The line and the column are those of `serde_json`: lines are one-based, and the column is that of the last byte
/// read. The text may be invalid after the position, but not before it. Property names come from outside, so those that
/// are not identifiers are replaced with `[…]`.
///
/// `before_value` is `true` if the parser stopped before a value that it rejected. After the opening bracket of an
/// array, that value is the first item.
pub(crate) fn location_at(text: &[u8], line: usize, column: usize, before_value: bool) -> String {
    let line_start: usize =
        text.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    let end = line_start.saturating_add(column).min(text.len());
    let mut walk = Walk::default();
    walk.read(&text[..end]);
    if before_value {
        walk.begin_value();
    }
    walk.location()
}

/// The containers that are open at a position of a text.
#[derive(Default)]
struct Walk<'a> {
    open: Vec<Container<'a>>,
}

enum Container<'a> {
    /// An array, and the index of the current item once one has begun.
    Array(Option<usize>),
    /// An object, and the name of the next property once it has been read. The name itself may be the error.
    Object(Option<&'a [u8]>),
    /// An object, inside the value of the property with this name.
    Property(&'a [u8]),
}

impl<'a> Walk<'a> {
    fn read(&mut self, text: &'a [u8]) {
        let mut rest = text;
        while let [first, after @ ..] = rest {
            rest = after;
            match first {
                b'{' => self.open(Container::Object(None)),
                b'[' => self.open(Container::Array(None)),
                b'}' | b']' => drop(self.open.pop()),
                b',' => self.end_value(),
                b':' => self.end_name(),
                b' ' | b'\t' | b'\r' | b'\n' => {}
                b'"' => {
                    let length = string_length(rest);
                    self.read_string(&rest[..length]);
                    rest = rest.get(length + 1..).unwrap_or_default();
                }
                _ => self.begin_value(),
            }
        }
    }

    fn open(&mut self, container: Container<'a>) {
        self.begin_value();
        self.open.push(container);
    }

    /// Called for the first byte of a value, and for every further byte of a number or a literal.
    fn begin_value(&mut self) {
        if let Some(Container::Array(index)) = self.open.last_mut() {
            index.get_or_insert(0);
        }
    }

    fn end_value(&mut self) {
        match self.open.last_mut() {
            Some(Container::Array(index)) => *index = index.map(|index| index + 1),
            Some(object) => *object = Container::Object(None),
            None => {}
        }
    }

    fn end_name(&mut self) {
        if let Some(object) = self.open.last_mut()
            && let Container::Object(Some(name)) = *object
        {
            *object = Container::Property(name);
        }
    }

    fn read_string(&mut self, text: &'a [u8]) {
        match self.open.last_mut() {
            Some(Container::Object(name)) => *name = Some(text),
            _ => self.begin_value(),
        }
    }

    fn location(&self) -> String {
        let mut location = String::new();
        for container in &self.open {
            let first = location.is_empty();
            // Writing to a string cannot fail.
            let _ = match container {
                Container::Array(Some(index)) => Segment::Index(*index).write(&mut location, first),
                Container::Object(Some(name)) | Container::Property(name) => match shown_name(name) {
                    Some(name) => Segment::Property(name).write(&mut location, first),
                    None => location.write_str("[…]"),
                },
                Container::Array(None) | Container::Object(None) => Ok(()),
            };
        }
        location
    }
}

/// Returns the number of bytes of a string up to its closing quote, or to the end of the text.
pub(crate) fn string_length(text: &[u8]) -> usize {
    let mut escaped = false;
    let closing = text.iter().position(|byte| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    });
    closing.unwrap_or(text.len())
}

fn shown_name(name: &[u8]) -> Option<&str> {
    let name = std::str::from_utf8(name).ok()?;
    (name.len() <= LONGEST_KEY && is_word(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt;

    use serde::Deserialize;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(location_at(text.as_bytes(), 1, text.len(), false), expected, "{text}");
    }

    #[test]
    fn follows_the_open_containers() {
        check("", "");
        check("12", "");
        check("[", "");
        check("[1", "[0]");
        check("[1, 2", "[1]");
        check("[[], [1, [", "[1][1]");
        check(r#"{"a""#, "a");
        check(r#"{"a": {"b": [1, {"c": tr"#, "a.b[1].c");
        check(r#"{"a": {"b": 1}"#, "a");
        check(r#"{"a": 1, "#, "");
        check(r#"{"a": "x\"}],{[", "b": "#, "b");
        check(r#"{"a": "x\\", "b": "#, "b");
        check(r#"{"odd name": "#, "[…]");
        check(r#"{"441134960000": [0"#, "[…][0]");
    }

    #[test]
    fn counts_lines() {
        let text = "{\n  \"a\": [\n    1,\n    x";
        assert_eq!(location_at(text.as_bytes(), 4, 5, false), "a[1]");
        assert_eq!(location_at(text.as_bytes(), 9, 9, false), "a[1]");
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "what is decoded is not looked at")]
    struct Shape {
        number: i32,
        text: Option<String>,
        list: Option<Vec<Shape>>,
        map: Option<BTreeMap<String, Vec<u8>>>,
        kind: Option<Kind>,
        flag: Option<bool>,
        names: Option<Vec<String>>,
    }

    #[derive(Deserialize)]
    enum Kind {
        A,
        B,
    }

    /// Puts every kind of wrong value at every location of a document, and compares the result with a library that
    /// observes the decoder itself. (For a duplicate name, that library reports the object.)
    #[test]
    fn agrees_with_serde_path_to_error() {
        const WRONG: [&str; 14] = [
            "null",
            "true",
            "-1",
            "300",
            "1.5",
            "5000000000",
            "\"x\"",
            "\"A\"",
            "[]",
            "[null]",
            "[\"x\"]",
            "[1, 2, [3]]",
            "{}",
            "{\"number\": {}}",
        ];
        const PLACES: [&str; 11] = [
            "@",
            r#"{"number": 1, "names": @}"#,
            r#"{"number": 1, "names": [@]}"#,
            r#"{"number": @}"#,
            r#"{"number": 1, "text": @, "flag": true}"#,
            r#"{"number": 1, "list": @}"#,
            r#"{"number": 1, "list": [{"number": 2}, {"number": 3, "kind": @}]}"#,
            r#"{"number": 1, "list": [{"number": 2, "list": [@]}]}"#,
            r#"{"number": 1, "map": {"a": [1, 2], "b": [0, @, 5]}, "flag": true}"#,
            r#"{"list": [], "flag": @}"#,
            r#"{"number": 1, "list": [{"number": 2, "unknown": @}]}"#,
        ];
        let mut compared = 0;
        for place in PLACES {
            for wrong in WRONG {
                // For an object in place of an enumeration, the other library omits the name of the wrong variant.
                if place.contains("kind") && wrong.starts_with("{\"") {
                    continue;
                }
                let text = place.replace('@', wrong);
                compared += usize::from(compare(&text));
            }
        }
        assert!(compared > 60, "only {compared} documents are refused");
    }

    #[track_caller]
    fn compare(text: &str) -> bool {
        let Err(error) = serde_json::from_str::<Shape>(text) else {
            return false;
        };
        let found = location_at(text.as_bytes(), error.line(), error.column(), error.is_data());
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let expected = serde_path_to_error::deserialize::<_, Shape>(&mut deserializer);
        let expected = expected.err().map(|error| Path(error.path().clone()).to_string());
        assert_eq!(Some(found), expected, "{text}: {error}");
        true
    }

    /// A path whose root is formatted as an empty string, not as a dot.
    struct Path(serde_path_to_error::Path);

    impl fmt::Display for Path {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let text = self.0.to_string();
            f.write_str(if text == "." { "" } else { &text })
        }
    }
}
