//! JSON, parsed by `jsonc-parser` in strict accordance with RFC 8259.

use indexmap::map::Entry;
use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{MAX_DEPTH, MAX_POINTER, number};
use crate::Diagnostics;
use crate::document::{Location, Node, Object, Origin, Property, Source, Span, Value};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Parses JSON; syntax errors go to `diagnostics`.
pub(crate) fn parse_json(source: &Source, number: u32, diagnostics: &mut Diagnostics) -> Option<Node> {
    let origin = Origin::file(&source.name);
    match parse_to_ast(&source.text, &CollectOptions::default(), &STRICT).map(|parsed| parsed.value) {
        Ok(Some(value)) => return Builder { diagnostics, origin, number, depth: 0 }.node(value),
        Ok(None) => diagnostics.empty_document(origin, Span::new(0, 0, number)),
        Err(error) => diagnostics.syntax_error(origin, span(error.range(), number), &error.kind().to_string()),
    }
    None
}

struct Builder<'a> {
    diagnostics: &'a mut Diagnostics,
    origin: Origin,
    /// The number of the text.
    number: u32,
    depth: usize,
}

impl Builder<'_> {
    fn node(&mut self, value: ast::Value<'_>) -> Option<Node> {
        let span = span(value.range(), self.number);
        let has_parts = matches!(value, ast::Value::Array(_) | ast::Value::Object(_));
        if self.depth == MAX_DEPTH || has_parts && self.origin.pointer.len() > MAX_POINTER {
            self.diagnostics.too_deep(Location::text(self.origin.clone(), span));
            return None;
        }
        self.depth += 1;
        let value = match value {
            ast::Value::NullKeyword(_) => Some(Value::Null),
            ast::Value::BooleanLit(literal) => Some(Value::Bool(literal.value)),
            ast::Value::NumberLit(literal) => self.json_number(literal.value, span),
            ast::Value::StringLit(literal) => Some(Value::String(literal.value.into_owned())),
            ast::Value::Array(array) => Some(Value::Array(self.items(array.elements))),
            ast::Value::Object(object) => Some(Value::Object(self.object(object.properties))),
        };
        self.depth -= 1;
        value.map(|value| Node { span, value })
    }

    fn json_number(&mut self, text: &str, span: Span) -> Option<Value> {
        let number = number(text).map(Value::Number);
        if number.is_none() {
            self.diagnostics.not_a_json_number(self.origin.clone(), span, text);
        }
        number
    }

    fn items(&mut self, elements: Vec<ast::Value<'_>>) -> Vec<Node> {
        let mut items = Vec::with_capacity(elements.len());
        for (index, element) in elements.into_iter().enumerate() {
            self.origin.pointer.push(&index.to_string());
            items.extend(self.node(element));
            self.origin.pointer.pop();
        }
        items
    }

    fn object(&mut self, properties: Vec<ast::ObjectProp<'_>>) -> Object {
        let mut object = Object::with_capacity(properties.len());
        for property in properties {
            let (name, key) = match property.name {
                ObjectPropName::String(literal) => (literal.value.into_owned(), span(literal.range, self.number)),
                ObjectPropName::Word(literal) => (literal.value.to_owned(), span(literal.range, self.number)),
            };
            self.origin.pointer.push(&name);
            let node = self.node(property.value);
            self.origin.pointer.pop();
            match object.entry(name) {
                Entry::Occupied(first) => {
                    self.diagnostics.duplicate_key(self.origin.clone(), key, first.key());
                }
                Entry::Vacant(entry) => {
                    if let Some(node) = node {
                        entry.insert(Property { key, node });
                    }
                }
            }
        }
        object
    }
}

/// Offsets fit into 32 bits, because larger texts are not parsed.
fn span(range: Range, number: u32) -> Span {
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(offset(range.start), offset(range.end), number)
}
