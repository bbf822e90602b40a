//! The parameters of an operation: one struct for those in the path, the query, the headers and the cookies.

mod paths;
mod styles;

use indexmap::IndexMap;

use self::paths::SentPath;
pub(crate) use self::styles::StyledParameter;
use super::OperationReader;
use super::forms::without_null;
use super::media::Media;
use super::media_names::{is_json, is_text};
use crate::api::{Docs, Parameter, ParameterLocation, ParameterStyle, TypeId, TypeRef, UnknownProperties};
use crate::document::Cursor;
use crate::lower::draft::{DraftField, DraftStruct};
use crate::lower::schemas::{LoweredType, Reported};
use crate::names::{self, Taken};

/// Headers that other parts of a description define.
const DESCRIBED_ELSEWHERE: &[&str] = &["accept", "authorization", "content-type"];

/// Headers that the HTTP library writes.
pub(super) const WRITTEN_BY_HTTP_LIBRARY: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "expect",
    "host",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A Parameter Object.
struct Described<'d> {
    node: Cursor<'d>,
    name: &'d str,
    part: ParameterLocation,
}

/// The schema of a parameter, or what it has instead.
enum Content<'d> {
    /// A schema, whose values a style writes.
    Styled(Cursor<'d>),
    /// The media type of JSON.
    Json(Media<'d>),
    /// Any text.
    Text,
}

/// The parameters of an operation.
pub(crate) struct OperationParameters {
    /// The path as requests have it.
    pub(crate) path: String,
    /// The struct of the parameters; `None` if there are none.
    pub(crate) ty: Option<TypeId>,
}

impl<'d> OperationReader<'_, 'd> {
    /// Reads the parameters of an operation and its path item into a struct.
    pub(crate) fn parameters(
        &mut self,
        item: &Cursor<'d>,
        operation: &Cursor<'d>,
        path: &'d str,
        name: &str,
    ) -> Result<OperationParameters, Reported> {
        let mut described = self.described(item, operation);
        let SentPath { template, undeclared } = self.sent_path(&mut described, operation, path)?;
        if described.is_empty() && undeclared.is_empty() {
            return Ok(OperationParameters { path: template, ty: None });
        }
        let type_name = format!("{}Parameters", self.casing.type_name(name));
        if !self.schemas.has_room(operation, described.len() + undeclared.len()) {
            return Err(Reported);
        }
        let mut fields: Vec<DraftField<'d>> = Vec::new();
        let mut encodings = Vec::new();
        let mut names = Taken::default();
        for parameter in &described {
            let Some((field, encoding)) = self.parameter(parameter, &type_name, &mut names) else { continue };
            fields.push(field);
            encodings.push(encoding);
        }
        for name in undeclared {
            fields.push(self.undeclared(operation, name, &mut names));
            encodings.push(PATH_TEXT);
        }
        if fields.is_empty() {
            return Err(Reported);
        }
        let shape = DraftStruct {
            fields,
            camel_case: false,
            unknown_properties: UnknownProperties::Ignored,
            property_count: None,
            declined: None,
        };
        let ty = self.schemas.add_parameters(operation, &type_name, shape, encodings);
        Ok(OperationParameters { path: template, ty: Some(ty) })
    }

    /// The parameters of the path item and the operation. A parameter of the operation overrides one of the path item with the
    /// same name and location.
    fn described(&mut self, item: &Cursor<'d>, operation: &Cursor<'d>) -> Vec<Described<'d>> {
        // By location and name; the names of headers are not case-sensitive.
        let mut found: IndexMap<(&'d str, String), (&'d str, Cursor<'d>)> = IndexMap::new();
        for holder in [item, operation] {
            let mut here: IndexMap<(&'d str, String), (&'d str, Cursor<'d>)> = IndexMap::new();
            for place in holder.array("parameters") {
                let node = self.resolved.follow(&place);
                let (Some(name), Some(part)) = (node.text("name"), node.text("in")) else { continue };
                let key = (part, if part == "header" { name.to_ascii_lowercase() } else { name.to_owned() });
                if let Some((_, other)) = here.get(&key) {
                    self.schemas.diagnostics.duplicate_parameter(place, name, in_words(part), &other.origin());
                } else {
                    here.insert(key, (name, node));
                }
            }
            found.extend(here);
        }
        self.remove_secrets(operation, &mut found);
        found.into_iter().filter_map(|((part, _), (name, node))| self.wanted(name, part, node)).collect()
    }

    /// Returns a parameter that becomes a field; reports the others.
    fn wanted(&mut self, name: &'d str, part: &str, node: Cursor<'d>) -> Option<Described<'d>> {
        let part = match part {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            _ => ParameterLocation::Cookie,
        };
        let header = name.to_ascii_lowercase();
        let is_reserved = |names: &[&str]| part == ParameterLocation::Header && names.contains(&&*header);
        let what = || format!("the header parameter `{name}`");
        if is_reserved(DESCRIBED_ELSEWHERE) {
            let help = "media types and security schemes define this header";
            self.schemas.diagnostics.warn_not_used(node, &what(), help);
            return None;
        }
        if is_reserved(WRITTEN_BY_HTTP_LIBRARY) {
            self.schemas.diagnostics.warn_not_used(node, &what(), "the HTTP library sets this header");
            return None;
        }
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if part == ParameterLocation::Header && (name.is_empty() || !name.bytes().all(is_token)) {
            let help = "the name of a header consists of letters, digits, and hyphens";
            self.schemas.diagnostics.unsupported(node, &what(), help);
            return None;
        }
        Some(Described { node, name, part })
    }

    fn parameter(
        &mut self,
        parameter: &Described<'d>,
        type_name: &str,
        names: &mut Taken,
    ) -> Option<(DraftField<'d>, Parameter)> {
        let Described { node, name: wire_name, part } = parameter;
        let type_name = format!("{type_name}{}", self.casing.type_name(wire_name));
        let (lowered, encoding) = match self.parameter_content(parameter)? {
            Content::Json(media) => {
                let encoding = Parameter { location: *part, style: ParameterStyle::Json, ..PATH_TEXT };
                (self.json_type(&media, &type_name)?, encoding)
            }
            content => {
                let mut lowered = match content {
                    Content::Styled(schema) => self.schemas.lower_schema(&schema, &type_name)?,
                    _ => LoweredType::of(TypeRef::String),
                };
                // A style has no form for `null`; a parameter that would be `null` is left out.
                without_null(&mut lowered.ty, &mut lowered.checks);
                any_as_text(&mut lowered.ty);
                let encoding = self.encoding(parameter, &lowered.ty)?;
                (lowered, encoding)
            }
        };
        let description = node.text("description").map(str::to_owned).or(lowered.description);
        let field = DraftField {
            at: node.clone(),
            name: take_name(&names::field(self.casing.snake_name(wire_name)), *part, names),
            wire_name: (*wire_name).to_owned(),
            renamed: false,
            docs: Docs { summary: None, description },
            ty: lowered.ty,
            required: *part == ParameterLocation::Path || node.flag("required"),
            sensitive: self.schemas.sensitive(node).or(lowered.sensitive),
            deprecated: lowered.deprecated || node.flag("deprecated"),
            read_only: false,
            write_only: false,
            default: lowered.default,
            format: lowered.format,
            checks: lowered.checks,
        };
        Some((field, encoding))
    }

    /// The schema of a parameter, or its media type. One without both is any text, as is a text of another media type.
    fn parameter_content(&mut self, Described { node, name, .. }: &Described<'d>) -> Option<Content<'d>> {
        if let Some(schema) = node.get("schema") {
            return Some(Content::Styled(schema));
        }
        let media = self.media_types(node).into_iter().next();
        let Some(media) = media else {
            self.schemas.diagnostics.parameter_without_schema(node, name);
            return Some(Content::Text);
        };
        let essence = media.essence();
        if is_json(&essence) {
            return Some(Content::Json(media));
        }
        if is_text(&essence) {
            return Some(media.schema().map_or(Content::Text, Content::Styled));
        }
        let what = format!("the media type `{}` of the parameter `{name}`", media.name);
        self.schemas.diagnostics.unsupported(media.node, &what, "use `application/json`, or a `schema`");
        None
    }

    /// A name in a path without a parameter, which is any text.
    fn undeclared(&self, operation: &Cursor<'d>, wire_name: String, names: &mut Taken) -> DraftField<'d> {
        DraftField {
            at: operation.clone(),
            name: take_name(&names::field(self.casing.snake_name(&wire_name)), ParameterLocation::Path, names),
            wire_name,
            renamed: false,
            docs: Docs::default(),
            ty: TypeRef::String,
            required: true,
            sensitive: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            default: None,
            format: None,
            checks: Vec::new(),
        }
    }
}

/// A text in a path.
const PATH_TEXT: Parameter = Parameter {
    location: ParameterLocation::Path,
    style: ParameterStyle::Simple,
    explode: false,
    allow_reserved: false,
    allow_empty_value: false,
};

/// Replaces any value by any text, which is what a style can write.
fn any_as_text(ty: &mut TypeRef) {
    match ty {
        TypeRef::Any => *ty = TypeRef::String,
        TypeRef::List(inner) | TypeRef::Map(inner) => any_as_text(inner),
        _ => {}
    }
}

/// A name for a field; the second field of a name has the location in its name.
fn take_name(name: &str, part: ParameterLocation, names: &mut Taken) -> String {
    if !names.contains(name) {
        return names.take(name);
    }
    let part = match part {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    // The `_` that escapes a keyword is not needed before a suffix, and a doubled `_` is not snake case.
    names.take(&format!("{}_in_{part}", name.trim_end_matches('_')))
}

fn in_words(part: &str) -> &'static str {
    match part {
        "path" => "the path",
        "query" => "the query",
        "header" => "the headers",
        _ => "the cookies",
    }
}
