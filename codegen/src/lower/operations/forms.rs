//! Forms: structs that are encoded property by property, not as JSON.

use super::OperationReader;
use crate::api::{BodyFormat, Check, TypeId, TypeRef, Writing};
use crate::document::{Cursor, Value};
use crate::lower::draft::{DraftField, DraftStruct};
use crate::lower::schemas::ShapeKind;

/// A form whose encoding is still to be read.
pub(crate) struct Form<'d> {
    pub(crate) ty: TypeId,
    pub(crate) format: BodyFormat,
    /// The Media Type Object.
    pub(crate) media: Cursor<'d>,
    /// `true` in OpenAPI 3.1, where a part without a type is a file.
    pub(crate) is_31: bool,
}

impl<'d> OperationReader<'_, 'd> {
    /// Reads the encoding of each form, once its fields are known.
    pub(crate) fn read_forms(&mut self) {
        for form in std::mem::take(&mut self.forms) {
            let Some(mut shape) = self.schemas.take_struct(form.ty) else { continue };
            let writing = self.read_form(&form, &mut shape);
            self.schemas.put_struct(form.ty, shape);
            match self.schemas.writing(form.ty) {
                Writing::Json => self.schemas.set_writing(form.ty, writing),
                known if *known == writing => {}
                _ => {
                    let help = "use a separate schema for each encoding";
                    self.schemas.diagnostics.unsupported(form.media, "a form with several encodings", help);
                }
            }
        }
    }

    fn read_form(&mut self, form: &Form<'d>, shape: &mut DraftStruct<'d>) -> Writing {
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
            let at = self.schemas.at(form.ty).clone();
            self.schemas.diagnostics.unsupported(at, "a form with additional properties", help);
        }
        if form.format == BodyFormat::Multipart {
            Writing::Multipart(shape.fields.iter_mut().map(|field| self.part(form, field)).collect())
        } else {
            Writing::Form(shape.fields.iter().map(|field| self.separator(&form.media, field)).collect())
        }
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
                "this `style` of a form property",
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
