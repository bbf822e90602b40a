//! The objects of OpenAPI and overlays with their keywords, as tables, one for each object and version.
//!
//! A description is compared with these tables before anything else reads it, so that a misspelt keyword is an error. The
//! meaning of a keyword is for [`lower`](crate::lower).

mod openapi30;
mod openapi31;
pub(crate) mod overlay;

use std::borrow::Cow;
use std::fmt;

/// A supported version of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// 3.0, whose schemas are a dialect of JSON Schema.
    V30,
    /// 3.1, whose schemas are JSON Schema 2020-12 with additional keywords.
    V31,
}

/// An object of the specification, in either version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectName {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocumentation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
}

/// The keywords of an object.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its name in the specification: `Schema Object`.
    pub(crate) name: &'static str,
    /// The fixed fields.
    pub(crate) keywords: &'static [Keyword],
    /// The patterned fields.
    pub(crate) patterned: Option<Patterned>,
    /// At least one of these keywords is required, unless the list is empty.
    pub(crate) any_of: &'static [&'static str],
    /// Help texts for keywords that only the other version has, or that have another kind of value there.
    pub(crate) instead: &'static [(&'static str, &'static str)],
}

/// Fields whose names the author chooses: a test of names, and the kind of the values.
type Patterned = (fn(&str) -> bool, ValueKind);

/// A fixed field of an object.
#[derive(Debug)]
pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    pub(crate) kind: ValueKind,
    pub(crate) required: bool,
}

/// The kind of the value of a keyword.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ValueKind {
    /// Any value, not checked further.
    Any,
    /// `true` or `false`.
    Bool,
    /// A string.
    Text,
    /// A number.
    Number,
    /// A non-negative integer.
    Count,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// One of these strings, or a non-empty list of them.
    Words(&'static [&'static str]),
    /// A list.
    List(&'static ValueKind),
    /// An object whose property names the author chooses.
    Map(&'static ValueKind),
    /// A boolean or the other kind.
    BoolOr(&'static ValueKind),
    /// An object.
    Object(ObjectName),
    /// An object or a Reference Object that leads to one.
    Reference(ObjectName),
    /// A schema. In 3.0 it may be a Reference Object instead; in 3.1 it may be a boolean, and `$ref` is a keyword of it.
    Schema,
    /// Any value of a keyword that is not supported; the text is the help of the finding.
    Refused(&'static str),
}

impl Version {
    /// Parses the value of `openapi`; `None` for an unsupported version.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (version, patch) = text.rsplit_once('.')?;
        let is_number = !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
        match version {
            "3.0" if is_number => Some(Self::V30),
            "3.1" if is_number => Some(Self::V31),
            _ => None,
        }
    }

    /// The keywords of an object in this version.
    pub(crate) fn table(self, object: ObjectName) -> &'static Table {
        match self {
            Self::V30 => openapi30::table_of(object),
            Self::V31 => openapi31::table_of(object),
        }
    }

    /// The object that the grammar allows at a pointer into a whole document.
    pub(crate) fn object_at<'a>(self, tokens: impl Iterator<Item = Cow<'a, str>>) -> Option<ObjectName> {
        let mut kind = ValueKind::Object(ObjectName::Document);
        for token in tokens {
            kind = match kind {
                ValueKind::Map(kind) | ValueKind::List(kind) => *kind,
                kind => self.table(kind.object()?).kind(&token)?,
            };
        }
        kind.object()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V30 => "OpenAPI 3.0",
            Self::V31 => "OpenAPI 3.1",
        })
    }
}

impl ObjectName {
    /// The kind of value that a reference to this object must lead to.
    pub(crate) fn kind(self) -> ValueKind {
        match self {
            Self::Schema => ValueKind::Schema,
            // A path item has a `$ref` of its own.
            Self::Document | Self::PathItem => ValueKind::Object(self),
            _ => ValueKind::Reference(self),
        }
    }
}

