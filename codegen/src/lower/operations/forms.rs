//! Forms: structs that are encoded property by property, not as JSON.

use super::OperationReader;
use crate::api::{BodyFormat, Check, Part, PartKind, TypeId, TypeRef, Writing};
use crate::document::{Cursor, Value};
use crate::lower::draft::{DraftField, DraftStruct};
use crate::lower::schemas::ShapeKind;

impl<'d> OperationReader<'_, 'd> {
    /// Reads the encoding of each form, once its fields are known.
    pub(crate) fn read_forms(&mut self) {
        for (id, format, media) in std::mem::take(&mut self.forms) {
            let Some(mut shape) = self.schemas.take_struct(id) else { continue };
            let writing = self.read_form(id, format, &media, &mut shape);
            self.schemas.put_struct(id, shape);
            match self.schemas.writing(id) {
                Writing::Json => self.schemas.set_writing(id, writing),
                known if *known == writing => {}
                _ => {
                    let help = "use a separate schema for each encoding";
                    self.schemas.diagnostics.unsupported(media, "a form with several encodings", help);
                }
            }
        }
    }

    fn read_form(&mut self, id: TypeId, format: BodyFormat, media: &Cursor<'d>, shape: &mut DraftStruct) -> Writing {
        // A text cannot be `null`; a property that would be `null` is left out.
        for field in &mut shape.fields {
            if self.is_written_as_text(field.ty.non_null()) {
                without_null(&mut field.ty, &mut field.checks);
            }
        }
        // Fields are written by their names one by one, without serde.
        shape.camel_case = false;
        if shape.unknown_properties.field().is_some() {
            let help = "describe each property of the form";
            let at = self.schemas.at(id).clone();
            self.schemas.diagnostics.unsupported(at, "a form with additional properties", help);
        }
        if format == BodyFormat::Multipart {
            for field in &mut shape.fields {
                self.file(field);
            }
            Writing::Multipart(shape.fields.iter().map(|field| self.part(media, field)).collect())
        } else {
            Writing::Form(shape.fields.iter().map(|field| self.separator(media, field)).collect())
        }
    }

    /// Makes a file of a field with bytes.
    fn file(&self, field: &mut DraftField) {
        let schema = self.resolved.follow(&field.at);
        let is_binary = |schema: &Cursor<'_>| schema.text("format") == Some("binary");
        if is_binary(&schema) {
            field.ty = TypeRef::File;
            field.checks.clear();
        } else if self.resolved.get(&schema, "items").is_some_and(|items| is_binary(&items)) {
            field.ty = TypeRef::List(Box::new(TypeRef::File));
            field.checks.retain(|check| matches!(check, Check::ItemCount(_)));
        }
        if field.format.as_deref() == Some("binary") {
            field.format = None;
        }
    }

    fn part(&mut self, media: &Cursor<'d>, field: &DraftField) -> Part {
        Part { kind: self.part_kind(&field.ty), media_type: self.part_type(media, field) }
    }

    /// The content of the part of a value, or of each item of a list.
    fn part_kind(&self, ty: &TypeRef) -> PartKind {
        let item = match ty {
            TypeRef::List(item) => item,
            ty => ty,
        };
        match item {
            TypeRef::File => PartKind::File,
            TypeRef::Never => PartKind::Text,
            item if self.is_one_text(item) => PartKind::Text,
            _ => PartKind::Json,
        }
    }

    /// The media type of a part, if the description states exactly one.
    fn part_type(&mut self, media: &Cursor<'d>, field: &DraftField) -> Option<String> {
        let encoding = media.descend(["encoding", &field.wire_name])?;
        for keyword in ["headers", "style", "explode", "allowReserved"] {
            let Some(value) = encoding.get(keyword) else { continue };
            let what = format!("`{keyword}` of a part");
            self.schemas.diagnostics.warn_not_used(value, &what, "each item of a list becomes a separate part");
        }
        let name = encoding.text("contentType")?;
        let is_one = !name.contains([',', '*']) && name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        is_one.then(|| name.to_owned())
    }

    /// The separator of a list in a URL-encoded form, unless each item is a separate pair.
    fn separator(&mut self, media: &Cursor<'d>, field: &DraftField) -> Option<&'static str> {
        if !self.is_written_as_text(&field.ty) {
            let help = "use the media type `multipart/form-data` for objects and files";
            self.schemas.diagnostics.unsupported(&field.at, "this property of a URL-encoded form", help);
        }
        let encoding = media.descend(["encoding", &field.wire_name])?;
        for keyword in ["headers", "contentType", "allowReserved"] {
            let Some(value) = encoding.get(keyword) else { continue };
            let what = format!("`{keyword}` of a property of a URL-encoded form");
            self.schemas.diagnostics.warn_not_used(value, &what, "the value is percent-encoded");
        }
        if let Some(style) = encoding.get("style").filter(|style| style.as_str().is_some_and(|text| text != "form")) {
            self.schemas.diagnostics.unsupported(
                style,
                "this style of a form property",
                "only `style: form` is supported",
            );
        }
        encoding.get("explode").is_some_and(|explode| *explode.value() == Value::Bool(false)).then_some(",")
    }

    /// Returns `true` for a value that is one text, and for a list of such values.
    fn is_written_as_text(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::List(item) => self.is_one_text(item),
            ty => self.is_one_text(ty),
        }
    }

    /// Returns `true` for a value that is one text on the wire: not an object, a list or a file.
    pub(crate) fn is_one_text(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.schemas.kind(*id) == ShapeKind::Enum { is_text: true },
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
