//! Names, texts, keywords and JSON values.

use arbitrary::{Result, Unstructured};
use serde_json::{Value, json};

/// Names that need attention in Rust, in paths, or beside each other.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "id", "text", "to", "type", "self", "Self", "super", "crate", "async", "gen", "r#fn", "_", "__", "Option", "Vec",
    "String", "Result", "Box", "Note", "note", "NOTE", "notes", "Client", "Error", "ErrorBody", "Credentials",
    "Webhook", "Unknown", "builder", "build", "validate", "new", "into", "clone", "check", "messageId", "from_json",
    "200", "1st", "-", "", " ", "a b", "x-y", "x_y", "xY", "a/b", "a~1b", "{x}", "é", "e\u{301}", "Ä", "ß", "ﬁ", "名",
    "ª", "\u{202e}x", "\u{0}", "a\nb", "a\"b", "a\\b", "a`b", "$ref", "models", "std", "core", "serde", "value",
    "Value", "additional_properties", "PhoneType", "type_", "Parameters", "Response", "Date", "File", "T", "E", "A1",
];

/// Texts of documentation.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", "A note.", "Several words, and a number 5", "Two\nlines", "Ends with a backslash \\", "*/ /* //! ///",
    "`a``b`", "<b>bold</b> [link](x) [a]", "\u{feff}\u{202e}", "\t- a\n\t- b", "\"quoted\" 'and' {braces}",
    "a\r\nb\rc", "é 名 𝒳",
];

/// Keywords of the Schema Object and of other objects.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "$ref", "type", "format", "enum", "const", "nullable", "properties", "required", "additionalProperties", "items",
    "allOf", "oneOf", "anyOf", "not", "discriminator", "minLength", "maxLength", "pattern", "minimum", "maximum",
    "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties",
    "maxProperties", "title", "description", "default", "example", "examples", "readOnly", "writeOnly", "deprecated",
    "parameters", "requestBody", "responses", "callbacks", "security", "operationId", "tags", "summary", "content",
    "schema", "style", "explode", "in", "name", "headers", "encoding", "servers", "x-sensitive", "x-declined",
    "x-throttling-info", "x-codegen-request-body-name", "prefixItems", "contentEncoding", "contentMediaType",
];

/// Words with a meaning as the value of a keyword, and other scalars.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "string", "integer", "number", "boolean", "array", "object", "null", "int32", "int64", "float", "date",
    "date-time", "uuid", "byte", "binary", "duration", "query", "path", "header", "cookie", "form", "simple",
    "deepObject", "#/components/schemas/Note", "#/components/schemas/Message", "#", "#/", "other.yaml#/x",
    "application/json", "text/plain", "multipart/form-data", "*/*", "2XX", "default", "^a+$", "(", "[a-z]{1,3}",
    "\\p{L}", "true", "0",
];

/// Chooses a name, mostly a difficult one.
pub(crate) fn name(choices: &mut Unstructured<'_>) -> Result<String> {
    if choices.ratio(7, 8)? {
        return choices.choose(NAMES).map(|name| (*name).to_owned());
    }
    let any: &str = choices.arbitrary()?;
    Ok(any.chars().take(12).collect())
}

/// Chooses a text for documentation.
pub(crate) fn text(choices: &mut Unstructured<'_>) -> Result<String> {
    choices.choose(TEXTS).map(|text| (*text).to_owned())
}

/// Chooses a keyword.
pub(crate) fn keyword(choices: &mut Unstructured<'_>) -> Result<&'static str> {
    choices.choose(KEYWORDS).copied()
}

/// Chooses a small value.
pub(crate) fn value(choices: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match choices.int_in_range(0..=9)? {
        0 => Value::Null,
        1 => json!(choices.arbitrary::<bool>()?),
        2 => json!(choices.arbitrary::<i8>()?),
        3 => json!(number(choices)?),
        4..=6 => json!(choices.choose(WORDS)?),
        7 => json!([choices.choose(WORDS)?]),
        8 => json!({ name(choices)?: choices.choose(WORDS)? }),
        _ => json!(name(choices)?),
    })
}

/// Chooses a number at which types change.
pub(crate) fn number(choices: &mut Unstructured<'_>) -> Result<Value> {
    choices.choose(&NUMBERS).map(|text| text.parse::<f64>().map_or(Value::Null, Value::from))
}

#[rustfmt::skip]
const NUMBERS: [&str; 15] = [
    "0", "1", "-1", "0.1", "2.5", "-0.0", "127", "255", "2147483647", "2147483648", "-2147483649", "9007199254740993",
    "9223372036854775807", "1e19", "1e308",
];