impl ValueKind {
    /// The object of this kind, if it is an object, a reference to one, or a boolean or one.
    fn object(self) -> Option<ObjectName> {
        match self {
            Self::Object(name) | Self::Reference(name) => Some(name),
            Self::Schema => Some(ObjectName::Schema),
            Self::BoolOr(kind) => kind.object(),
            _ => None,
        }
    }
}

impl Table {
    /// The keyword of this name.
    pub(crate) fn keyword(&self, name: &str) -> Option<&'static Keyword> {
        self.keywords.iter().find(|keyword| keyword.name == name)
    }

    /// The kind of the value of a property.
    pub(crate) fn kind(&self, name: &str) -> Option<ValueKind> {
        self.keyword(name)
            .map(|keyword| keyword.kind)
            .or_else(|| self.patterned.as_ref().filter(|(accepts, _)| accepts(name)).map(|(_, kind)| *kind))
    }

    /// The help text for a keyword of the other version.
    pub(crate) fn instead(&self, name: &str) -> Option<&'static str> {
        self.instead.iter().find(|(keyword, _)| *keyword == name).map(|(_, help)| *help)
    }
}

/// An optional keyword.
pub(crate) const fn optional(name: &'static str, kind: ValueKind) -> Keyword {
    Keyword { name, kind, required: false }
}

/// A required keyword.
pub(crate) const fn required(name: &'static str, kind: ValueKind) -> Keyword {
    Keyword { name, kind, required: true }
}

/// An object with fixed fields only.
pub(crate) const fn table(name: &'static str, keywords: &'static [Keyword]) -> Table {
    Table { name, keywords, patterned: None, any_of: &[], instead: &[] }
}

/// An object whose field names the author chooses.
const fn names(name: &'static str, accepts: fn(&str) -> bool, kind: ValueKind) -> Table {
    Table { patterned: Some((accepts, kind)), ..table(name, &[]) }
}

/// The kind of a value for messages.
pub(crate) fn expected(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Any | ValueKind::Refused(_) => "a value",
        ValueKind::Bool => "a boolean",
        ValueKind::Text | ValueKind::Word(_) => "a string",
        ValueKind::Words(_) => "a string or a list of strings",
        ValueKind::Number => "a number",
        ValueKind::Count => "a non-negative integer",
        ValueKind::List(_) => "a list",
        ValueKind::Map(_) | ValueKind::Object(_) | ValueKind::Reference(_) | ValueKind::Schema => "an object",
        ValueKind::BoolOr(_) => "a boolean or an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patches_of_two_versions_are_read() {
        assert_eq!(Version::parse("3.0.3"), Some(Version::V30));
        assert_eq!(Version::parse("3.1.2"), Some(Version::V31));
        for text in ["3.1", "3.1.", "3.2.0", "3.1.0-rc1", "2.0", "31.0", "3.10.0", ""] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[track_caller]
    fn check_object_at(version: Version, pointer: &str, expected: Option<ObjectName>) {
        let pointer = crate::document::JsonPointer::parse(pointer).expect("the pointer starts with a slash");
        assert_eq!(version.object_at(pointer.tokens()), expected);
    }

    #[test]
    fn the_grammar_gives_pointers_their_objects() {
        check_object_at(Version::V30, "", Some(ObjectName::Document));
        check_object_at(Version::V30, "/paths/~1a/post/requestBody", Some(ObjectName::RequestBody));
        check_object_at(Version::V30, "/components/schemas/A/additionalProperties", Some(ObjectName::Schema));
        check_object_at(Version::V30, "/components/schemas/A/enum/0", None);
        check_object_at(Version::V30, "/components/schemas/A/$defs/B", None);
        check_object_at(Version::V31, "/components/schemas/A/$defs/B/allOf/0", Some(ObjectName::Schema));
        check_object_at(Version::V31, "/webhooks/a/post", Some(ObjectName::Operation));
        check_object_at(Version::V31, "/components/pathItems/a", Some(ObjectName::PathItem));
    }
}
