//! The keywords that a schema may have, and findings for the others.

use super::SchemaReader;
use super::json_type::JsonType;
use super::sets::SchemaSet;
use crate::document::{Cursor, Node, Value};

/// The extension with the property whose value declines a request.
pub(crate) const DECLINED: &str = "x-declined";

/// Keywords that do not constrain values, and those that every schema may have.
pub(crate) const ANNOTATIONS: &[&str] = &[
    "$defs",
    "allOf",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "example",
    "externalDocs",
    "format",
    "nullable",
    "readOnly",
    "title",
    "type",
    "writeOnly",
    "xml",
];

/// Keywords that are read before the type is known.
const READ_FIRST: &[&str] = &["oneOf", "anyOf", "discriminator"];

/// The kind of a value, which decides the keywords that have a meaning.
#[derive(Clone, Copy)]
pub(crate) enum KeywordContext<'a> {
    /// A value of one type.
    Type(JsonType),
    /// A value of a list, of one of these types; of any type if there are none.
    Enumeration(&'a [JsonType]),
    /// Any value.
    Any,
}

impl<'d> SchemaReader<'_, 'd> {
    /// Reports each keyword that is not supported: as an error if it would constrain the values, and as a warning if it
    /// constrains only values of other types.
    pub(crate) fn refuse_keywords(&mut self, set: &SchemaSet<'d>, of: KeywordContext<'_>, supported: &[&str]) {
        for schema in set.iter() {
            for name in unsupported_keywords(schema, supported) {
                match (JsonType::limited_by(name), of.types()) {
                    (Some(ty), Some(types)) if types.iter().all(|own| own.meet(ty).is_none()) => {
                        if set.chosen_type().is_none() {
                            self.diagnostics.keyword_without_effect(schema.key(name), name, of.context());
                        }
                    }
                    _ => self.diagnostics.unsupported_keyword(schema.key(name), name, of.context()),
                }
            }
        }
    }

    /// Reports each keyword of one schema that is not supported.
    pub(crate) fn refuse_keywords_at(&mut self, schema: &Cursor<'d>, context: &str, supported: &[&str]) {
        for name in unsupported_keywords(schema, supported) {
            self.diagnostics.unsupported_keyword(schema.key(name), name, context);
        }
    }
}

/// The keywords of a schema that constrain values and are not among the given ones.
fn unsupported_keywords<'d>(schema: &Cursor<'d>, supported: &[&str]) -> impl Iterator<Item = &'d str> {
    let keywords = schema.node().as_object().into_iter().flatten();
    let keywords = keywords.map(|(name, member)| (name.as_str(), &member.node));
    keywords.filter(|(name, node)| !is_allowed_anywhere(name, node) && !supported.contains(name)).map(|(name, _)| name)
}

/// Returns `true` if a schema has no keyword that constrains values but the given ones.
pub(crate) fn has_only(schema: &Cursor<'_>, keywords: &[&str]) -> bool {
    schema.node().as_object().into_iter().flat_map(|object| object.keys()).map(String::as_str).all(|name| {
        name.starts_with("x-") || keywords.contains(&name) || ANNOTATIONS.contains(&name) && name != "allOf"
    })
}

impl KeywordContext<'_> {
    fn types(&self) -> Option<&[JsonType]> {
        match self {
            Self::Type(ty) => Some(std::slice::from_ref(ty)),
            Self::Enumeration(types) => Some(types).filter(|types| !types.is_empty()).copied(),
            Self::Any => None,
        }
    }

    fn context(self) -> &'static str {
        match self {
            Self::Type(JsonType::String) => "on a string",
            Self::Type(JsonType::Integer) => "on an integer",
            Self::Type(JsonType::Number) => "on a number",
            Self::Type(JsonType::Boolean) => "on a boolean",
            Self::Type(JsonType::Array) => "on a list",
            Self::Type(JsonType::Object) => "on an object",
            Self::Enumeration(_) => "on an enumeration",
            Self::Any => "on a schema without `type`",
        }
    }
}

/// Returns `true` if a keyword does not constrain values, or is read elsewhere.
fn is_allowed_anywhere(name: &str, node: &Node) -> bool {
    let is_default = node.value == Value::Bool(false) && !name.ends_with("Properties");
    ANNOTATIONS.contains(&name) || READ_FIRST.contains(&name) || is_default || name.starts_with("x-")
}
