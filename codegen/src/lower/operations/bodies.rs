//! The bodies of requests.

use super::OperationReader;
use super::files::binary_content;
use super::media::{Content, Media, UnusedMediaTypes, offered};
use super::media_names::is_range;
use crate::api::{BodyFormat, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::{DraftBody, DraftRequest};
use crate::lower::schemas::{LoweredType, Reported};
use crate::names;

/// The media type of a form of parts.
const MULTIPART: &str = "multipart/form-data";

/// The media type of a form of named texts.
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

impl<'d> OperationReader<'_, 'd> {
    /// Reads the bodies of a request, one for each way of encoding it that has a schema of its own. The first is the preferred
    /// one.
    pub(crate) fn request_bodies(
        &mut self,
        operation: &Cursor<'d>,
        name: &str,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Result<Vec<DraftRequest>, Reported> {
        let Some(body) = self.resolved.get(operation, "requestBody") else { return Ok(Vec::new()) };
        let argument = self.argument(operation);
        let mut media = self.media_types(&body);
        media.sort_by_cached_key(|media| !is_form(&media.essence()) && self.content(media) == Content::Other);
        if media.is_empty() {
            let help = "describe an `application/json` body";
            self.schemas.diagnostics.unsupported(body.location_of("content"), "a body without a media type", help);
            return Err(Reported);
        }
        let all = offered(&media);
        let (used, others): (Vec<_>, Vec<_>) = self.distinct_media(media);
        unused.keep(&others);
        let type_name = self.casing.type_name(name);
        let mut written = Vec::new();
        for (index, media) in used.iter().enumerate() {
            let suffix = (index > 0).then(|| self.casing.snake_name(&method_suffix(&media.essence())));
            let part = suffix.as_ref().map(|suffix| self.casing.type_name(suffix)).unwrap_or_default();
            let body = self.written_body(media, &format!("{type_name}{part}Request"));
            written.push(body.map(|body| (suffix, body)));
        }
        let argument = argument.ok_or(Reported)?;
        let written: Vec<_> = written.into_iter().collect::<Option<_>>().ok_or(Reported)?;
        let request = |(suffix, written): (Option<String>, DraftBody)| DraftRequest {
            argument: argument.clone(),
            required: body.flag("required"),
            media_types: if suffix.is_none() { all.clone() } else { vec![written.media_type.clone()] },
            body: written,
            suffix,
        };
        Ok(written.into_iter().map(request).collect())
    }

    /// Splits media types into those that a request can have and that differ in their schemas, and the others. The first is
    /// always one of the former.
    fn distinct_media(&self, media: Vec<Media<'d>>) -> (Vec<Media<'d>>, Vec<Media<'d>>) {
        let mut used: Vec<Media<'d>> = Vec::new();
        let mut others = Vec::new();
        for media in media {
            let list = if used.is_empty() || self.is_distinct(&media, &used) { &mut used } else { &mut others };
            list.push(media);
        }
        (used, others)
    }

    /// Returns `true` for a media type whose schema no other one has. A form of parts with files differs from JSON with the same
    /// schema, which cannot hold them.
    fn is_distinct(&self, media: &Media<'d>, used: &[Media<'d>]) -> bool {
        let Some(schema) = self.resolved.get(&media.node, "schema") else { return false };
        let is_multipart = media.essence() == MULTIPART;
        let is_form = is_form(&media.essence());
        let is_expressible = !is_range(&media.essence()) && (is_form || self.content(media) != Content::Other);
        let is_known = used.iter().any(|used| {
            let is_bytes = |media: &Media<'d>| self.content(media) == Content::Bytes;
            let other = self.resolved.get(&used.node, "schema");
            let is_same =
                other.is_some_and(|other| other == schema || other.node().to_json() == schema.node().to_json());
            is_bytes(media) && is_bytes(used)
                || is_same && !(is_multipart && used.essence() != MULTIPART && self.has_files(&schema))
        });
        is_expressible && !is_known
    }

    /// Returns `true` if a property of an object is a file or a list of files.
    fn has_files(&self, schema: &Cursor<'d>) -> bool {
        let properties = schema.object("properties").map(|(_, property)| self.resolved.follow(&property));
        let mut values = properties.flat_map(|property| {
            let items = self.resolved.get(&property, "items");
            [Some(property), items].into_iter().flatten()
        });
        values.any(|value| binary_content(&value).is_some())
    }

    /// Reads the body of a media type.
    fn written_body(&mut self, media: &Media<'d>, name: &str) -> Option<DraftBody> {
        match &*media.essence() {
            URL_ENCODED => return self.form(media, name),
            MULTIPART => return self.multipart(media, name),
            _ => {}
        }
        match self.content(media) {
            Content::Json => {
                let lowered = self.json_type(media, name)?;
                let media_type = sent_name(media, "application/json");
                Some(DraftBody { ty: lowered.ty, checks: lowered.checks, format: BodyFormat::Json, media_type })
            }
            Content::Text => self.text_body(media, name),
            Content::Bytes => Some(self.bytes_body(media)),
            Content::Other => {
                let what = format!("the schema of a request body with media type `{}`", media.name);
                let help = "describe an `application/json` body, or change the schema to `type: string`";
                self.schemas.diagnostics.unsupported(&media.node, &what, help);
                None
            }
        }
    }

    fn text_body(&mut self, media: &Media<'d>, name: &str) -> Option<DraftBody> {
        let lowered = match media.schema() {
            Some(schema) => self.schemas.lower_schema(&schema, name)?,
            None => LoweredType::of(TypeRef::String),
        };
        // Enumerations and dates are texts as well, but not `String`.
        let checks = if lowered.ty == TypeRef::String { lowered.checks } else { Vec::new() };
        let media_type = sent_name(media, "text/plain");
        Some(DraftBody { ty: TypeRef::String, checks, format: BodyFormat::Text, media_type })
    }

    fn bytes_body(&mut self, media: &Media<'d>) -> DraftBody {
        self.warn_of_bytes_in_json(media);
        let media_type = sent_name(media, "application/octet-stream");
        DraftBody { ty: TypeRef::Bytes, checks: Vec::new(), format: BodyFormat::Bytes, media_type }
    }

    /// The name of the argument of the method.
    fn argument(&mut self, operation: &Cursor<'d>) -> Option<String> {
        const EXTENSION: &str = "x-codegen-request-body-name";
        let Some(node) = operation.get(EXTENSION) else { return Some("body".to_owned()) };
        let name = node.as_str().map(|name| self.casing.snake_name(name)).map(names::argument);
        if name.is_none() {
            self.schemas.diagnostics.bad_extension(node, "a name, such as `message`");
        }
        name
    }
}

fn is_form(essence: &str) -> bool {
    matches!(essence, MULTIPART | URL_ENCODED)
}

/// The end of the name of a method that sends a body of a media type which is not the preferred one.
fn method_suffix(essence: &str) -> String {
    match essence {
        MULTIPART => "as_multipart".to_owned(),
        URL_ENCODED => "as_form".to_owned(),
        "text/plain" => "as_text".to_owned(),
        _ => format!("as_{}", essence.rsplit('/').next().unwrap_or_default()),
    }
}

/// The media type of a body: as it is written, or `usual` for a range, which a header cannot name.
fn sent_name(media: &Media<'_>, usual: &str) -> String {
    if is_range(&media.essence()) { usual.to_owned() } else { media.name.to_owned() }
}
