//! Media types: the choice among those of a body or a response.

use super::OperationReader;
use crate::document::Cursor;

/// A media type of a body or a response.
#[derive(Clone)]
pub(crate) struct Media<'d> {
    /// The name in the description.
    pub(crate) name: &'d str,
    /// The Media Type Object.
    pub(crate) node: Cursor<'d>,
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

    pub(crate) fn is_json(&self) -> bool {
        is_json(&self.essence())
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

fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

impl<'d> OperationReader<'_, 'd> {
    /// The media types of a body or a response in the order of preference: `application/json`, other JSON, forms, the rest.
    pub(crate) fn media_types(&mut self, holder: &Cursor<'d>) -> Vec<Media<'d>> {
        let mut media: Vec<_> = holder.object("content").map(|(name, node)| Media { name, node }).collect();
        for Media { name, node } in &media {
            if !name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) || !name.contains('/') {
                let help = "use a type and a subtype, as in `application/json`";
                self.schemas.diagnostics.unsupported(node, &format!("the media type `{name}`"), help);
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

    /// The schema of a body that must be JSON.
    pub(crate) fn json_schema(&mut self, holder: &Cursor<'d>) -> Option<Cursor<'d>> {
        let mut media = self.media_types(holder).into_iter();
        let first = media.next();
        let mut unused = UnusedMediaTypes::default();
        unused.keep(media.as_slice());
        self.note_media_types(&unused);
        let Some(media) = first.filter(Media::is_json) else {
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

    /// Returns `true` if the values of a media type are text; without a schema its name decides.
    pub(crate) fn is_text(&self, media: &Media<'d>) -> bool {
        let Some(schema) = self.resolved.get(&media.node, "schema") else {
            return media.essence().starts_with("text/");
        };
        schema.text("type") == Some("string") && !matches!(schema.text("format"), Some("binary" | "byte"))
    }

    /// Returns `true` if the schema of a media type allows bytes only, or anything.
    pub(crate) fn is_bytes(&self, media: &Media<'d>) -> bool {
        let Some(schema) = self.resolved.get(&media.node, "schema") else { return true };
        matches!(schema.text("type"), None | Some("string"))
            && !["properties", "items", "allOf", "oneOf", "anyOf"].iter().any(|keyword| schema.has(keyword))
    }

    pub(crate) fn note_media_types(&mut self, unused: &UnusedMediaTypes<'d>) {
        let Some(first) = &unused.first else { return };
        self.schemas.diagnostics.unused_media_types(first, &unused.names);
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
