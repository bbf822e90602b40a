//! The path, query, header, and cookie parameters of a request, as they are sent.

pub(crate) mod encode;
mod expansion;
#[cfg(test)]
mod oracle;
pub(crate) mod style;
mod value;

use std::fmt::{self, Display};

use reqwest::header::{COOKIE, HeaderMap, HeaderName};
use serde::Serialize;

use self::encode::{STRICT, encode};
use self::expansion::{Location, expand};
use self::style::Style;
use crate::error::request::RequestError;
use crate::operation::headers::{append_cookies, header_value};
use crate::operation::path::Filled;

/// The parameters of one request.
///
/// Each method encodes a value in its style as RFC 6570 defines it for URI templates, so that none can be mistaken for a
/// delimiter. An absent parameter is omitted, and so are `null` and lists and objects without values.
///
/// If a value contains lists or objects that its style has no form for, the call fails when it is sent.
#[derive(Default)]
pub struct Parameters {
    pub(crate) path: Vec<Filled>,
    pub(crate) query: Pairs,
    pub(crate) headers: HeaderMap,
    pub(crate) error: Option<RequestError>,
}

impl Parameters {
    /// Replaces `{name}` in the path with a value.
    ///
    /// If the result is empty, `.`, or `..`, the call fails when it is sent.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &T) {
        let text = self.expand(Location::Path, name, style, value).unwrap_or_default();
        self.path.push(Filled { name, text });
    }

    /// Adds a parameter to the query.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &str, style: Style, value: Option<&T>) {
        let text = value.and_then(|value| self.expand(Location::Query, name, style, value));
        self.query.add(&text.unwrap_or_default());
    }

    /// Sets a header.
    ///
    /// If the value contains characters other than visible ASCII and spaces, the call fails when it is sent.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: Option<&T>) {
        let Some(text) = value.and_then(|value| self.expand(Location::Header, name, style, value)) else { return };
        match (HeaderName::from_bytes(name.as_bytes()), header_value(&text)) {
            (Ok(COOKIE), Some(_)) => append_cookies(&mut self.headers, &text),
            (Ok(name), Some(mut value)) => {
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            (Ok(name), None) => self.error = Some(RequestError::HeaderValue(name.as_str().into())),
            (Err(_), _) => self.error = Some(RequestError::HeaderName),
        }
    }

    /// Adds a cookie, or one for each value that is written apart.
    pub fn cookie<T: Serialize + ?Sized>(&mut self, name: &str, style: Style, value: Option<&T>) {
        if let Some(text) = value.and_then(|value| self.expand(Location::Cookie, name, style, value)) {
            append_cookies(&mut self.headers, &text);
        }
    }

    /// Returns the text of a value, if it has one.
    fn expand<T: Serialize + ?Sized>(
        &mut self,
        location: Location,
        name: &str,
        style: Style,
        value: &T,
    ) -> Option<String> {
        expand(location, name, style, value).unwrap_or_else(|_| {
            self.error = Some(RequestError::ParameterValue(name.into()));
            None
        })
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
    /// Adds encoded pairs. Adds nothing if there are none.
    pub(crate) fn add(&mut self, pairs: &str) {
        if !(self.0.is_empty() || pairs.is_empty()) {
            self.0.push('&');
        }
        self.0.push_str(pairs);
    }

    pub(crate) fn each<T: Display>(&mut self, name: &str, values: impl IntoIterator<Item = T>) {
        for value in values {
            self.name(name);
            encode(&mut self.0, &value.to_string(), STRICT);
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
        encode(&mut self.0, name, STRICT);
        self.0.push('=');
    }
}

/// Writes the values with the separator between them, which is not encoded. An encoded comma is part of a value.
fn join<T: Display>(out: &mut String, values: impl IntoIterator<Item = T>, separator: &str) {
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        encode(out, &value.to_string(), STRICT);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check<T: Serialize>(style: Style, value: T, expected: &str) {
        let mut parameters = Parameters::default();
        parameters.query("q", style, Some(&value));
        assert_eq!((parameters.query.0.as_str(), parameters.error), (expected, None));
    }

    /// Checks the text in a path or in a header.
    #[track_caller]
    fn check_in(location: Location, style: Style, value: &serde_json::Value, expected: &str) {
        let text = expand(location, "a", style, value).expect("it has a text");
        assert_eq!(text.as_deref(), Some(expected));
    }

    fn object() -> serde_json::Value {
        json!({"x": "1,2", "y": ""})
    }

    #[test]
    fn values_stay_in_their_place() {
        check(Style::FORM, "a b+c", "q=a%20b%2Bc");
        check(Style::FORM, "1&x=2#;/?%", "q=1%26x%3D2%23%3B%2F%3F%25");
        check(Style::FORM, "é😀\r\n", "q=%C3%A9%F0%9F%98%80%0D%0A");
        check(Style::FORM, "", "q=");
        check(Style::FORM.allow_reserved(), "1&x=2#;/?%25+", "q=1%26x=2%23;/?%25%2B");
        check(Style::DEEP_OBJECT, BTreeMap::from([("a]&", "b")]), "q%5Ba%5D%26%5D=b");
    }

    #[test]
    fn lists_repeat_or_join() {
        check(Style::FORM, [1, 2], "q=1&q=2");
        check(Style::FORM.explode(false), ["a,b", "c"], "q=a%2Cb,c");
        check(Style::FORM.explode(false).allow_reserved(), ["a,/", "c"], "q=a%2C/,c");
        check(Style::SPACE_DELIMITED, ["a b", "c"], "q=a%20b%20c");
        check(Style::PIPE_DELIMITED, ["a", "b"], "q=a%7Cb");
        for style in [Style::FORM, Style::FORM.explode(false), Style::PIPE_DELIMITED, Style::DEEP_OBJECT] {
            check(style, Vec::<String>::new(), "");
            check(style, json!(null), "");
        }
        check(Style::FORM.allow_empty_value(), Vec::<String>::new(), "q=");
    }

    #[test]
    fn objects_in_a_query() {
        check(Style::FORM, object(), "x=1%2C2&y=");
        check(Style::FORM, json!({"a": [1, 2], "b": [], "c": null}), "a=1&a=2");
        check(Style::FORM.explode(false), object(), "q=x,1%2C2,y,");
        check(Style::SPACE_DELIMITED, object(), "q=x%201%2C2%20y%20");
        check(Style::DEEP_OBJECT, object(), "q%5Bx%5D=1%2C2&q%5By%5D=");
        check(
            Style::DEEP_OBJECT,
            json!({"a": {"b": [1, 2], "c": null}}),
            "q%5Ba%5D%5Bb%5D%5B%5D=1&q%5Ba%5D%5Bb%5D%5B%5D=2",
        );
        check(Style::JSON, json!({"a": [null, "é"]}), "q=%7B%22a%22%3A%5Bnull%2C%22%C3%A9%22%5D%7D");
    }

    #[test]
    fn styles_of_paths_and_headers() {
        check_in(Location::Path, Style::SIMPLE, &object(), "x,1%2C2,y,");
        check_in(Location::Path, Style::SIMPLE.explode(true), &object(), "x=1%2C2,y=");
        check_in(Location::Path, Style::LABEL.explode(true), &json!(["1", "2"]), ".1.2");
        check_in(Location::Path, Style::LABEL, &json!(["1", "2"]), ".1,2");
        check_in(Location::Path, Style::MATRIX, &json!(["1", "2"]), ";a=1,2");
        check_in(Location::Path, Style::MATRIX.explode(true), &object(), ";x=1%2C2;y");
        check_in(Location::Path, Style::MATRIX, &json!(""), ";a");
        check_in(Location::Path, Style::JSON, &json!([1]), "%5B1%5D");
        check_in(Location::Header, Style::SIMPLE, &json!(["a b", "%"]), "a b,%");
        check_in(Location::Header, Style::SIMPLE.explode(true), &object(), "x=1,2,y=");
        check_in(Location::Header, Style::JSON, &json!({"é": "😀"}), "{\"\\u00e9\":\"\\ud83d\\ude00\"}");
    }

    #[test]
    fn values_without_a_form_are_refused() {
        let nested = json!({"a": {"b": 1}});
        for style in [Style::FORM, Style::FORM.explode(false), Style::PIPE_DELIMITED] {
            let mut parameters = Parameters::default();
            parameters.query("filter", style, Some(&nested));
            assert_eq!(parameters.error, Some(RequestError::ParameterValue("filter".into())));
        }
        assert!(expand(Location::Query, "a", Style::DEEP_OBJECT, &json!({"a": [{"b": 1}]})).is_err());
        assert!(expand(Location::Query, "a", Style::JSON, &f64::NAN).is_err());
    }

    #[test]
    fn headers_take_visible_text_only() {
        let mut parameters = Parameters::default();
        parameters.header("X-Ids", Style::SIMPLE, Some(&["a", "b"]));
        parameters.header("X-None", Style::SIMPLE, None::<&str>);
        assert_eq!(parameters.headers.len(), 1);
        assert_eq!(parameters.headers["x-ids"], "a,b");
        assert!(parameters.headers["x-ids"].is_sensitive() && parameters.error.is_none());
        parameters.header("X-Bad", Style::SIMPLE, Some("a\r\nb: c"));
        assert_eq!(parameters.error, Some(RequestError::HeaderValue("x-bad".into())));
        let mut parameters = Parameters::default();
        parameters.header("x bad", Style::SIMPLE, Some("a"));
        assert_eq!(parameters.error, Some(RequestError::HeaderName));
    }

    #[test]
    fn cookies_are_one_header() {
        let mut parameters = Parameters::default();
        parameters.cookie("session", Style::FORM, Some("a;b=\"é\""));
        parameters.cookie("none", Style::FORM, None::<&str>);
        parameters.cookie("ids", Style::FORM.explode(false), Some(&[1, 2]));
        parameters.header("cookie", Style::SIMPLE, Some("raw=1"));
        parameters.cookie("each", Style::FORM, Some(&object()));
        assert_eq!(parameters.headers["cookie"], "session=a%3Bb%3D%22%C3%A9%22; ids=1,2; raw=1; x=1%2C2; y=");
        assert!(parameters.headers["cookie"].is_sensitive() && parameters.error.is_none());
    }

    #[test]
    fn nothing_personal_is_shown() {
        let mut parameters = Parameters::default();
        parameters.path("to", Style::SIMPLE, "441134960000");
        parameters.query("from", Style::FORM, Some("441134960001"));
        parameters.header("x-name", Style::SIMPLE, Some("441134960002"));
        let shown = format!("{parameters:?}");
        assert!(shown.contains("to") && !shown.contains("4411"), "{shown}");
    }
}
