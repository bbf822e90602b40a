//! The bodies of requests.

use super::OperationReader;
use super::media::{Content, Media, UnusedMediaTypes, offered};
use super::media_names::{is_range, may_be_json};
use crate::api::{BodyFormat, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::{DraftBody, DraftRequest};
use crate::lower::schemas::{LoweredType, Reported};
use crate::names;

impl<'d> OperationReader<'_, 'd> {
    /// Reads the body of a request; `None` for an operation without one.
    pub(crate) fn request_body(
        &mut self,
        operation: &Cursor<'d>,
        name: &str,
        unused: &mut UnusedMediaTypes<'d>,
    ) -> Result<Option<DraftRequest>, Reported> {
        let Some(body) = self.resolved.get(operation, "requestBody") else { return Ok(None) };
        let required = body.flag("required");
        let argument = self.argument(operation);
        let type_name = format!("{}Request", self.casing.type_name(name));
        let mut media = self.media_types(&body);
        if media.is_empty() {
            let help = "describe an `application/json` body";
            self.schemas.diagnostics.unsupported(body.location_of("content"), "a body without a media type", help);
            return Err(Reported);
        }
        let media_types = offered(&media);
        unused.keep(&media.split_off(1));
        let written = self.written_body(&media[0], &type_name);
        let (argument, written) = (argument.ok_or(Reported)?, written.ok_or(Reported)?);
        Ok(Some(DraftRequest { argument, required, media_types, body: written }))
    }

    /// Reads the body of a media type.
    fn written_body(&mut self, media: &Media<'d>, name: &str) -> Option<DraftBody> {
        match &*media.essence() {
            "application/x-www-form-urlencoded" => return self.form(media, name),
            "multipart/form-data" => {
                let (ty, format) = (self.multipart(media, name)?, BodyFormat::Multipart);
                return Some(DraftBody { ty, checks: Vec::new(), format, media_type: media.essence() });
            }
            _ => {}
        }
        match self.content(media) {
            Content::Json => {
                let lowered = self.json_type(media, name)?;
                let media_type = sent_name(media, "application/json");
                Some(DraftBody { ty: lowered.ty, checks: lowered.checks, format: BodyFormat::Json, media_type })
            }
            Content::Text => self.text_body(media, name),
            Content::Bytes => self.bytes_body(media),
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

    fn bytes_body(&mut self, media: &Media<'d>) -> Option<DraftBody> {
        let essence = media.essence();
        if is_range(&essence) && !may_be_json(&essence) {
            let what = format!("a request body with the media range `{}`", media.name);
            let help = "use a single media type, or `*/*` for bytes";
            self.schemas.diagnostics.unsupported(&media.node, &what, help);
            return None;
        }
        self.warn_of_bytes_in_json(media);
        let media_type = sent_name(media, "application/octet-stream");
        Some(DraftBody { ty: TypeRef::Bytes, checks: Vec::new(), format: BodyFormat::Bytes, media_type })
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

/// The media type of a body: as it is written, or `usual` for a range, which a header cannot name.
fn sent_name(media: &Media<'_>, usual: &str) -> String {
    if is_range(&media.essence()) { usual.to_owned() } else { media.name.to_owned() }
}
