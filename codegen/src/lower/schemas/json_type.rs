//! The types of JSON that a value may have.

use serde_json::Value;

use crate::document::Node;

/// The types of JSON, as the keyword `type` calls them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

/// The keywords that constrain values of one type alone. Without `type`, such a keyword implies the type.
const KEYWORDS_OF_TYPES: &[(&str, JsonType)] = &[
    ("properties", JsonType::Object),
    ("required", JsonType::Object),
    ("additionalProperties", JsonType::Object),
    ("items", JsonType::Array),
    ("minItems", JsonType::Array),
    ("maxItems", JsonType::Array),
    ("uniqueItems", JsonType::Array),
    ("minProperties", JsonType::Object),
    ("maxProperties", JsonType::Object),
    ("minLength", JsonType::String),
    ("maxLength", JsonType::String),
    ("pattern", JsonType::String),
    ("minimum", JsonType::Number),
    ("maximum", JsonType::Number),
    ("multipleOf", JsonType::Number),
    ("exclusiveMinimum", JsonType::Number),
    ("exclusiveMaximum", JsonType::Number),
    ("patternProperties", JsonType::Object),
    ("propertyNames", JsonType::Object),
    ("unevaluatedProperties", JsonType::Object),
    ("dependentRequired", JsonType::Object),
    ("dependentSchemas", JsonType::Object),
    ("prefixItems", JsonType::Array),
    ("contains", JsonType::Array),
    ("minContains", JsonType::Array),
    ("maxContains", JsonType::Array),
    ("unevaluatedItems", JsonType::Array),
];

impl JsonType {
    /// The type that a keyword implies if there is no `type`.
    pub(crate) fn implied() -> impl Iterator<Item = (&'static str, Self)> {
        KEYWORDS_OF_TYPES.iter().copied()
    }

    /// The type whose values alone a keyword constrains.
    pub(crate) fn limited_by(keyword: &str) -> Option<Self> {
        KEYWORDS_OF_TYPES.iter().find(|(name, _)| *name == keyword).map(|(_, ty)| *ty)
    }

    /// The types that the value of `type` lists.
    pub(crate) fn list(node: &Node) -> Vec<Self> {
        let words = node.as_array().unwrap_or(std::slice::from_ref(node));
        let types: Vec<_> = words.iter().filter_map(|word| Self::parse(word.as_str()?)).collect();
        // Every integer is a number.
        let is_number = types.contains(&Self::Number);
        types.into_iter().filter(|ty| !(is_number && *ty == Self::Integer)).collect()
    }

    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    pub(crate) fn meet_all(some: &[Self], others: &[Self]) -> Vec<Self> {
        some.iter().flat_map(|ty| others.iter().filter_map(|other| ty.meet(*other))).collect()
    }

    /// The values that are of both types.
    pub(crate) fn meet(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Some(Self::Integer),
            _ => (self == other).then_some(self),
        }
    }

    /// Returns `true` if a value is of this type.
    pub(crate) fn has(self, value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Bool(_) => self == Self::Boolean,
            Value::Number(number) => self == Self::Number || self == Self::Integer && !number.is_f64(),
            Value::String(_) => self == Self::String,
            Value::Array(_) => self == Self::Array,
            Value::Object(_) => self == Self::Object,
        }
    }

    /// The name of an alternative of this type.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::String => "Text",
            Self::Integer => "Integer",
            Self::Number => "Number",
            Self::Boolean => "Boolean",
            Self::Array => "List",
            Self::Object => "Object",
        }
    }
}
