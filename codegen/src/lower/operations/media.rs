//! Media types: the choice among those of a body or a response.

use super::OperationReader;
use super::files::binary_content;
use super::media_names::{essence, is_json, is_printable, is_range, is_text, may_be_json};
use crate::api::TypeRef;
use crate::document::Cursor;
use crate::lower::schemas::LoweredType;

/// A media type of a body or a response.
#[derive(Clone)]
pub(crate) struct Media<'d> {
    /// The name in the description.
    pub(crate) name: &'d str,
    /// The Media Type Object.
    pub(crate) node: Cursor<'d>,
}

/// The content of a media type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Json,
    Text,
    Bytes,
    /// None of these, such as XML.
    Other,
}

/// The media types of an operation that are not lowered; one note reports all of them.
#[derive(Default)]
pub(crate) struct UnusedMediaTypes<'d> {
    first: Option<Cursor<'d>>,
    names: Vec<&'d str>,
}

impl<'d> UnusedMediaTypes<'d> {
    /// Adds media types to the note.
    pub(crate) fn keep(&mut self, media: &[Media<'d>]) {
        for Media { name, node } in media {
            self.first.get_or_insert_with(|| node.clone());
            if !self.names.contains(name) {
                self.names.push(name);
            }
        }
    }
}

impl<'d> Media<'d> {
    /// The name in lower case without parameters such as `charset`.
    pub(crate) fn essence(&self) -> String {
        essence(self.name)
    }

    pub(crate) fn schema(&self) -> Option<Cursor<'d>> {
        self.node.get("schema")
    }
}

/// The names of media types, sorted.
pub(crate) fn offered(media: &[Media<'_>]) -> Vec<String> {
    let mut names: Vec<_> = media.iter().map(|media| media.name.to_owned()).collect();
    names.sort();
    names
}

impl<'d> OperationReader<'_, 'd> {
    /// The media types of a body or a response in the order of preference: `application/json`, other JSON, forms, ranges that
    /// are JSON, the rest. One media type comes before a range.
    pub(crate) fn media_types(&mut self, holder: &Cursor<'d>) -> Vec<Media<'d>> {
        let mut media: Vec<_> = holder.object("content").map(|(name, node)| Media { name, node }).collect();
        for Media { name, node } in &media {
            if !is_printable(name) || !name.contains('/') {
                let help = "use a type and a subtype, as in `application/json`";
                self.schemas.diagnostics.unsupported(node, &format!("the media type `{name}`"), help);
            }
        }
        media.sort_by_cached_key(|media| {
            let essence = media.essence();
            let is_range = is_range(&essence);
            match (&*essence, self.content(media)) {
                ("application/json", Content::Json) => 0,
                (_, Content::Json) if !is_range => 1,
                ("multipart/form-data", _) => 2,
                ("application/x-www-form-urlencoded", _) => 3,
                (_, Content::Json) => 4 + u8::from(may_be_json(&essence)),
                _ => 6 + u8::from(is_range),
            }
        });
        media
    }

    /// The content of a media type: by its name, and for a name that leaves it open by its schema.
    pub(crate) fn content(&self, media: &Media<'d>) -> Content {
        let essence = media.essence();
        let named = || if is_text(&essence) { Content::Text } else { Content::Bytes };
        let Some(schema) = self.resolved.get(&media.node, "schema") else {
            return if is_json(&essence) { Content::Json } else { named() };
        };
        let is_base64 = schema.text("format") == Some("byte");
        match schema.text("type") {
            // JSON cannot hold bytes.
            _ if binary_content(&schema).is_some() => Content::Bytes,
            _ if is_json(&essence) => Content::Json,
            Some("string") if is_base64 => Content::Bytes,
            _ if may_be_json(&essence) => Content::Json,
            Some("string") => named(),
            None if !has_shape(&schema) => Content::Bytes,
            _ => Content::Other,
        }
    }

    /// The type of a JSON body; any JSON without a schema.
    pub(crate) fn json_type(&mut self, media: &Media<'d>, name: &str) -> Option<LoweredType> {
        match media.schema() {
            Some(schema) => self.schemas.lower_schema(&schema, name),
            None => Some(LoweredType::of(TypeRef::Any)),
        }
    }

    /// The schema of a body that must be JSON.
    pub(crate) fn json_schema(&mut self, holder: &Cursor<'d>) -> Option<Cursor<'d>> {
        let mut media = self.media_types(holder).into_iter();
        let first = media.next();
        let mut unused = UnusedMediaTypes::default();
        unused.keep(media.as_slice());
        self.note_media_types(&unused);
        let Some(media) = first.filter(|media| self.content(media) == Content::Json) else {
            let help = "describe an `application/json` body";
            self.schemas.diagnostics.unsupported(holder.location_of("content"), "a body without JSON", help);
            return None;
        };
        self.schema_of(&media)
    }

    /// The schema of a media type that needs one.
    pub(crate) fn schema_of(&mut self, media: &Media<'d>) -> Option<Cursor<'d>> {
        let schema = media.schema();
        if schema.is_none() {
            let help = "add a `schema` to the media type";
            self.schemas.diagnostics.unsupported(&media.node, "a body without a schema", help);
        }
        schema
    }

    /// Reports bytes whose media type is JSON, which cannot hold them.
    pub(crate) fn warn_of_bytes_in_json(&mut self, media: &Media<'d>) {
        if is_json(&media.essence()) {
            self.schemas.diagnostics.bytes_in_json(&media.node, media.name);
        }
    }

    pub(crate) fn note_media_types(&mut self, unused: &UnusedMediaTypes<'d>) {
        let Some(first) = &unused.first else { return };
        self.schemas.diagnostics.unused_media_types(first, &unused.names);
    }
}

/// Returns `true` if a schema without `type` describes the parts of its values.
fn has_shape(schema: &Cursor<'_>) -> bool {
    ["properties", "items", "allOf", "oneOf", "anyOf"].iter().any(|keyword| schema.has(keyword))
}
