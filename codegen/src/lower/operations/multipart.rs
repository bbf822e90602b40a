//! Forms of parts: structs that are encoded property by property, not as JSON.

use std::collections::{HashMap, HashSet};

use super::OperationReader;
use super::files::binary_content;
use super::forms::without_null;
use super::media::Media;
use crate::api::{BodyFormat, Callback, TypeId, TypeRef, Writing};
use crate::document::Cursor;
use crate::lower::draft::{DraftBody, DraftOperation, DraftStruct};
use crate::lower::schemas::{LoweredType, ShapeKind};

/// A form whose parts are still to be read.
pub(crate) struct Multipart<'d> {
    pub(crate) ty: TypeId,
    /// The Media Type Object.
    pub(crate) media: Cursor<'d>,
    /// `true` in OpenAPI 3.1, where a part without a type is a file.
    pub(crate) is_31: bool,
}

impl<'d> OperationReader<'_, 'd> {
    /// Reads a form of parts. The parts of an object with properties are read once its fields are known; others are described only
    /// by their values.
    pub(crate) fn multipart(&mut self, media: &Media<'d>, name: &str) -> Option<DraftBody> {
        let LoweredType { ty, checks, .. } = self.form_object(media, name)?;
        let (ty, format) = match ty {
            TypeRef::Named(id) if self.schemas.kind(id) == ShapeKind::Struct => {
                let is_31 = self.entries.last().is_some_and(super::is_31);
                self.multiparts.push(Multipart { ty: id, media: media.node.clone(), is_31 });
                (ty, BodyFormat::Multipart)
            }
            TypeRef::Map(value) if *value == TypeRef::Any || self.has_file_values(media) => {
                (TypeRef::Map(Box::new(TypeRef::File)), BodyFormat::Files)
            }
            ty => (ty, BodyFormat::Parts),
        };
        let checks = if format == BodyFormat::Parts { checks } else { Vec::new() };
        Some(DraftBody { ty, checks, format, media_type: media.essence() })
    }

    /// Returns `true` if the additional properties of an object are files.
    fn has_file_values(&self, media: &Media<'d>) -> bool {
        let schema = self.resolved.get(&media.node, "schema");
        let values = schema.and_then(|schema| self.resolved.get(&schema, "additionalProperties"));
        values.is_some_and(|values| binary_content(&values).is_some())
    }

    /// Reads the parts of each form, once its fields are known. A type that is also JSON, which has no files, has a copy for the
    /// form.
    pub(crate) fn read_multiparts(&mut self, operations: &mut [DraftOperation<'d>], callbacks: &[Callback]) {
        let in_json = self.types_in_json(operations, callbacks);
        let mut copies: HashMap<TypeId, TypeId> = HashMap::new();
        for mut form in std::mem::take(&mut self.multiparts) {
            if in_json.contains(&form.ty) {
                let known = copies.get(&form.ty).copied();
                let Some(copy) = known.or_else(|| self.schemas.copy_struct(form.ty, "Form")) else { continue };
                copies.insert(form.ty, copy);
                form.ty = copy;
            }
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
        let forms = operations.iter_mut().filter_map(|operation| operation.request.as_mut());
        for request in forms.filter(|request| request.body.format == BodyFormat::Multipart) {
            if let TypeRef::Named(id) = &mut request.body.ty
                && let Some(copy) = copies.get(id)
            {
                *id = *copy;
            }
        }
    }

    /// The types that are encoded or decoded as JSON.
    fn types_in_json(&self, operations: &[DraftOperation<'d>], callbacks: &[Callback]) -> HashSet<TypeId> {
        let requests = operations.iter().filter_map(|operation| operation.request.as_ref());
        let sent = requests.filter(|request| request.body.format != BodyFormat::Multipart);
        let sent = sent.filter_map(|request| request.body.ty.named());
        let bodies = operations.iter().flat_map(|operation| operation.response.bodies());
        let returned = bodies.filter_map(|body| body.ty.named());
        let posted = callbacks.iter().map(|callback| callback.ty);
        let roots = sent.chain(returned).chain(posted).chain(self.error_bodies.iter().copied());
        roots.chain(self.schemas.all_parts()).collect()
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
        Writing::Multipart(shape.fields.iter_mut().map(|field| self.part(form, field)).collect())
    }
}
