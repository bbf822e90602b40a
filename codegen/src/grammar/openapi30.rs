//! The objects of OpenAPI 3.0.3.

use super::ValueKind::{Any, Bool, BoolOr, Count, List, Map, Number, Object, Reference, Schema, Text, Word};
use super::{Keyword, ObjectName, Table, names, optional, required, table};

/// The keywords of an object.
pub(super) fn table_of(object: ObjectName) -> &'static Table {
    match object {
        ObjectName::Document => &DOCUMENT,
        ObjectName::Info => &INFO,
        ObjectName::Contact => &CONTACT,
        ObjectName::License => &LICENSE,
        ObjectName::Server => &SERVER,
        ObjectName::ServerVariable => &SERVER_VARIABLE,
        ObjectName::Components => &COMPONENTS,
        ObjectName::Paths => &PATHS,
        ObjectName::PathItem => &PATH_ITEM,
        ObjectName::Operation => &OPERATION,
        ObjectName::ExternalDocumentation => &EXTERNAL_DOCUMENTATION,
        ObjectName::Parameter => &PARAMETER,
        ObjectName::RequestBody => &REQUEST_BODY,
        ObjectName::MediaType => &MEDIA_TYPE,
        ObjectName::Encoding => &ENCODING,
        ObjectName::Responses => &RESPONSES,
        ObjectName::Response => &RESPONSE,
        ObjectName::Callback => &CALLBACK,
        ObjectName::Example => &EXAMPLE,
        ObjectName::Link => &LINK,
        ObjectName::Header => &HEADER,
        ObjectName::Tag => &TAG,
        ObjectName::Schema => &SCHEMA,
        ObjectName::Discriminator => &DISCRIMINATOR,
        ObjectName::Xml => &XML,
        ObjectName::SecurityScheme => &SECURITY_SCHEME,
        ObjectName::OAuthFlows => &OAUTH_FLOWS,
        ObjectName::OAuthFlow => &OAUTH_FLOW,
    }
}

pub(super) const DESCRIPTION: Keyword = optional("description", Text);
pub(super) const STYLE: Keyword =
    optional("style", Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]));

/// The whole description.
static DOCUMENT: Table = table(
    "OpenAPI Object",
    &[
        required("openapi", Text),
        required("info", Object(ObjectName::Info)),
        optional("servers", List(&Object(ObjectName::Server))),
        required("paths", Object(ObjectName::Paths)),
        optional("components", Object(ObjectName::Components)),
        optional("security", List(&Map(&List(&Text)))),
        optional("tags", List(&Object(ObjectName::Tag))),
        optional("externalDocs", Object(ObjectName::ExternalDocumentation)),
    ],
);

static INFO: Table = table(
    "Info Object",
    &[
        required("title", Text),
        DESCRIPTION,
        optional("termsOfService", Text),
        optional("contact", Object(ObjectName::Contact)),
        optional("license", Object(ObjectName::License)),
        required("version", Text),
    ],
);

static CONTACT: Table =
    table("Contact Object", &[optional("name", Text), optional("url", Text), optional("email", Text)]);

static LICENSE: Table = table("License Object", &[required("name", Text), optional("url", Text)]);

static SERVER: Table = table(
    "Server Object",
    &[required("url", Text), DESCRIPTION, optional("variables", Map(&Object(ObjectName::ServerVariable)))],
);

static SERVER_VARIABLE: Table =
    table("Server Variable Object", &[optional("enum", List(&Text)), required("default", Text), DESCRIPTION]);

static COMPONENTS: Table = table(
    "Components Object",
    &[
        optional("schemas", Map(&Schema)),
        optional("responses", Map(&Reference(ObjectName::Response))),
        optional("parameters", Map(&Reference(ObjectName::Parameter))),
        optional("examples", Map(&Reference(ObjectName::Example))),
        optional("requestBodies", Map(&Reference(ObjectName::RequestBody))),
        optional("headers", Map(&Reference(ObjectName::Header))),
        optional("securitySchemes", Map(&Reference(ObjectName::SecurityScheme))),
        optional("links", Map(&Reference(ObjectName::Link))),
        optional("callbacks", Map(&Reference(ObjectName::Callback))),
    ],
);

static PATHS: Table = names("Paths Object", |name| name.starts_with('/'), Object(ObjectName::PathItem));

static PATH_ITEM: Table = table(
    "Path Item Object",
    &[
        optional("$ref", Text),
        optional("summary", Text),
        DESCRIPTION,
        optional("get", Object(ObjectName::Operation)),
        optional("put", Object(ObjectName::Operation)),
        optional("post", Object(ObjectName::Operation)),
        optional("delete", Object(ObjectName::Operation)),
        optional("options", Object(ObjectName::Operation)),
        optional("head", Object(ObjectName::Operation)),
        optional("patch", Object(ObjectName::Operation)),
        optional("trace", Object(ObjectName::Operation)),
        optional("servers", List(&Object(ObjectName::Server))),
        optional("parameters", List(&Reference(ObjectName::Parameter))),
    ],
);

