//! Encoded JSON taken apart again, for formats that consist of its values: properties keep their order, and numbers keep
//! all their digits.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Deserializer;

/// A value of compact JSON, whose parts are still encoded.
pub(crate) enum Raw<'t> {
    Null,
    Text(String),
    /// A number, `true` or `false`.
    Literal(&'t str),
    List(Vec<&'t str>),
    Object(Vec<(String, &'t str)>),
}

impl<'t> Raw<'t> {
    /// Returns `None` for a text that is not compact JSON.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        Some(match text.as_bytes().first()? {
            b'n' => Self::Null,
            b'"' => Self::Text(take(text)?.0),
            b'[' => Self::List(items(text)?),
            b'{' => Self::Object(members(text)?),
            _ => Self::Literal(text),
        })
    }
}

/// Returns the text of a value in a parameter or a form: a string as it is, any other value as JSON.
pub(crate) fn text(value: &str) -> Option<String> {
    if value.starts_with('"') { Some(take(value)?.0) } else { Some(value.to_owned()) }
}

/// Returns the properties of an object.
pub(crate) fn members(object: &str) -> Option<Vec<(String, &str)>> {
    let mut rest = object.strip_prefix('{')?;
    let mut members = Vec::new();
    while !rest.starts_with('}') {
        let (name, end) = take(rest)?;
        let (value, after) = split(rest[end..].strip_prefix(':')?)?;
        members.push((name, value));
        rest = after;
    }
    Some(members)
}

fn items(list: &str) -> Option<Vec<&str>> {
    let mut rest = list.strip_prefix('[')?;
    let mut items = Vec::new();
    while !rest.starts_with(']') {
        let (item, after) = split(rest)?;
        items.push(item);
        rest = after;
    }
    Some(items)
}

/// Returns the first of several values, and the text after the comma that follows it, if there is one.
fn split(values: &str) -> Option<(&str, &str)> {
    let (IgnoredAny, end) = take(values)?;
    let (value, rest) = values.split_at(end);
    Some((value, rest.strip_prefix(',').unwrap_or(rest)))
}

/// Decodes the first of several values, and returns the position of its end.
fn take<T: DeserializeOwned>(values: &str) -> Option<(T, usize)> {
    let mut values = Deserializer::from_str(values).into_iter();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}
