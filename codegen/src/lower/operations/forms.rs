//! Forms: structs that are not written as JSON, member by member.

use super::OperationReader;
use super::bodies::encoding;
use crate::api::{BodyFormat, Check, TypeId, TypeRef, Writing};
use crate::document::{Node, Origin, Value};
use crate::lower::draft::{DraftField, DraftStruct};
use crate::lower::schemas::ShapeKind;

impl OperationReader<'_, '_> {
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
                    let help = "refer to a definition of its own from each";
                    self.schemas.diagnostics.unsupported(media, "a form that is written in several ways", help);
                }
            }
        }
    }

    fn read_form(&mut self, id: TypeId, format: BodyFormat, media: &Origin, shape: &mut DraftStruct) -> Writing {
        // A text cannot be `null`; a property that would be `null` is left out.
        for field in &mut shape.fields {
            if self.is_written_as_text(field.ty.non_null()) {
                without_null(&mut field.ty, &mut field.checks);
            }
        }
        if shape.unknown_properties.field().is_some() {
            let help = "describe each member of the form";
            let origin = self.schemas.origin(id).clone();
            self.schemas.diagnostics.unsupported(origin, "a form with members that are not described", help);
        }
        if format == BodyFormat::Multipart {
            for field in &mut shape.fields {
                self.file(field);
            }
            Writing::Multipart(shape.fields.iter().map(|field| self.part_type(media, field)).collect())
        } else {
            Writing::Form(shape.fields.iter().map(|field| self.separator(media, field)).collect())
        }
    }

    /// Bytes in a form are files.
    fn file(&self, field: &mut DraftField) {
        let schema = self.resolved.follow(&field.origin);
        let Some(node) = self.resolved.node(&schema) else { return };
        let is_binary = |node: &Node| node.get("format").and_then(Node::as_str) == Some("binary");
        let items = self.resolved.follow(&schema.child("items"));
        if is_binary(node) {
            field.ty = TypeRef::File;
            field.checks.clear();
        } else if self.resolved.node(&items).is_some_and(is_binary) {
            field.ty = TypeRef::List(Box::new(TypeRef::File));
            field.checks.retain(|check| matches!(check, Check::ItemCount(_)));
        }
        if field.format.as_deref() == Some("binary") {
            field.format = None;
        }
    }

    /// The media type that the description gives a part, if it is one.
    fn part_type(&mut self, media: &Origin, field: &DraftField) -> Option<String> {
        let place = media.descend(["encoding", &field.wire_name]);
        let stated = encoding(self.resolved.node(media)?, &field.wire_name)?;
        for keyword in
            ["headers", "style", "explode", "allowReserved"].into_iter().filter(|key| stated.get(key).is_some())
        {
            let what = format!("`{keyword}` of a part");
            self.schemas.diagnostics.not_used(
                place.child(keyword),
                &what,
                "each item of a list becomes a part of its own",
            );
        }
        let name = stated.get("contentType").and_then(Node::as_str)?;
        let is_one = !name.contains([',', '*']) && name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        is_one.then(|| name.to_owned())
    }

    /// The separator of a list in a form of texts, unless each item stands alone.
    fn separator(&mut self, media: &Origin, field: &DraftField) -> Option<&'static str> {
        if !self.is_written_as_text(&field.ty) {
            let help = "forms of media type `multipart/form-data` may hold objects and files";
            self.schemas.diagnostics.unsupported(field.origin.clone(), "this member in a form of texts", help);
        }
        let place = media.descend(["encoding", &field.wire_name]);
        let stated = encoding(self.resolved.node(media)?, &field.wire_name)?;
        for keyword in ["headers", "contentType", "allowReserved"].into_iter().filter(|key| stated.get(key).is_some()) {
            let what = format!("`{keyword}` of a member of a form of texts");
            self.schemas.diagnostics.not_used(place.child(keyword), &what, "the text is percent-encoded");
        }
        if stated.get("style").and_then(Node::as_str).is_some_and(|style| style != "form") {
            self.schemas.diagnostics.unsupported(
                place.child("style"),
                "this style in a form",
                "`style: form` is supported",
            );
        }
        (stated.get("explode").map(|node| &node.value) == Some(&Value::Bool(false))).then_some(",")
    }

    /// Whether a value is one text, or a list of such values.
    fn is_written_as_text(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::List(item) => self.is_one_text(item),
            ty => self.is_one_text(ty),
        }
    }

    /// Whether a value is one text on the wire: no object, no list, no file.
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

/// Takes `null` out of a type, and its checks out of their condition.
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
