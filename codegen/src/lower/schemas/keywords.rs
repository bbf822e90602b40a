//! The keywords that a schema may have, and findings for the others.

use super::SchemaReader;
use super::json_type::JsonType;
use super::sets::SchemaSet;
use crate::document::{Node, Origin, Value};

/// Keywords that describe without limiting, and those that every kind of schema may have.
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
const FORKS: &[&str] = &["oneOf", "anyOf", "discriminator"];

/// What a value is, as far as that decides which keywords mean something.
#[derive(Clone, Copy)]
pub(crate) enum KeywordContext<'a> {
    /// A value of one type.
    Type(JsonType),
    /// One of some values, of these types; of any where there are none.
    Enumeration(&'a [JsonType]),
    /// Any value.
    Any,
}

impl SchemaReader<'_, '_> {
    /// Reports each keyword that is not among the given ones, at each place: as a mistake if it would limit the values, as
    /// one without effect if it limits only values of other types.
    pub(crate) fn refuse_keywords(&mut self, set: &SchemaSet, of: KeywordContext<'_>, supported: &[&str]) {
        for place in set.iter() {
            let Some(object) = self.resolved.node(place).and_then(Node::as_object) else { continue };
            for (name, member) in object {
                if is_allowed_anywhere(name, &member.node) || supported.contains(&name.as_str()) {
                    continue;
                }
                match (JsonType::limited_by(name), of.types()) {
                    (Some(ty), Some(types)) if types.iter().all(|own| own.meet(ty).is_none()) => {
                        if set.chosen_type().is_none() {
                            self.diagnostics.keyword_without_effect(place.key(name), name, of.context());
                        }
                    }
                    _ => self.diagnostics.unsupported_keyword(place.key(name), name, of.context()),
                }
            }
        }
    }

    pub(crate) fn refuse_keywords_at(&mut self, origin: &Origin, context: &str, supported: &[&str]) {
        let Some(object) = self.resolved.node(origin).and_then(Node::as_object) else { return };
        for (name, member) in object {
            if !is_allowed_anywhere(name, &member.node) && !supported.contains(&name.as_str()) {
                self.diagnostics.unsupported_keyword(origin.key(name), name, context);
            }
        }
    }

    /// Whether a schema says nothing that limits values but the given keywords.
    pub(crate) fn has_only(&self, origin: &Origin, keywords: &[&str]) -> bool {
        let object = self.resolved.node(origin).and_then(Node::as_object);
        object.is_none_or(|object| {
            object.keys().map(String::as_str).all(|name| {
                name.starts_with("x-") || keywords.contains(&name) || ANNOTATIONS.contains(&name) && name != "allOf"
            })
        })
    }
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

/// Whether a keyword limits nothing, or is read elsewhere.
fn is_allowed_anywhere(name: &str, node: &Node) -> bool {
    let is_default = node.value == Value::Bool(false) && !name.ends_with("Properties");
    ANNOTATIONS.contains(&name) || FORKS.contains(&name) || is_default || name.starts_with("x-")
}
