//! The path, query, and header parameters of a request, as they are sent.

use std::fmt::{self, Display, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{HeaderMap, HeaderName};

use crate::error::request::RequestError;
use crate::operation::headers::header_value;
use crate::operation::path::Filled;

/// All characters except those that RFC 3986 calls unreserved. A space is encoded as `%20`, and a plus sign as `%2B`.
pub(crate) const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The parameters of one request.
///
/// Each method takes any number of values: none for an absent parameter, several for a list. The values are encoded, so
/// none of them can be mistaken for a delimiter.
#[derive(Default)]
pub struct Parameters {
    pub(crate) path: Vec<Filled>,
    pub(crate) query: Pairs,
    pub(crate) headers: HeaderMap,
    pub(crate) error: Option<RequestError>,
}

impl Parameters {
    /// Replaces `{name}` in the path with the values, separated by commas.
    ///
    /// If there is no value, or if the result is empty, `.`, or `..`, the call fails when it is sent.
    pub fn path<T: Display>(&mut self, name: &'static str, values: impl IntoIterator<Item = T>) {
        let mut text = String::new();
        join(&mut text, values, ",");
        self.path.push(Filled { name, text });
    }

    /// Adds `name=value` to the query for each value (`form` with `explode`).
    pub fn query<T: Display>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        self.query.each(name, values);
    }

    /// Adds all values to the query as one `name=value,value`, with `separator` in place of the comma (`form`,
    /// `spaceDelimited`, and `pipeDelimited` without `explode`). Adds nothing if there are no values.
    pub fn query_joined<T: Display>(
        &mut self,
        name: &str,
        separator: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        self.query.joined(name, separator, values);
    }

    /// Sets a header to the values, separated by commas. The header is omitted if there are no values.
    ///
    /// If a value contains characters other than visible ASCII and spaces, the call fails when it is sent.
    pub fn header<T: Display>(&mut self, name: &'static str, values: impl IntoIterator<Item = T>) {
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return };
        let mut text = first.to_string();
        for value in values {
            // Writing to a string fails only if the `Display` implementation of the value fails, which leaves the part
            // written so far.
            let _ = write!(text, ",{value}");
        }
        match (HeaderName::from_bytes(name.as_bytes()), header_value(&text)) {
            (Ok(name), Some(mut value)) => {
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            (Ok(name), None) => self.error = Some(RequestError::HeaderValue(name.as_str().into())),
            (Err(_), _) => self.error = Some(RequestError::HeaderName),
        }
    }
}

impl fmt::Debug for Parameters {
    /// Formats the names only. The values may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: Vec<_> = self.path.iter().map(|filled| filled.name).collect();
        let headers: Vec<_> = self.headers.keys().collect();
        f.debug_struct("Parameters").field("path", &path).field("headers", &headers).finish_non_exhaustive()
    }
}

/// Pairs such as `a=1&b=2`, as in a query or a form.
#[derive(Default)]
pub(crate) struct Pairs(pub(crate) String);

impl Pairs {
    pub(crate) fn each<T: Display>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        for value in values {
            self.name(name);
            encode(&mut self.0, &value);
        }
    }

    pub(crate) fn joined<T: Display>(
        &mut self,
        name: &str,
        separator: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_some() {
            self.name(name);
            join(&mut self.0, values, separator);
        }
    }

    fn name(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        encode(&mut self.0, &name);
        self.0.push('=');
    }
}

/// Writes the values with the separator between them, which is not encoded. An encoded comma is part of a value.
fn join<T: Display>(out: &mut String, values: impl IntoIterator<Item = T>, separator: &str) {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        encode(out, &value);
    }
}

fn encode(out: &mut String, value: &dyn Display) {
    out.extend(utf8_percent_encode(&value.to_string(), STRICT));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(write: impl FnOnce(&mut Parameters), expected: &str) {
        let mut parameters = Parameters::default();
        write(&mut parameters);
        assert_eq!(parameters.query.0, expected);
    }

    #[test]
    fn values_stay_in_their_place() {
        check(|to| to.query("q", ["a b+c"]), "q=a%20b%2Bc");
        check(|to| to.query("q", ["1&x=2#;/?%"]), "q=1%26x%3D2%23%3B%2F%3F%25");
        check(|to| to.query("q", ["é😀\r\n"]), "q=%C3%A9%F0%9F%98%80%0D%0A");
        check(|to| to.query("a[b]", [""]), "a%5Bb%5D=");
        check(|to| to.query("at", ["2024-01-01T00:00:00+01:00"]), "at=2024-01-01T00%3A00%3A00%2B01%3A00");
    }

    #[test]
    fn lists_repeat_or_join() {
        check(|to| to.query("id", [1, 2]), "id=1&id=2");
        check(|to| to.query("id", None::<i32>), "");
        check(|to| to.query_joined("id", ",", ["a,b", "c"]), "id=a%2Cb,c");
        check(|to| to.query_joined("id", "%20", ["a b", "c"]), "id=a%20b%20c");
        check(|to| to.query_joined("id", "%7C", ["a", "b"]), "id=a%7Cb");
        check(|to| to.query_joined("id", ",", Vec::<String>::new()), "");
        let two = |to: &mut Parameters| {
            to.query("a", [true]);
            to.query("b", Some(&0.5));
        };
        check(two, "a=true&b=0.5");
    }

    #[test]
    fn headers_take_visible_text_only() {
        let mut parameters = Parameters::default();
        parameters.header("X-Ids", ["a", "b"]);
        parameters.header("X-None", None::<&str>);
        assert_eq!(parameters.headers.len(), 1);
        assert_eq!(parameters.headers["x-ids"], "a,b");
        assert!(parameters.headers["x-ids"].is_sensitive() && parameters.error.is_none());
        parameters.header("X-Bad", ["a\r\nb: c"]);
        assert_eq!(parameters.error, Some(RequestError::HeaderValue("x-bad".into())));
        let mut parameters = Parameters::default();
        parameters.header("x bad", ["a"]);
        assert_eq!(parameters.error, Some(RequestError::HeaderName));
    }

    #[test]
    fn nothing_personal_is_shown() {
        let mut parameters = Parameters::default();
        parameters.path("to", ["441134960000"]);
        parameters.query("from", ["441134960001"]);
        parameters.header("x-name", ["441134960002"]);
        let shown = format!("{parameters:?}");
        assert!(shown.contains("to") && !shown.contains("4411"), "{shown}");
    }
}
