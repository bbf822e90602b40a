//! URL-encoded forms: objects whose properties become pairs of texts.

use super::OperationReader;
use super::media::Media;
use super::media_names::{essence, is_json};
use crate::api::{BodyFormat, Check, FormStyle, TypeRef};
use crate::document::{Cursor, Value};
use crate::lower::draft::DraftBody;
use crate::lower::schemas::{LoweredType, ShapeKind};

impl<'d> OperationReader<'_, 'd> {
    /// Reads a URL-encoded form. It is made from JSON, so every object can be one.
    pub(crate) fn form(&mut self, media: &Media<'d>, name: &str) -> Option<DraftBody> {
        let lowered = self.form_object(media, name);
        let encodings: Vec<_> = media.node.object("encoding").collect();
        let styles = encodings.into_iter().filter_map(|(property, encoding)| {
            let style = self.form_style(&encoding)?;
            Some((property.to_owned(), style))
        });
        let format = BodyFormat::Form(styles.collect());
        let lowered = lowered?;
        Some(DraftBody { ty: lowered.ty, checks: lowered.checks, format, media_type: media.essence() })
    }

    /// Lowers the schema of a form, which must be an object; any object if there is none.
    pub(crate) fn form_object(&mut self, media: &Media<'d>, name: &str) -> Option<LoweredType> {
        let any_object = || LoweredType::of(TypeRef::Map(Box::new(TypeRef::Any)));
        let Some(schema) = media.schema() else { return Some(any_object()) };
        let mut lowered = self.schemas.lower_schema(&schema, name)?;
        without_null(&mut lowered.ty, &mut lowered.checks);
        let is_object = match &lowered.ty {
            TypeRef::Any => return Some(any_object()),
            TypeRef::Map(_) => true,
            TypeRef::Named(id) => matches!(self.schemas.kind(*id), ShapeKind::Struct | ShapeKind::Union),
            _ => false,
        };
        if !is_object {
            self.schemas.diagnostics.unsupported(schema, "a form that is not an object", "describe its properties");
        }
        is_object.then_some(lowered)
    }

    /// The style that an encoding states. Its media type counts only without `style` and `explode`.
    fn form_style(&mut self, encoding: &Cursor<'d>) -> Option<FormStyle> {
        for keyword in ["headers", "allowReserved"] {
            let Some(value) = encoding.get(keyword) else { continue };
            let what = format!("`{keyword}` of a property of a URL-encoded form");
            self.schemas.diagnostics.warn_not_used(value, &what, "the value is percent-encoded");
        }
        if encoding.has("style") || encoding.has("explode") {
            return self.stated_style(encoding);
        }
        let media_type = encoding.get("contentType")?;
        let names: Vec<_> = media_type.as_str()?.split(',').map(essence).collect();
        if names.iter().all(|name| is_json(name)) {
            return Some(FormStyle::Json);
        }
        if !names.iter().any(|name| name == "text/plain" || is_json(name)) {
            let what = "`contentType` of a property of a URL-encoded form";
            self.schemas.diagnostics.warn_not_used(media_type, what, "the value is sent as text, an object as JSON");
        }
        None
    }

    fn stated_style(&mut self, encoding: &Cursor<'d>) -> Option<FormStyle> {
        let style = encoding.text("style").unwrap_or("form");
        let explode = encoding.get("explode").map_or(style == "form", |value| *value.value() == Value::Bool(true));
        Some(match style {
            "deepObject" => FormStyle::Deep,
            "form" | "spaceDelimited" | "pipeDelimited" if explode => FormStyle::Exploded,
            "form" => FormStyle::Joined(","),
            "spaceDelimited" => FormStyle::Joined("%20"),
            "pipeDelimited" => FormStyle::Joined("%7C"),
            _ => {
                let help = "use `form`, `spaceDelimited`, `pipeDelimited`, or `deepObject`";
                let what = "this `style` of a form property";
                self.schemas.diagnostics.unsupported(encoding.location_of("style"), what, help);
                return None;
            }
        })
    }

    /// Returns `true` for a value that is one text on the wire: not an object, a list or a file.
    pub(crate) fn is_one_text(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.schemas.kind(*id) == ShapeKind::Enum { is_scalar: true },
            TypeRef::List(_)
            | TypeRef::Map(_)
            | TypeRef::Nullable(_)
            | TypeRef::Any
            | TypeRef::Never
            | TypeRef::Bytes
            | TypeRef::File => false,
            _ => true,
        }
    }
}

/// Removes `null` from a type, and the condition from its checks.
pub(crate) fn without_null(ty: &mut TypeRef, checks: &mut Vec<Check>) {
    if let TypeRef::Nullable(inner) = ty {
        *ty = (**inner).clone();
        let flat = std::mem::take(checks).into_iter().flat_map(|check| match check {
            Check::Present(inner) => inner,
            other => vec![other],
        });
        *checks = flat.collect();
    }
}
