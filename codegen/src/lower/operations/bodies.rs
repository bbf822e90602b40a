//! The body of a request.

use super::OperationReader;
use super::media::{Media, UnusedMediaTypes, offered};
use crate::api::{BodyFormat, TypeRef};
use crate::document::{Node, Origin, Value};
use crate::lower::draft::{DraftBody, DraftRequest};
use crate::lower::schemas::{Reported, ShapeKind};
use crate::names;

impl OperationReader<'_, '_> {
    /// What an operation sends; `None` where it sends nothing.
    pub(crate) fn request_body(
        &mut self,
        operation: &Origin,
        name: &str,
        unused: &mut UnusedMediaTypes,
    ) -> Result<Option<DraftRequest>, Reported> {
        let body = self.resolved.follow(&operation.child("requestBody"));
        let Some(node) = self.resolved.node(&body) else { return Ok(None) };
        let required = node.get("required").is_some_and(|node| node.value == Value::Bool(true));
        let argument = self.argument(operation);
        let type_name = format!("{}Request", self.casing.type_name(name));
        let mut media = self.media_types(&body);
        if media.is_empty() {
            let content = body.child("content");
            self.schemas.diagnostics.unsupported(
                content,
                "a body without a media type",
                "describe an `application/json` body",
            );
            return Err(Reported);
        }
        let media_types = offered(&media);
        unused.keep(&media.split_off(1));
        let written = self.written_body(&media[0], &type_name);
        let (argument, written) = (argument.ok_or(Reported)?, written.ok_or(Reported)?);
        Ok(Some(DraftRequest { argument, required, media_types, body: written }))
    }

    /// A body as it is written under a media type.
    fn written_body(&mut self, media: &Media, name: &str) -> Option<DraftBody> {
        let essence = media.essence();
        let written = |ty, format, media_type: &str| DraftBody {
            ty,
            checks: Vec::new(),
            format,
            media_type: media_type.to_owned(),
        };
        if essence.contains('*') && essence != "*/*" {
            let what = format!("a request body of any media type that fits `{}`", media.name);
            self.schemas.diagnostics.unsupported(
                media.origin.clone(),
                &what,
                "name one media type, or `*/*` for bytes",
            );
            return None;
        }
        let form = match &*essence {
            "multipart/form-data" => Some(BodyFormat::Multipart),
            "application/x-www-form-urlencoded" => Some(BodyFormat::Form),
            _ => None,
        };
        if media.is_json() {
            let schema = self.schema_of(media)?;
            let used = self.schemas.lower_schema(&schema, name)?;
            return Some(DraftBody { checks: used.checks, ..written(used.ty, BodyFormat::Json, &media.name) });
        }
        if let Some(format) = form {
            let ty = self.form(media, format, name)?;
            return Some(written(ty, format, &essence));
        }
        if self.is_text(media) {
            let Some(schema) = self.resolved.cursor(&media.schema()) else {
                return Some(written(TypeRef::String, BodyFormat::Text, &media.name));
            };
            let used = self.schemas.lower_schema(&schema, name)?;
            // An enumeration and a time are texts, too, but not `str`.
            let is_plain = used.ty == TypeRef::String;
            let checks = if is_plain { used.checks } else { Vec::new() };
            return Some(DraftBody { checks, ..written(TypeRef::String, BodyFormat::Text, &media.name) });
        }
        if self.is_bytes(media) {
            let media_type = if essence == "*/*" { "application/octet-stream" } else { &*media.name };
            return Some(written(TypeRef::Bytes, BodyFormat::Bytes, media_type));
        }
        let what = format!("a request body of media type `{}` with a schema of its own", media.name);
        let help = "describe an `application/json` body, or let the schema be `type: string`";
        self.schemas.diagnostics.unsupported(media.origin.clone(), &what, help);
        None
    }

    /// The type of a form, whose members are looked at when they are known.
    fn form(&mut self, media: &Media, format: BodyFormat, name: &str) -> Option<TypeRef> {
        let schema = self.schema_of(media)?;
        let used = self.schemas.lower_schema(&schema, name)?;
        match used.ty {
            TypeRef::Named(id) if self.schemas.kind(id) == ShapeKind::Struct => {
                self.forms.push((id, format, media.origin.clone()));
                Some(used.ty)
            }
            _ => {
                let help = "describe its members";
                self.schemas.diagnostics.unsupported(schema, "a form that is not an object with properties", help);
                None
            }
        }
    }

    fn argument(&mut self, origin: &Origin) -> Option<String> {
        const EXTENSION: &str = "x-codegen-request-body-name";
        let Some(node) = self.resolved.node(origin)?.get(EXTENSION) else { return Some("body".to_owned()) };
        let name = node.as_str().map(|name| self.casing.snake_name(name)).map(names::argument);
        if name.is_none() {
            self.schemas.diagnostics.bad_extension(origin.child(EXTENSION), "a name, such as `message`");
        }
        name
    }
}

/// The `encoding` of a member of a form.
pub(crate) fn encoding<'n>(media: &'n Node, member: &str) -> Option<&'n Node> {
    media.get("encoding")?.get(member)
}
