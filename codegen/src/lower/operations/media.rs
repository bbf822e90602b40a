//! Media types: which of those that a description names is used, and how.

use super::OperationReader;
use crate::document::{Cursor, Node, Origin};

/// The media type that a body or a response is read from or written as.
pub(crate) struct Media {
    /// As the description has it.
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) origin: Origin,
}

/// The media types of an operation that are not used, in one note for all of them.
#[derive(Default)]
pub(crate) struct UnusedMediaTypes {
    first: Option<Origin>,
    names: Vec<String>,
}

impl UnusedMediaTypes {
    /// Keeps media types for the note.
    pub(crate) fn keep(&mut self, media: &[Media]) {
        for media in media {
            self.first.get_or_insert_with(|| media.origin.clone());
            if !self.names.contains(&media.name) {
                self.names.push(media.name.clone());
            }
        }
    }
}

impl Media {
    /// Without parameters such as `charset`, in small letters.
    pub(crate) fn essence(&self) -> String {
        essence(&self.name)
    }

    pub(crate) fn is_json(&self) -> bool {
        is_json(&self.essence())
    }

    pub(crate) fn schema(&self) -> Origin {
        self.origin.child("schema")
    }
}

/// The names of media types, sorted.
pub(crate) fn offered(media: &[Media]) -> Vec<String> {
    let mut names: Vec<_> = media.iter().map(|media| media.name.clone()).collect();
    names.sort();
    names
}

fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

impl<'d> OperationReader<'_, 'd> {
    /// The media types of a body or a response, the ones to be used first: JSON as such, other JSON, the rest.
    pub(crate) fn media_types(&mut self, holder: &Origin) -> Vec<Media> {
        let content = holder.child("content");
        let types = self.resolved.node(&content).and_then(Node::as_object);
        let names = types.into_iter().flat_map(|types| types.keys());
        let mut media: Vec<_> = names.map(|name| Media { name: name.clone(), origin: content.child(name) }).collect();
        for Media { name, origin } in &media {
            if !name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) || !name.contains('/') {
                let help = "write a type and a subtype, such as `application/json`";
                self.schemas.diagnostics.unsupported(origin.clone(), &format!("the media type `{name}`"), help);
            }
        }
        media.sort_by_key(|media| match &*media.essence() {
            "application/json" => 0,
            essence if is_json(essence) => 1,
            "multipart/form-data" => 2,
            "application/x-www-form-urlencoded" => 3,
            _ => 4,
        });
        media
    }

    /// The schema of the JSON that a body holds, where it holds nothing but JSON.
    pub(crate) fn json_schema(&mut self, holder: &Origin) -> Option<Cursor<'d>> {
        let mut media = self.media_types(holder).into_iter();
        let first = media.next();
        let mut unused = UnusedMediaTypes::default();
        unused.keep(media.as_slice());
        self.note_media_types(&unused);
        let Some(media) = first.filter(Media::is_json) else {
            let content = holder.child("content");
            self.schemas.diagnostics.unsupported(content, "a body without JSON", "describe an `application/json` body");
            return None;
        };
        self.schema_of(&media)
    }

    /// The schema of a media type that needs one.
    pub(crate) fn schema_of(&mut self, media: &Media) -> Option<Cursor<'d>> {
        let schema = self.resolved.cursor(&media.schema());
        if schema.is_none() {
            let help = "give the media type a `schema`";
            self.schemas.diagnostics.unsupported(media.origin.clone(), "a body without a schema", help);
        }
        schema
    }

    /// Whether what stands under a media type is one text; bytes are a text only by name.
    pub(crate) fn is_text(&mut self, media: &Media) -> bool {
        let schema = self.resolved.follow(&media.schema());
        let Some(node) = self.resolved.node(&schema) else { return media.essence().starts_with("text/") };
        let word = |keyword: &str| node.get(keyword).and_then(Node::as_str);
        word("type") == Some("string") && !matches!(word("format"), Some("binary" | "byte"))
    }

    /// Whether nothing is said of the values under a media type but that they are bytes.
    pub(crate) fn is_bytes(&mut self, media: &Media) -> bool {
        let schema = self.resolved.follow(&media.schema());
        let Some(node) = self.resolved.node(&schema) else { return true };
        matches!(node.get("type").and_then(Node::as_str), None | Some("string"))
            && !["properties", "items", "allOf", "oneOf", "anyOf"].iter().any(|keyword| node.get(keyword).is_some())
    }

    pub(crate) fn note_media_types(&mut self, unused: &UnusedMediaTypes) {
        let Some(first) = &unused.first else { return };
        self.schemas.diagnostics.unused_media_types(first.clone(), &unused.names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_several_names() {
        for name in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/problem+json",
            "application/vnd.x+json ;v=1",
        ] {
            assert!(is_json(&essence(name)), "{name}");
        }
        for name in ["text/json+x", "application/xml", "application/jsonlines", "image/png", "*/*", ""] {
            assert!(!is_json(&essence(name)), "{name}");
        }
    }
}
