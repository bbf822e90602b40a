//! The bodies of requests.

use super::OperationReader;
use super::media::{Media, UnusedMediaTypes, offered};
use crate::api::{BodyFormat, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::{DraftBody, DraftRequest};
use crate::lower::schemas::{Reported, ShapeKind};
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
        let essence = media.essence();
        let written = |ty, format, media_type: &str| DraftBody {
            ty,
            checks: Vec::new(),
            format,
            media_type: media_type.to_owned(),
        };
        if essence.contains('*') && essence != "*/*" {
            let what = format!("a request body with the media range `{}`", media.name);
            let help = "use a single media type, or `*/*` for bytes";
            self.schemas.diagnostics.unsupported(&media.node, &what, help);
            return None;
        }
        let form = match &*essence {
            "multipart/form-data" => Some(BodyFormat::Multipart),
            "application/x-www-form-urlencoded" => Some(BodyFormat::Form),
            _ => None,
        };
        if media.is_json() {
            let schema = self.schema_of(media)?;
            let lowered = self.schemas.lower_schema(&schema, name)?;
            return Some(DraftBody { checks: lowered.checks, ..written(lowered.ty, BodyFormat::Json, media.name) });
        }
        if let Some(format) = form {
            let ty = self.form(media, format, name)?;
            return Some(written(ty, format, &essence));
        }
        if self.is_text(media) {
            let Some(schema) = media.schema() else {
                return Some(written(TypeRef::String, BodyFormat::Text, media.name));
            };
            let lowered = self.schemas.lower_schema(&schema, name)?;
            // Enumerations and dates are texts as well, but not `String`.
            let is_plain = lowered.ty == TypeRef::String;
            let checks = if is_plain { lowered.checks } else { Vec::new() };
            return Some(DraftBody { checks, ..written(TypeRef::String, BodyFormat::Text, media.name) });
        }
        if self.is_bytes(media) {
            let media_type = if essence == "*/*" { "application/octet-stream" } else { media.name };
            return Some(written(TypeRef::Bytes, BodyFormat::Bytes, media_type));
        }
        let what = format!("the schema of a request body with media type `{}`", media.name);
        let help = "describe an `application/json` body, or change the schema to `type: string`";
        self.schemas.diagnostics.unsupported(&media.node, &what, help);
        None
    }

    /// Lowers the schema of a form. Its encodings are read once its fields are known.
    fn form(&mut self, media: &Media<'d>, format: BodyFormat, name: &str) -> Option<TypeRef> {
        let schema = self.schema_of(media)?;
        let lowered = self.schemas.lower_schema(&schema, name)?;
        match lowered.ty {
            TypeRef::Named(id) if self.schemas.kind(id) == ShapeKind::Struct => {
                self.forms.push((id, format, media.node.clone()));
                Some(lowered.ty)
            }
            _ => {
                let help = "describe its properties";
                self.schemas.diagnostics.unsupported(schema, "a form that is not an object with properties", help);
                None
            }
        }
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
