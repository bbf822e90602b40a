//! Headers of responses, and the types of their values.

use super::OperationReader;
use crate::api::{ResponseHeader, TypeRef};
use crate::document::Cursor;
use crate::lower::schemas::ShapeKind;

/// Headers whose values are dates as HTTP writes them, even if they are described as those of RFC 3339.
const HTTP_DATES: &[&str] = &["date", "expires", "last-modified", "sunset"];

impl<'d> OperationReader<'_, 'd> {
    /// The headers of a response. `Content-Type` is not one of them: media types define it.
    pub(super) fn response_headers(&mut self, response: &Cursor<'d>, type_name: &str) -> Vec<ResponseHeader> {
        let described = response.object("headers").filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let header = |(name, header): (&str, Cursor<'d>)| {
            let header = self.resolved.follow(&header);
            let types = self.resolved.get(&header, "schema").and_then(|schema| schema.get("type"));
            ResponseHeader {
                origin: header.origin(),
                name: name.to_owned(),
                required: header.flag("required"),
                types: types.map(|types| words(&types)).unwrap_or_default(),
                ty: self.header_type(&header, name, type_name),
                description: header.text("description").map(str::to_owned),
            }
        };
        described.map(header).collect()
    }

    /// The type of the value of a header: a single value or a list of these. The text of any other value is not parsed.
    fn header_type(&mut self, header: &Cursor<'d>, name: &str, type_name: &str) -> TypeRef {
        let Some(schema) = header.get("schema") else { return TypeRef::String };
        let target = self.resolved.follow(&schema);
        let wanted = format!("{type_name}{}", self.casing.type_name(name));
        let item = target.get("items");
        match (target.text("type"), item) {
            (Some("array"), Some(item)) => {
                let ty = self.single_header_type(&item, name, &wanted);
                TypeRef::List(Box::new(ty.unwrap_or(TypeRef::String)))
            }
            _ => self.single_header_type(&schema, name, &wanted).unwrap_or(TypeRef::String),
        }
    }

    fn single_header_type(&mut self, schema: &Cursor<'d>, name: &str, wanted: &str) -> Option<TypeRef> {
        let target = self.resolved.follow(schema);
        let ty = target.text("type").filter(|ty| ["string", "integer", "number", "boolean"].contains(ty))?;
        let is_text = target.array("enum").all(|value| value.as_str().is_some());
        if !is_text {
            // The values of other enumerations are not texts.
            return match ty {
                "integer" => Some(TypeRef::I64),
                "number" => Some(TypeRef::F64),
                "boolean" => Some(TypeRef::Bool),
                _ => None,
            };
        }
        let ty = self.schemas.lower_schema(schema, wanted)?.ty.non_null().clone();
        match ty {
            TypeRef::DateTime if HTTP_DATES.iter().any(|date| date.eq_ignore_ascii_case(name)) => None,
            TypeRef::Named(id) if !matches!(self.schemas.kind(id), ShapeKind::Enum { .. }) => None,
            TypeRef::Any | TypeRef::Never | TypeRef::Bytes | TypeRef::File | TypeRef::List(_) | TypeRef::Map(_) => None,
            ty => Some(ty),
        }
    }
}

/// A word, or a list of words.
fn words(value: &Cursor<'_>) -> Vec<String> {
    let words = value.as_str().into_iter().chain(value.items().filter_map(|word| word.as_str()));
    words.map(str::to_owned).collect()
}
