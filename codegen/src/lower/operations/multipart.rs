//! Forms of parts: structs that are encoded property by property, not as JSON.

use super::OperationReader;
use super::forms::without_null;
use super::media::Media;
use crate::api::{TypeId, TypeRef, Writing};
use crate::document::Cursor;
use crate::lower::draft::DraftStruct;
use crate::lower::schemas::ShapeKind;

/// A form whose parts are still to be read.
pub(crate) struct Multipart<'d> {
    pub(crate) ty: TypeId,
    /// The Media Type Object.
    pub(crate) media: Cursor<'d>,
    /// `true` in OpenAPI 3.1, where a part without a type is a file.
    pub(crate) is_31: bool,
}

impl<'d> OperationReader<'_, 'd> {
    /// Lowers the schema of a form. Its parts are read once its fields are known.
    pub(crate) fn multipart(&mut self, media: &Media<'d>, name: &str) -> Option<TypeRef> {
        let schema = self.schema_of(media)?;
        let lowered = self.schemas.lower_schema(&schema, name)?;
        match lowered.ty {
            TypeRef::Named(ty) if self.schemas.kind(ty) == ShapeKind::Struct => {
                let is_31 = self.entries.last().is_some_and(super::is_31);
                self.multiparts.push(Multipart { ty, media: media.node.clone(), is_31 });
                Some(lowered.ty)
            }
            _ => {
                let help = "describe its properties";
                self.schemas.diagnostics.unsupported(schema, "a form that is not an object with properties", help);
                None
            }
        }
    }

    /// Reads the parts of each form, once its fields are known.
    pub(crate) fn read_multiparts(&mut self) {
        for form in std::mem::take(&mut self.multiparts) {
            let Some(mut shape) = self.schemas.take_struct(form.ty) else { continue };
            let writing = self.read_multipart(&form, &mut shape);
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

    fn read_multipart(&mut self, form: &Multipart<'d>, shape: &mut DraftStruct<'d>) -> Writing {
        // A text cannot be `null`; a property that would be `null` is left out.
        for field in &mut shape.fields {
            let item = match field.ty.non_null() {
                TypeRef::List(item) => item,
                ty => ty,
            };
            if self.is_one_text(item) {
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
        Writing::Multipart(shape.fields.iter_mut().map(|field| self.part(form, field)).collect())
    }
}
