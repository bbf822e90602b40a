//! Schemas whose values are files: bytes, which neither JSON nor a text can hold.

use super::media_names::{essence, is_json, is_text};
use crate::document::Cursor;

/// The content of a file.
pub(crate) struct BinaryContent<'d> {
    /// The media type that the schema states.
    pub(crate) media_type: Option<&'d str>,
}

/// The content of the values of a schema, if they are bytes: those of `format: binary`, and strings whose
/// `contentMediaType` is not a text and that have no encoding as text.
pub(crate) fn binary_content<'d>(schema: &Cursor<'d>) -> Option<BinaryContent<'d>> {
    let media_type = schema.text("contentMediaType");
    let is_binary = match schema.text("contentEncoding") {
        Some(encoding) => encoding.eq_ignore_ascii_case("binary"),
        None => media_type.is_some_and(is_binary),
    };
    let is_string = schema.text("type").is_none_or(|ty| ty == "string");
    let is_file = schema.text("format") == Some("binary") || is_binary && is_string;
    is_file.then_some(BinaryContent { media_type })
}

/// Returns `true` for a media type whose content is neither JSON nor text.
pub(crate) fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    !is_json(&essence) && !is_text(&essence)
}
