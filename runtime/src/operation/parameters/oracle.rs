//! Comparison of the styles with code by other people, on random values: the expansion of URI templates, and decoders of
//! queries.

use std::collections::BTreeMap;

use iri_string::spec::UriSpec;
use iri_string::template::UriTemplateStr;
use iri_string::template::simple_context::{SimpleContext, Value};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::expansion::{Location, expand};
use super::style::Style;

/// Every reserved character, others that have a meaning somewhere, and those of several bytes.
const CHARACTERS: &[char] = &[
    ':', '/', '?', '#', '[', ']', '@', '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=', '-', '.', '_', '~', '%',
    ' ', '"', '<', '>', '\\', '^', '`', '{', '|', '}', 'a', 'Z', '0', '\n', '\0', '\u{7f}', 'é', '€', '😀',
];

fn text() -> String {
    (0..fastrand::usize(..5)).map(|_| CHARACTERS[fastrand::usize(..CHARACTERS.len())]).collect()
}

/// A text, a list or an object, which may be empty.
fn value() -> Json {
    let size = fastrand::usize(..4);
    match fastrand::u8(..3) {
        0 => text().into(),
        1 => (0..size).map(|_| text()).collect(),
        _ => (0..size).map(|_| (text(), Json::from(text()))).collect(),
    }
}

fn as_text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The expansion of a template with the variable `v`.
fn expansion(template: &str, value: &Json) -> String {
    let value = match value {
        Json::Array(items) => Value::List(items.iter().map(as_text).collect()),
        Json::Object(properties) => {
            Value::Assoc(properties.iter().map(|(name, value)| (name.clone(), as_text(value))).collect())
        }
        value => Value::String(as_text(value)),
    };
    let mut context = SimpleContext::new();
    context.insert("v", value);
    let template = UriTemplateStr::new(template).expect("a template");
    template.expand::<UriSpec, _>(&context).expect("it expands").to_string()
}

#[track_caller]
fn written(location: Location, style: Style, value: &(impl Serialize + ?Sized)) -> String {
    expand(location, "v", style, value).expect("a style has a form for it").unwrap_or_default()
}

#[test]
fn every_style_expands_like_its_template() {
    let styles = [
        (Location::Path, Style::SIMPLE, "{v}"),
        (Location::Path, Style::SIMPLE.explode(true), "{v*}"),
        (Location::Path, Style::LABEL, "{.v}"),
        (Location::Path, Style::LABEL.explode(true), "{.v*}"),
        (Location::Path, Style::MATRIX, "{;v}"),
        (Location::Path, Style::MATRIX.explode(true), "{;v*}"),
        (Location::Query, Style::FORM.explode(false), "{?v}"),
        (Location::Query, Style::FORM, "{?v*}"),
    ];
    for _ in 0..2000 {
        let value = value();
        let has_empty = parts(&value).iter().any(|(_, text)| text.is_empty());
        for (location, style, template) in styles {
            // RFC 6570 (3.2.1) writes `;name` for an empty item or property, and the library `;name=`.
            if has_empty && template.starts_with("{;") {
                continue;
            }
            let expected = expansion(template, &value);
            let written = written(location, style, &value);
            assert_eq!(written, expected.strip_prefix('?').unwrap_or(&expected), "{template}: {value}");
        }
        // Delimiters of spaces and pipes are commas otherwise.
        let commas = expansion("{?v}", &value);
        for (style, delimiter) in [(Style::SPACE_DELIMITED, "%20"), (Style::PIPE_DELIMITED, "%7C")] {
            let delimited = commas.replace(',', delimiter);
            assert_eq!(
                written(Location::Query, style, &value),
                delimited.strip_prefix('?').unwrap_or_default(),
                "{value}"
            );
        }
    }
}

/// `{+v}` leaves characters that would end the value in a query. All others are the same.
#[test]
fn reserved_characters_expand_like_their_template() {
    for _ in 0..2000 {
        // The expansion fails for a percent sign before a character of several bytes.
        let text = text().replace(|character: char| !character.is_ascii(), "");
        let mut expected = format!("v={}", expansion("{+v}", &Json::from(text.as_str())));
        for (character, encoded) in [("#", "%23"), ("[", "%5B"), ("]", "%5D"), ("&", "%26"), ("+", "%2B")] {
            expected = expected.replace(character, encoded);
        }
        assert_eq!(written(Location::Query, Style::FORM.allow_reserved(), &text), expected, "{text:?}");
    }
}

#[test]
fn headers_have_the_text_that_a_path_encodes() {
    for _ in 0..2000 {
        let value = value();
        for (style, template) in [(Style::SIMPLE, "{v}"), (Style::SIMPLE.explode(true), "{v*}")] {
            let expected = percent_decode_str(&expansion(template, &value)).decode_utf8().expect("a text").into_owned();
            assert_eq!(written(Location::Header, style, &value), expected);
        }
    }
}

/// The pairs that a form decoder reads.
fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The pairs of a value whose parts are written apart.
fn parts(value: &Json) -> Vec<(String, String)> {
    let named = |value: &Json| ("v".to_owned(), as_text(value));
    match value {
        Json::Array(items) => items.iter().map(named).collect(),
        Json::Object(properties) => properties.iter().map(|(name, value)| (name.clone(), as_text(value))).collect(),
        value => vec![named(value)],
    }
}

#[test]
fn a_form_decoder_reads_queries_and_cookies() {
    for _ in 0..2000 {
        let value = value();
        assert_eq!(pairs(&written(Location::Query, Style::FORM, &value)), parts(&value));
        // A cookie is a pair as well.
        assert_eq!(pairs(&written(Location::Cookie, Style::FORM, &value).replace("; ", "&")), parts(&value));
        let json = pairs(&written(Location::Query, Style::JSON, &value)).pop().expect("a pair").1;
        assert_eq!(serde_json::from_str::<Json>(&json).ok(), Some(value));
    }
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Filter {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    free: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    text: Option<String>,
    inner: Option<Box<Filter>>,
}

/// A filter with others inside. Brackets in names would be levels of their own.
fn filter(depth: usize) -> Filter {
    let name = || format!("n{}", text().replace(['[', ']'], "."));
    Filter {
        free: (0..fastrand::usize(..3)).map(|_| (name(), text())).collect(),
        tags: (0..fastrand::usize(..3)).map(|_| text()).collect(),
        text: fastrand::bool().then(text),
        inner: (depth > 0).then(|| Box::new(filter(depth - 1))).filter(|filter| **filter != Filter::default()),
    }
}

#[test]
fn a_decoder_of_brackets_reads_deep_objects() {
    let decoder = serde_qs::Config::new().max_depth(8).use_form_encoding(true);
    for _ in 0..2000 {
        let filter = filter(2);
        let query = written(Location::Query, Style::DEEP_OBJECT, &filter);
        let read: BTreeMap<String, Filter> = decoder.deserialize_str(&query).expect("it reads");
        assert_eq!(read.into_values().next().unwrap_or_default(), filter, "{query}");
    }
    assert_eq!(written(Location::Query, Style::DEEP_OBJECT, &json!({"a": {"b": [1]}})), "v%5Ba%5D%5Bb%5D%5B%5D=1");
}
