//! The parts of `multipart/form-data`: files, JSON and texts.
//!
//! The media types that `encoding` states come first, then those of the schema, and then those that OpenAPI assumes: a file is
//! `application/octet-stream`, an object `application/json`, anything else a text. Each item of a list is a part of its own.

use super::OperationReader;
use super::files::{binary_content, is_binary};
use super::media_names::{essence, is_json, is_printable, is_range, is_text};
use super::multipart::Multipart;
use crate::api::{Check, Part, PartKind, TypeRef};
use crate::document::Cursor;
use crate::lower::draft::DraftField;

/// The media type of a part that holds any bytes.
const BYTES: &str = "application/octet-stream";

/// The depth of schemas within one another at which the search for a type ends.
const MAX_DEPTH: usize = 16;

/// The media types that the encoding of a part allows; none if it has no encoding.
struct Stated<'d>(Vec<&'d str>);

impl<'d> OperationReader<'_, 'd> {
    /// Reads the encoding of a field. One with bytes becomes a file.
    pub(crate) fn part(&mut self, form: &Multipart<'d>, field: &mut DraftField<'d>) -> Part {
        let stated = self.stated_media_types(&form.media, &field.wire_name);
        let allowed = stated.0.iter().map(|name| (*name).to_owned()).collect();
        let schema = self.schema_of_part(field);
        let own = schema.as_ref().and_then(binary_content);
        if own.is_some() || is_file(item(&field.ty), &stated, form.is_31) {
            into_file(field);
            let media_type = stated.only().or_else(|| own?.media_type).filter(|name| *name != BYTES);
            return Part { kind: PartKind::File, media_type: media_type.map(str::to_owned), allowed };
        }
        let has_text = self.is_one_text(item(&field.ty));
        if stated.is_json() || !has_text {
            self.refuse_other_than_json(field, &stated, has_text);
            return Part { kind: PartKind::Json, media_type: stated.json().map(str::to_owned), allowed };
        }
        // In OpenAPI 3.1, a string with `contentEncoding` contains bytes, encoded as text.
        let of_encoded = (form.is_31 && *item(&field.ty) == TypeRef::Base64).then_some(BYTES);
        let own = schema.as_ref().and_then(|schema| schema.text("contentMediaType"));
        let own = own.filter(|name| is_text(&essence(name)) && is_printable(name));
        let media_type = stated.only().or(of_encoded).or(own).map(str::to_owned);
        Part { kind: PartKind::Text, media_type, allowed }
    }

    /// The media types in the encoding of a property. Reports the keywords that are not read.
    fn stated_media_types(&mut self, media: &Cursor<'d>, property: &str) -> Stated<'d> {
        let Some(encoding) = media.descend(["encoding", property]) else { return Stated(Vec::new()) };
        for keyword in ["headers", "style", "explode", "allowReserved"] {
            let Some(value) = encoding.get(keyword) else { continue };
            let what = format!("`{keyword}` of a part");
            self.schemas.diagnostics.warn_not_used(value, &what, "each item of a list becomes a separate part");
        }
        let names = encoding.text("contentType").unwrap_or_default().split(',').map(str::trim);
        Stated(names.filter(|name| !name.is_empty() && is_printable(name)).collect())
    }

    /// The schema of the values of a field, or of the items of a list.
    fn schema_of_part(&self, field: &DraftField<'d>) -> Option<Cursor<'d>> {
        let schema = self.typed_schema(&field.at);
        let is_list = matches!(field.ty, TypeRef::List(_));
        if is_list { schema.get("items").map(|items| self.typed_schema(&items)) } else { Some(schema) }
    }

    /// The schema that states the type, past references and past schemas that only add `null` or annotations.
    fn typed_schema(&self, schema: &Cursor<'d>) -> Cursor<'d> {
        let mut schema = self.resolved.follow(schema);
        for _ in 0..MAX_DEPTH {
            let parts = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|keyword| schema.array(keyword));
            let parts: Vec<_> = parts.filter(|part| !self.schemas.is_null(part)).collect();
            match &*parts {
                [only] if !schema.has("type") => schema = self.resolved.follow(only),
                _ => break,
            }
        }
        schema
    }

    /// Reports an object whose media type is not JSON; as text, it is JSON.
    fn refuse_other_than_json(&mut self, field: &DraftField<'d>, stated: &Stated<'d>, has_text: bool) {
        let is_possible = |name: &&str| is_json(&essence(name)) || is_range(name) || essence(name) == "text/plain";
        if !(has_text || stated.0.is_empty() || stated.0.iter().any(is_possible)) {
            let what = format!("an object as a part of media type `{}`", stated.0.join(", "));
            self.schemas.diagnostics.unsupported(&field.at, &what, "use `contentType: application/json` in `encoding`");
        }
    }
}

impl<'d> Stated<'d> {
    /// The media type, if there is exactly one.
    fn only(&self) -> Option<&'d str> {
        match &*self.0 {
            [only] if !is_range(only) => Some(only),
            _ => None,
        }
    }

    /// The media type of JSON, or else the only one, if it is not the usual one.
    fn json(&self) -> Option<&'d str> {
        let json = self.0.iter().find(|name| is_json(&essence(name)) && !is_range(name));
        json.copied().or_else(|| self.only()).filter(|name| *name != "application/json")
    }

    /// Returns `true` if every media type is JSON, and there is one.
    fn is_json(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|name| is_json(&essence(name)))
    }

    /// Returns `true` if every media type is that of bytes, and there is one.
    fn is_binary(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|name| is_binary(name))
    }
}

/// The value, or an item of the list that it is.
fn item(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::List(item) => item,
        ty => ty,
    }
}

/// Returns `true` for the type of a file, and for values that could be anything and whose media type is that of bytes.
fn is_file(ty: &TypeRef, stated: &Stated<'_>, is_31: bool) -> bool {
    match ty {
        TypeRef::File => true,
        TypeRef::Any => stated.is_binary() || is_31 && !stated.is_json(),
        TypeRef::String => stated.is_binary(),
        _ => false,
    }
}

/// Gives a field the type of a file, or of a list of files.
fn into_file(field: &mut DraftField<'_>) {
    if let TypeRef::List(_) = field.ty {
        field.ty = TypeRef::List(Box::new(TypeRef::File));
        field.checks.retain(|check| matches!(check, Check::ItemCount(_)));
    } else {
        field.ty = TypeRef::File;
        field.checks.clear();
    }
    field.format = None;
}
