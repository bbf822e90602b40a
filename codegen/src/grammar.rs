//! The objects of OpenAPI and the keywords each may hold, as the two versions that are read list them.
//!
//! `openapiv3` drops a misspelt keyword without a word, so the raw text is compared with these tables first. What a
//! keyword means is for [`lower`](crate::lower).

mod openapi30;
mod openapi31;
pub(crate) mod overlay;

use std::borrow::Cow;
use std::fmt;

/// The versions that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// 3.0, whose schemas are a dialect of their own.
    V30,
    /// 3.1, whose schemas are those of JSON Schema 2020-12 and a few keywords more.
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
    pub(crate) members: &'static [Keyword],
    /// The patterned fields.
    pub(crate) patterned: Option<Patterned>,
    /// Of these at least one must be there; none where the list is empty.
    pub(crate) any_of: &'static [&'static str],
    /// Keywords that the other version has, or gives another kind of value, and how this one says it.
    pub(crate) instead: &'static [(&'static str, &'static str)],
}

/// Fields whose names belong to the author: which are accepted, and what they hold.
type Patterned = (fn(&str) -> bool, Kind);

/// A fixed field of an object.
#[derive(Debug)]
pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// What a keyword holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Any value; its inside belongs to the author.
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
    /// One of these strings, or a list of them that is not empty.
    Words(&'static [&'static str]),
    /// A list.
    List(&'static Kind),
    /// An object whose member names belong to the author.
    Map(&'static Kind),
    /// A boolean or the other kind.
    BoolOr(&'static Kind),
    /// An object.
    Object(ObjectName),
    /// An object or a Reference Object that leads to one.
    Reference(ObjectName),
    /// A schema. In 3.0 it may be a Reference Object instead; in 3.1 it may be a boolean, and `$ref` is a keyword of it.
    Schema,
    /// Any value, of a keyword that is known and refused; the text tells what to do.
    Refused(&'static str),
}

impl Version {
    /// The version that the keyword `openapi` names; `None` for those that are not read.
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

    /// The object at a place in a whole document, by the grammar alone.
    pub(crate) fn object_at<'a>(self, tokens: impl Iterator<Item = Cow<'a, str>>) -> Option<ObjectName> {
        let mut kind = Kind::Object(ObjectName::Document);
        for token in tokens {
            kind = match kind {
                Kind::Map(kind) | Kind::List(kind) => *kind,
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
    /// What may stand where a reference must lead to this object.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Schema => Kind::Schema,
            // A path item has a `$ref` of its own.
            Self::Document | Self::PathItem => Kind::Object(self),
            _ => Kind::Reference(self),
        }
    }
}

impl Kind {
    /// The object that is held, perhaps beside a boolean or behind a reference.
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
        self.members.iter().find(|keyword| keyword.name == name)
    }

    /// What a member of this name holds.
    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        self.keyword(name)
            .map(|keyword| keyword.kind)
            .or_else(|| self.patterned.as_ref().filter(|(accepts, _)| accepts(name)).map(|(_, kind)| *kind))
    }

    /// How this version says what a keyword of the other version means.
    pub(crate) fn instead(&self, name: &str) -> Option<&'static str> {
        self.instead.iter().find(|(keyword, _)| *keyword == name).map(|(_, help)| *help)
    }
}

/// A keyword that may be left out.
pub(crate) const fn optional(name: &'static str, kind: Kind) -> Keyword {
    Keyword { name, kind, required: false }
}

/// A keyword that must be there.
pub(crate) const fn required(name: &'static str, kind: Kind) -> Keyword {
    Keyword { name, kind, required: true }
}

/// An object with fixed fields only.
pub(crate) const fn table(name: &'static str, members: &'static [Keyword]) -> Table {
    Table { name, members, patterned: None, any_of: &[], instead: &[] }
}

/// An object whose fields are named by the author.
const fn names(name: &'static str, accepts: fn(&str) -> bool, kind: Kind) -> Table {
    Table { patterned: Some((accepts, kind)), ..table(name, &[]) }
}

/// What a keyword holds, for messages.
pub(crate) fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Any | Kind::Refused(_) => "a value",
        Kind::Bool => "a boolean",
        Kind::Text | Kind::Word(_) => "a string",
        Kind::Words(_) => "a string or a list of strings",
        Kind::Number => "a number",
        Kind::Count => "a non-negative integer",
        Kind::List(_) => "a list",
        Kind::Map(_) | Kind::Object(_) | Kind::Reference(_) | Kind::Schema => "an object",
        Kind::BoolOr(_) => "a boolean or an object",
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
    fn the_grammar_tells_what_stands_where() {
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
