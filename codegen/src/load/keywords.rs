//! The objects of OpenAPI 3.0.3 and the keywords each may hold, as the specification lists them.
//!
//! `openapiv3` drops a misspelt keyword without a word, so the raw text is compared with these tables first. What a
//! keyword means is for [`lower`](crate::lower).

use Kind::{Any, Bool, BoolOr, Count, List, Map, Number, Object, Reference, Text, Word};

/// An object of the specification.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its name there: `Schema Object`.
    pub(crate) name: &'static str,
    /// The fixed fields.
    pub(crate) members: &'static [Keyword],
    /// The patterned fields.
    pub(crate) patterned: Option<Patterned>,
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
    /// A list.
    List(&'static Kind),
    /// An object whose member names belong to the author.
    Map(&'static Kind),
    /// A boolean or the other kind.
    BoolOr(&'static Kind),
    /// An object.
    Object(&'static Table),
    /// An object or a Reference Object that leads to one.
    Reference(&'static Table),
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
}

const fn optional(name: &'static str, kind: Kind) -> Keyword {
    Keyword { name, kind, required: false }
}

const fn required(name: &'static str, kind: Kind) -> Keyword {
    Keyword { name, kind, required: true }
}

/// An object with fixed fields only.
const fn table(name: &'static str, members: &'static [Keyword]) -> Table {
    Table { name, members, patterned: None }
}

const DESCRIPTION: Keyword = optional("description", Text);
const STYLE: Keyword =
    optional("style", Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]));

/// Kinds that lists and maps are made of; statics, since the tables refer to one another in circles.
macro_rules! parts {
    ($($name:ident = $kind:expr;)*) => { $(static $name: Kind = $kind;)* };
}

parts! {
    ANY = Any;
    TEXT = Text;
    TEXTS = List(&TEXT);
    REQUIREMENT = Map(&TEXTS);
    A_SCHEMA = Reference(&SCHEMA);
    A_RESPONSE = Reference(&RESPONSE);
    A_PARAMETER = Reference(&PARAMETER);
    AN_EXAMPLE = Reference(&EXAMPLE);
    A_REQUEST_BODY = Reference(&REQUEST_BODY);
    A_HEADER = Reference(&HEADER);
    A_SECURITY_SCHEME = Reference(&SECURITY_SCHEME);
    A_LINK = Reference(&LINK);
    A_CALLBACK = Reference(&CALLBACK);
    A_MEDIA_TYPE = Object(&MEDIA_TYPE);
    AN_ENCODING = Object(&ENCODING);
    A_SERVER = Object(&SERVER);
    A_SERVER_VARIABLE = Object(&SERVER_VARIABLE);
    A_TAG = Object(&TAG);
}

/// The whole description.
pub(crate) static DOCUMENT: Table = table(
    "OpenAPI Object",
    &[
        required("openapi", Text),
        required("info", Object(&INFO)),
        optional("servers", List(&A_SERVER)),
        required("paths", Object(&PATHS)),
        optional("components", Object(&COMPONENTS)),
        optional("security", List(&REQUIREMENT)),
        optional("tags", List(&A_TAG)),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
    ],
);

static INFO: Table = table(
    "Info Object",
    &[
        required("title", Text),
        DESCRIPTION,
        optional("termsOfService", Text),
        optional("contact", Object(&CONTACT)),
        optional("license", Object(&LICENSE)),
        required("version", Text),
    ],
);

static CONTACT: Table =
    table("Contact Object", &[optional("name", Text), optional("url", Text), optional("email", Text)]);

static LICENSE: Table = table("License Object", &[required("name", Text), optional("url", Text)]);

static SERVER: Table =
    table("Server Object", &[required("url", Text), DESCRIPTION, optional("variables", Map(&A_SERVER_VARIABLE))]);

static SERVER_VARIABLE: Table =
    table("Server Variable Object", &[optional("enum", List(&TEXT)), required("default", Text), DESCRIPTION]);

static COMPONENTS: Table = table(
    "Components Object",
    &[
        optional("schemas", Map(&A_SCHEMA)),
        optional("responses", Map(&A_RESPONSE)),
        optional("parameters", Map(&A_PARAMETER)),
        optional("examples", Map(&AN_EXAMPLE)),
        optional("requestBodies", Map(&A_REQUEST_BODY)),
        optional("headers", Map(&A_HEADER)),
        optional("securitySchemes", Map(&A_SECURITY_SCHEME)),
        optional("links", Map(&A_LINK)),
        optional("callbacks", Map(&A_CALLBACK)),
    ],
);

static PATHS: Table =
    Table { name: "Paths Object", members: &[], patterned: Some((|name| name.starts_with('/'), Object(&PATH_ITEM))) };

static PATH_ITEM: Table = table(
    "Path Item Object",
    &[
        optional("$ref", Text),
        optional("summary", Text),
        DESCRIPTION,
        optional("get", Object(&OPERATION)),
        optional("put", Object(&OPERATION)),
        optional("post", Object(&OPERATION)),
        optional("delete", Object(&OPERATION)),
        optional("options", Object(&OPERATION)),
        optional("head", Object(&OPERATION)),
        optional("patch", Object(&OPERATION)),
        optional("trace", Object(&OPERATION)),
        optional("servers", List(&A_SERVER)),
        optional("parameters", List(&A_PARAMETER)),
    ],
);

static OPERATION: Table = table(
    "Operation Object",
    &[
        optional("tags", List(&TEXT)),
        optional("summary", Text),
        DESCRIPTION,
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("operationId", Text),
        optional("parameters", List(&A_PARAMETER)),
        optional("requestBody", Reference(&REQUEST_BODY)),
        required("responses", Object(&RESPONSES)),
        optional("callbacks", Map(&A_CALLBACK)),
        optional("deprecated", Bool),
        optional("security", List(&REQUIREMENT)),
        optional("servers", List(&A_SERVER)),
    ],
);

static EXTERNAL_DOCUMENTATION: Table = table("External Documentation Object", &[DESCRIPTION, required("url", Text)]);

static PARAMETER: Table = table(
    "Parameter Object",
    &[
        required("name", Text),
        required("in", Word(&["query", "header", "path", "cookie"])),
        DESCRIPTION,
        optional("required", Bool),
        optional("deprecated", Bool),
        optional("allowEmptyValue", Bool),
        STYLE,
        optional("explode", Bool),
        optional("allowReserved", Bool),
        optional("schema", Reference(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&AN_EXAMPLE)),
        optional("content", Map(&A_MEDIA_TYPE)),
    ],
);

static REQUEST_BODY: Table =
    table("Request Body Object", &[DESCRIPTION, required("content", Map(&A_MEDIA_TYPE)), optional("required", Bool)]);

static MEDIA_TYPE: Table = table(
    "Media Type Object",
    &[
        optional("schema", Reference(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&AN_EXAMPLE)),
        optional("encoding", Map(&AN_ENCODING)),
    ],
);

static ENCODING: Table = table(
    "Encoding Object",
    &[
        optional("contentType", Text),
        optional("headers", Map(&A_HEADER)),
        STYLE,
        optional("explode", Bool),
        optional("allowReserved", Bool),
    ],
);

static RESPONSES: Table =
    Table { name: "Responses Object", members: &[], patterned: Some((is_status, Reference(&RESPONSE))) };

/// `default`, `404` or `4XX`.
fn is_status(name: &str) -> bool {
    name == "default"
        || matches!(name.as_bytes(), [b'1'..=b'5', b'X', b'X'])
        || matches!(name.as_bytes(), [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'])
}

static RESPONSE: Table = table(
    "Response Object",
    &[
        required("description", Text),
        optional("headers", Map(&A_HEADER)),
        optional("content", Map(&A_MEDIA_TYPE)),
        optional("links", Map(&A_LINK)),
    ],
);

static CALLBACK: Table =
    Table { name: "Callback Object", members: &[], patterned: Some((|_| true, Object(&PATH_ITEM))) };

static EXAMPLE: Table = table(
    "Example Object",
    &[optional("summary", Text), DESCRIPTION, optional("value", Any), optional("externalValue", Text)],
);

static LINK: Table = table(
    "Link Object",
    &[
        optional("operationRef", Text),
        optional("operationId", Text),
        optional("parameters", Map(&ANY)),
        optional("requestBody", Any),
        DESCRIPTION,
        optional("server", Object(&SERVER)),
    ],
);

static HEADER: Table = table(
    "Header Object",
    &[
        DESCRIPTION,
        optional("required", Bool),
        optional("deprecated", Bool),
        optional("allowEmptyValue", Bool),
        STYLE,
        optional("explode", Bool),
        optional("allowReserved", Bool),
        optional("schema", Reference(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&AN_EXAMPLE)),
        optional("content", Map(&A_MEDIA_TYPE)),
    ],
);

static TAG: Table = table(
    "Tag Object",
    &[required("name", Text), DESCRIPTION, optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION))],
);

/// A schema in the dialect of OpenAPI 3.0.
pub(crate) static SCHEMA: Table = table(
    "Schema Object",
    &[
        optional("title", Text),
        optional("multipleOf", Number),
        optional("maximum", Number),
        optional("exclusiveMaximum", Bool),
        optional("minimum", Number),
        optional("exclusiveMinimum", Bool),
        optional("maxLength", Count),
        optional("minLength", Count),
        optional("pattern", Text),
        optional("maxItems", Count),
        optional("minItems", Count),
        optional("uniqueItems", Bool),
        optional("maxProperties", Count),
        optional("minProperties", Count),
        optional("required", List(&TEXT)),
        optional("enum", List(&ANY)),
        optional("type", Word(&["string", "number", "integer", "boolean", "array", "object"])),
        optional("allOf", List(&A_SCHEMA)),
        optional("oneOf", List(&A_SCHEMA)),
        optional("anyOf", List(&A_SCHEMA)),
        optional("not", Reference(&SCHEMA)),
        optional("items", Reference(&SCHEMA)),
        optional("properties", Map(&A_SCHEMA)),
        optional("additionalProperties", BoolOr(&A_SCHEMA)),
        DESCRIPTION,
        optional("format", Text),
        optional("default", Any),
        optional("nullable", Bool),
        optional("discriminator", Object(&DISCRIMINATOR)),
        optional("readOnly", Bool),
        optional("writeOnly", Bool),
        optional("xml", Object(&XML)),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("example", Any),
        optional("deprecated", Bool),
    ],
);

static DISCRIMINATOR: Table =
    table("Discriminator Object", &[required("propertyName", Text), optional("mapping", Map(&TEXT))]);

static XML: Table = table(
    "XML Object",
    &[
        optional("name", Text),
        optional("namespace", Text),
        optional("prefix", Text),
        optional("attribute", Bool),
        optional("wrapped", Bool),
    ],
);

static SECURITY_SCHEME: Table = table(
    "Security Scheme Object",
    &[
        required("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        DESCRIPTION,
        optional("name", Text),
        optional("in", Word(&["query", "header", "cookie"])),
        optional("scheme", Text),
        optional("bearerFormat", Text),
        optional("flows", Object(&OAUTH_FLOWS)),
        optional("openIdConnectUrl", Text),
    ],
);

static OAUTH_FLOWS: Table = table(
    "OAuth Flows Object",
    &[
        optional("implicit", Object(&OAUTH_FLOW)),
        optional("password", Object(&OAUTH_FLOW)),
        optional("clientCredentials", Object(&OAUTH_FLOW)),
        optional("authorizationCode", Object(&OAUTH_FLOW)),
    ],
);

static OAUTH_FLOW: Table = table(
    "OAuth Flow Object",
    &[
        optional("authorizationUrl", Text),
        optional("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&TEXT)),
    ],
);