static OPERATION: Table = table(
    "Operation Object",
    &[
        optional("tags", List(&Text)),
        optional("summary", Text),
        DESCRIPTION,
        optional("externalDocs", Object(ObjectName::ExternalDocumentation)),
        optional("operationId", Text),
        optional("parameters", List(&Reference(ObjectName::Parameter))),
        optional("requestBody", Reference(ObjectName::RequestBody)),
        required("responses", Object(ObjectName::Responses)),
        optional("callbacks", Map(&Reference(ObjectName::Callback))),
        optional("deprecated", Bool),
        optional("security", List(&Map(&List(&Text)))),
        optional("servers", List(&Object(ObjectName::Server))),
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
        optional("schema", Schema),
        optional("example", Any),
        optional("examples", Map(&Reference(ObjectName::Example))),
        optional("content", Map(&Object(ObjectName::MediaType))),
    ],
);

static REQUEST_BODY: Table = table(
    "Request Body Object",
    &[DESCRIPTION, required("content", Map(&Object(ObjectName::MediaType))), optional("required", Bool)],
);

static MEDIA_TYPE: Table = table(
    "Media Type Object",
    &[
        optional("schema", Schema),
        optional("example", Any),
        optional("examples", Map(&Reference(ObjectName::Example))),
        optional("encoding", Map(&Object(ObjectName::Encoding))),
    ],
);

static ENCODING: Table = table(
    "Encoding Object",
    &[
        optional("contentType", Text),
        optional("headers", Map(&Reference(ObjectName::Header))),
        STYLE,
        optional("explode", Bool),
        optional("allowReserved", Bool),
    ],
);

static RESPONSES: Table = names("Responses Object", is_status, Reference(ObjectName::Response));

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
        optional("headers", Map(&Reference(ObjectName::Header))),
        optional("content", Map(&Object(ObjectName::MediaType))),
        optional("links", Map(&Reference(ObjectName::Link))),
    ],
);

static CALLBACK: Table = names("Callback Object", |_| true, Object(ObjectName::PathItem));

static EXAMPLE: Table = table(
    "Example Object",
    &[optional("summary", Text), DESCRIPTION, optional("value", Any), optional("externalValue", Text)],
);

static LINK: Table = table(
    "Link Object",
    &[
        optional("operationRef", Text),
        optional("operationId", Text),
        optional("parameters", Map(&Any)),
        optional("requestBody", Any),
        DESCRIPTION,
        optional("server", Object(ObjectName::Server)),
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
        optional("schema", Schema),
        optional("example", Any),
        optional("examples", Map(&Reference(ObjectName::Example))),
        optional("content", Map(&Object(ObjectName::MediaType))),
    ],
);

static TAG: Table = table(
    "Tag Object",
    &[required("name", Text), DESCRIPTION, optional("externalDocs", Object(ObjectName::ExternalDocumentation))],
);

/// A schema in the dialect of OpenAPI 3.0.
static SCHEMA: Table = Table {
    instead: INSTEAD,
    ..table(
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
            optional("required", List(&Text)),
            optional("enum", List(&Any)),
            optional("type", Word(&["string", "number", "integer", "boolean", "array", "object"])),
            optional("allOf", List(&Schema)),
            optional("oneOf", List(&Schema)),
            optional("anyOf", List(&Schema)),
            optional("not", Schema),
            optional("items", Schema),
            optional("properties", Map(&Schema)),
            optional("additionalProperties", BoolOr(&Schema)),
            DESCRIPTION,
            optional("format", Text),
            optional("default", Any),
            optional("nullable", Bool),
            optional("discriminator", Object(ObjectName::Discriminator)),
            optional("readOnly", Bool),
            optional("writeOnly", Bool),
            optional("xml", Object(ObjectName::Xml)),
            optional("externalDocs", Object(ObjectName::ExternalDocumentation)),
            optional("example", Any),
            optional("deprecated", Bool),
        ],
    )
};

/// The equivalents of keywords of OpenAPI 3.1.
const INSTEAD: &[(&str, &str)] = &[
    ("const", "in OpenAPI 3.0, use an `enum` with one value"),
    ("examples", "in OpenAPI 3.0, a schema has one `example`"),
    ("type", "in OpenAPI 3.0, a schema has one type; add `nullable: true` to allow null"),
    ("exclusiveMinimum", "in OpenAPI 3.0, the bound is `minimum`, and `exclusiveMinimum: true` excludes it"),
    ("exclusiveMaximum", "in OpenAPI 3.0, the bound is `maximum`, and `exclusiveMaximum: true` excludes it"),
];

static DISCRIMINATOR: Table =
    table("Discriminator Object", &[required("propertyName", Text), optional("mapping", Map(&Text))]);

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
        optional("flows", Object(ObjectName::OAuthFlows)),
        optional("openIdConnectUrl", Text),
    ],
);

static OAUTH_FLOWS: Table = table(
    "OAuth Flows Object",
    &[
        optional("implicit", Object(ObjectName::OAuthFlow)),
        optional("password", Object(ObjectName::OAuthFlow)),
        optional("clientCredentials", Object(ObjectName::OAuthFlow)),
        optional("authorizationCode", Object(ObjectName::OAuthFlow)),
    ],
);

static OAUTH_FLOW: Table = table(
    "OAuth Flow Object",
    &[
        optional("authorizationUrl", Text),
        optional("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);
