//! The objects of OpenAPI 3.1 that differ from those of 3.0.
//!
//! A schema may have every keyword of the vocabularies of JSON Schema 2020-12, and those that OpenAPI adds.

use super::ValueKind::{
    Any, Bool, BoolOr, Count, List, Map, Number, Object, Reference, Refused, Schema, Text, Word, Words,
};
use super::openapi30::{self, DESCRIPTION};
use super::{ObjectName, Table, optional, required, table};

/// The keywords of an object.
pub(super) fn table_of(object: ObjectName) -> &'static Table {
    match object {
        ObjectName::Document => &DOCUMENT,
        ObjectName::Info => &INFO,
        ObjectName::License => &LICENSE,
        ObjectName::Components => &COMPONENTS,
        ObjectName::Operation => &OPERATION,
        ObjectName::Schema => &SCHEMA,
        ObjectName::SecurityScheme => &SECURITY_SCHEME,
        same => openapi30::table_of(same),
    }
}

/// The supported dialects of schemas; an empty fragment changes nothing.
const DIALECTS: &[&str] = &[
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2020-12/schema#",
];

/// The whole description.
static DOCUMENT: Table = Table {
    any_of: &["paths", "webhooks", "components"],
    ..table(
        "OpenAPI Object",
        &[
            required("openapi", Text),
            required("info", Object(ObjectName::Info)),
            optional("jsonSchemaDialect", Word(DIALECTS)),
            optional("servers", List(&Object(ObjectName::Server))),
            optional("paths", Object(ObjectName::Paths)),
            optional("webhooks", Map(&Object(ObjectName::PathItem))),
            optional("components", Object(ObjectName::Components)),
            optional("security", List(&Map(&List(&Text)))),
            optional("tags", List(&Object(ObjectName::Tag))),
            optional("externalDocs", Object(ObjectName::ExternalDocumentation)),
        ],
    )
};

static INFO: Table = table(
    "Info Object",
    &[
        required("title", Text),
        optional("summary", Text),
        DESCRIPTION,
        optional("termsOfService", Text),
        optional("contact", Object(ObjectName::Contact)),
        optional("license", Object(ObjectName::License)),
        required("version", Text),
    ],
);

static LICENSE: Table =
    table("License Object", &[required("name", Text), optional("identifier", Text), optional("url", Text)]);

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
        optional("pathItems", Map(&Object(ObjectName::PathItem))),
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
        optional("responses", Object(ObjectName::Responses)),
        optional("callbacks", Map(&Reference(ObjectName::Callback))),
        optional("deprecated", Bool),
        optional("security", List(&Map(&List(&Text)))),
        optional("servers", List(&Object(ObjectName::Server))),
    ],
);

static SECURITY_SCHEME: Table = table(
    "Security Scheme Object",
    &[
        required("type", Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])),
        DESCRIPTION,
        optional("name", Text),
        optional("in", Word(&["query", "header", "cookie"])),
        optional("scheme", Text),
        optional("bearerFormat", Text),
        optional("flows", Object(ObjectName::OAuthFlows)),
        optional("openIdConnectUrl", Text),
    ],
);

/// A schema in the dialect of OpenAPI 3.1, vocabulary by vocabulary.
static SCHEMA: Table = Table {
    instead: INSTEAD,
    ..table(
        "Schema Object",
        &[
            // Core. Anchors are ignored, because references use JSON Pointers; keywords that move references are refused.
            optional("$schema", Word(DIALECTS)),
            optional("$ref", Text),
            optional("$defs", Map(&Schema)),
            optional("definitions", Map(&Schema)),
            optional("$comment", Text),
            optional("$anchor", Text),
            optional("$dynamicAnchor", Text),
            optional("$id", Refused("remove it; references are relative to the file")),
            optional("$dynamicRef", Refused("use a `$ref` with a JSON Pointer")),
            optional("$vocabulary", Refused("remove it; it belongs in a meta-schema")),
            // Applicators.
            optional("allOf", List(&Schema)),
            optional("anyOf", List(&Schema)),
            optional("oneOf", List(&Schema)),
            optional("not", Schema),
            optional("if", Schema),
            optional("then", Schema),
            optional("else", Schema),
            optional("dependentSchemas", Map(&Schema)),
            optional("prefixItems", List(&Schema)),
            optional("items", Schema),
            optional("contains", Schema),
            optional("properties", Map(&Schema)),
            optional("patternProperties", Map(&Schema)),
            optional("additionalProperties", BoolOr(&Schema)),
            optional("propertyNames", Schema),
            optional("unevaluatedItems", BoolOr(&Schema)),
            optional("unevaluatedProperties", BoolOr(&Schema)),
            // Validation.
            optional("type", Words(&["string", "number", "integer", "boolean", "array", "object", "null"])),
            optional("const", Any),
            optional("enum", List(&Any)),
            optional("multipleOf", Number),
            optional("maximum", Number),
            optional("exclusiveMaximum", Number),
            optional("minimum", Number),
            optional("exclusiveMinimum", Number),
            optional("maxLength", Count),
            optional("minLength", Count),
            optional("pattern", Text),
            optional("maxItems", Count),
            optional("minItems", Count),
            optional("uniqueItems", Bool),
            optional("maxContains", Count),
            optional("minContains", Count),
            optional("maxProperties", Count),
            optional("minProperties", Count),
            optional("required", List(&Text)),
            optional("dependentRequired", Map(&List(&Text))),
            // Format, content.
            optional("format", Text),
            optional("contentEncoding", Text),
            optional("contentMediaType", Text),
            optional("contentSchema", Schema),
            // Meta-data.
            optional("title", Text),
            DESCRIPTION,
            optional("default", Any),
            optional("deprecated", Bool),
            optional("readOnly", Bool),
            optional("writeOnly", Bool),
            optional("examples", List(&Any)),
            // Keywords that OpenAPI adds.
            optional("discriminator", Object(ObjectName::Discriminator)),
            optional("xml", Object(ObjectName::Xml)),
            optional("externalDocs", Object(ObjectName::ExternalDocumentation)),
            optional("example", Any),
        ],
    )
};

/// The equivalents of keywords of OpenAPI 3.0 and older versions of JSON Schema.
const INSTEAD: &[(&str, &str)] = &[
    ("nullable", "in OpenAPI 3.1, null is a type, as in `type: [string, \"null\"]`"),
    ("exclusiveMinimum", "in OpenAPI 3.1, its value is the bound, and `minimum` is not needed"),
    ("exclusiveMaximum", "in OpenAPI 3.1, its value is the bound, and `maximum` is not needed"),
    ("dependencies", "in JSON Schema 2020-12, use `dependentRequired` or `dependentSchemas`"),
    ("additionalItems", "in JSON Schema 2020-12, use `prefixItems`, and `items` for the items that follow"),
    ("items", "in JSON Schema 2020-12, use `prefixItems` for a list of schemas"),
    ("id", "remove it; references are relative to the file"),
];
