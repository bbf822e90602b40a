//! The names of media types, and the kinds of content that they denote.

/// Names of texts that do not begin with `text/`, and names of media types that are written in XML or YAML.
const TEXTS: &[&str] = &[
    "application/graphql",
    "application/javascript",
    "application/jsonl",
    "application/jwt",
    "application/sdp",
    "application/sql",
    "application/toml",
    "application/x-ndjson",
    "application/x-pem-file",
    "application/x-yaml",
    "application/xml",
    "application/yaml",
];

/// The name in lower case without parameters such as `charset`.
pub(crate) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns `true` for JSON under any of its names, and for a range of such names: `application/*+json`.
pub(crate) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Returns `true` for text that is not JSON.
pub(crate) fn is_text(essence: &str) -> bool {
    let is_written_in = ["+xml", "+yaml"].iter().any(|suffix| essence.ends_with(suffix));
    !is_json(essence) && (essence.starts_with("text/") || is_written_in || TEXTS.contains(&essence))
}

/// Returns `true` for a range of media types.
pub(crate) fn is_range(essence: &str) -> bool {
    essence.contains('*')
}

/// Returns `true` for a range that contains JSON beside other content.
pub(crate) fn may_be_json(essence: &str) -> bool {
    matches!(essence, "*/*" | "application/*")
}

/// Returns `true` for a name that can be written into a header.
pub(crate) fn is_printable(name: &str) -> bool {
    name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
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
            "text/json",
            "application/*+json",
            "model/gltf+json",
        ] {
            assert!(is_json(&essence(name)) && !is_text(&essence(name)), "{name}");
        }
        for name in ["text/json+x", "application/xml", "application/jsonlines", "image/png", "*/*", ""] {
            assert!(!is_json(&essence(name)), "{name}");
        }
    }

    #[test]
    fn texts_and_other_content_differ() {
        for name in ["text/plain", "TEXT/CSV; header=present", "application/xml", "image/svg+xml", "application/jwt"] {
            assert!(is_text(&essence(name)), "{name}");
        }
        for name in ["image/png", "application/octet-stream", "application/pdf", "*/*", "application/json"] {
            assert!(!is_text(&essence(name)), "{name}");
        }
    }
}
