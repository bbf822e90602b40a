//! The expansion of values, as RFC 6570 defines it for URI templates.

use std::fmt::Write as _;

use serde::Serialize;

use crate::json;
use crate::json::writer::NotEncodable;
use crate::operation::parameters::encode::Literal;
use crate::operation::parameters::style::{Style, StyleKind};
use crate::operation::parameters::value::{Flat, Value};

/// The part of a request that holds a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// The text of a parameter, or `None` if nothing of its value is defined.
pub(crate) fn expand<T: Serialize + ?Sized>(
    location: Location,
    name: &str,
    style: Style,
    value: &T,
) -> Result<Option<String>, NotEncodable> {
    let expansion = Expansion::new(location, style);
    let value = match style.kind {
        StyleKind::Json => Value::Text(json_text(location, value)?),
        _ => Value::of(value)?,
    };
    let text = match (style.kind, value) {
        (StyleKind::DeepObject, value) => {
            let mut pairs = Vec::new();
            expansion.deep(&mut pairs, &encoded(name), value)?;
            (!pairs.is_empty()).then(|| pairs.join(expansion.between))
        }
        (StyleKind::Form, Value::Object(properties)) if style.explode => expansion.apart(properties)?,
        (_, value) => value.flat()?.map(|value| expansion.expand(name, value)),
    };
    Ok(text.or_else(|| style.allow_empty_value.then(|| format!("{}=", encoded(name)))))
}

/// The value as JSON. A header has no other way to hold characters beyond ASCII than their escapes.
fn json_text<T: Serialize + ?Sized>(location: Location, value: &T) -> Result<String, NotEncodable> {
    let text = json::encode(value).map_err(|_| NotEncodable)?;
    let text = String::from_utf8(text).map_err(|_| NotEncodable)?;
    Ok(if location == Location::Header { escaped(&text) } else { text })
}

fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() && character != '\u{7f}' {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string never fails.
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}

/// The rules of one style in one part of a request.
struct Expansion {
    /// The text before everything.
    first: &'static str,
    /// The text between values that are written apart.
    between: &'static str,
    /// The text between the values of one list or object.
    delimiter: &'static str,
    /// `true` if the name of the parameter is written.
    named: bool,
    /// The text behind a name whose value is empty.
    empty: &'static str,
    explode: bool,
    literal: Literal,
}

impl Expansion {
    fn new(location: Location, style: Style) -> Self {
        let (first, between) = match (style.kind, location) {
            (StyleKind::Label, _) => (".", "."),
            (StyleKind::Matrix, _) => (";", ";"),
            (_, Location::Query) => ("", "&"),
            (_, Location::Cookie) => ("", "; "),
            (_, Location::Path | Location::Header) => ("", ","),
        };
        let delimiter = match style.kind {
            StyleKind::SpaceDelimited => "%20",
            StyleKind::PipeDelimited => "%7C",
            _ => ",",
        };
        let named = style.kind == StyleKind::Matrix || matches!(location, Location::Query | Location::Cookie);
        let empty = if style.kind == StyleKind::Matrix { "" } else { "=" };
        let literal = match location {
            Location::Header => Literal::All,
            _ if style.allow_reserved => Literal::Reserved { commas: style.explode },
            _ => Literal::Unreserved,
        };
        Self { first, between, delimiter, named, empty, explode: style.explode, literal }
    }

    fn expand(&self, name: &str, value: Flat) -> String {
        let parts: Vec<String> = match value {
            Flat::Text(text) => vec![self.whole(name, &self.text(&text))],
            Flat::List(items) if self.explode => items.iter().map(|item| self.whole(name, &self.text(item))).collect(),
            Flat::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.text(item)).collect();
                vec![self.whole(name, &items.join(self.delimiter))]
            }
            Flat::Object(properties) if self.explode => {
                properties.iter().map(|(name, value)| self.pair(&self.name(name), &self.text(value))).collect()
            }
            Flat::Object(properties) => {
                let texts = properties.iter().flat_map(|(name, value)| [self.name(name), self.text(value)]);
                vec![self.whole(name, &texts.collect::<Vec<_>>().join(self.delimiter))]
            }
        };
        [self.first, &parts.join(self.between)].concat()
    }

    /// A value behind the name of the parameter, if it is written.
    fn whole(&self, name: &str, value: &str) -> String {
        if self.named { self.pair(&encoded(name), value) } else { value.to_owned() }
    }

    fn pair(&self, name: &str, value: &str) -> String {
        let empty = if self.named { self.empty } else { "=" };
        if value.is_empty() { [name, empty].concat() } else { [name, "=", value].concat() }
    }

    fn text(&self, value: &str) -> String {
        let mut text = String::with_capacity(value.len());
        self.literal.write(&mut text, value);
        text
    }

    /// The name of a property, in which no reserved character is literal.
    fn name(&self, name: &str) -> String {
        if self.literal == Literal::All { name.to_owned() } else { encoded(name) }
    }

    /// The properties of an object, each as if it were a parameter. A list is written as one.
    fn apart(&self, properties: Vec<(String, Value)>) -> Result<Option<String>, NotEncodable> {
        let mut parts = Vec::new();
        for (name, value) in properties {
            match value.flat()? {
                Some(Flat::Object(_)) => return Err(NotEncodable),
                value => parts.extend(value.map(|value| self.expand(&name, value))),
            }
        }
        Ok((!parts.is_empty()).then(|| parts.join(self.between)))
    }

    /// The pairs of an object whose properties have names in brackets, at any depth.
    fn deep(&self, pairs: &mut Vec<String>, name: &str, value: Value) -> Result<(), NotEncodable> {
        match value {
            Value::Undefined => {}
            Value::Text(text) => pairs.push(self.pair(name, &self.text(&text))),
            Value::Object(properties) => {
                for (property, value) in properties {
                    self.deep(pairs, &format!("{name}%5B{}%5D", encoded(&property)), value)?;
                }
            }
            list @ Value::List(_) => {
                if let Some(Flat::List(items)) = list.flat()? {
                    pairs.extend(items.iter().map(|item| self.pair(&format!("{name}%5B%5D"), &self.text(item))));
                }
            }
        }
        Ok(())
    }
}

fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    Literal::Unreserved.write(&mut text, name);
    text
}
