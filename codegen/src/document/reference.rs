//! The text of a `$ref` as an origin.

use std::sync::Arc;

use super::{JsonPointer, Origin};

/// The reason for which a reference cannot be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadReference {
    /// It has a host or a scheme.
    Url,
    /// It points outside the folder of the description.
    OutsideFolder,
    /// The part after `#` is not a JSON Pointer.
    NotAPointer,
}

/// The target of a reference in a file, which may not exist.
pub(crate) fn locate(holder: &Arc<str>, text: &str) -> Result<Origin, BadReference> {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    let pointer =
        percent_decode(fragment).and_then(|fragment| JsonPointer::parse(&fragment)).ok_or(BadReference::NotAPointer)?;
    if path.is_empty() {
        return Ok(Origin { file: Arc::clone(holder), pointer });
    }
    let path = percent_decode(path).ok_or(BadReference::Url)?;
    Ok(Origin { file: sibling(holder, &path)?.into(), pointer })
}

/// The name of the file at a path relative to another file.
fn sibling(from: &str, path: &str) -> Result<String, BadReference> {
    if path.contains("://")
        || path.starts_with("//")
        || path.split(['/', '\\']).next().is_some_and(|first| first.contains(':'))
    {
        return Err(BadReference::Url);
    }
    if path.starts_with('/') || path.contains('\\') {
        return Err(BadReference::OutsideFolder);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(BadReference::OutsideFolder)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

pub(crate) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_locate(from: &str, text: &str, expected: Result<&str, BadReference>) {
        let found = locate(&from.into(), text).map(|origin| origin.to_string());
        assert_eq!(found.as_deref().map_err(|problem| *problem), expected);
    }

    #[test]
    fn references_stay_in_the_folder() {
        check_locate("a.yaml", "#/components/schemas/A", Ok("a.yaml#/components/schemas/A"));
        check_locate("a.yaml", "b.yaml#/x", Ok("b.yaml#/x"));
        check_locate("a.yaml", "./b.yaml", Ok("b.yaml#"));
        check_locate("parts/a.yaml", "../b.yaml#/x", Ok("b.yaml#/x"));
        check_locate("parts/a.yaml", "c/d.json#/x", Ok("parts/c/d.json#/x"));
        check_locate("a.yaml", "#/a%7B%7D", Ok("a.yaml#/a{}"));
        check_locate("a.yaml", "../b.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "b/../../c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "%2e%2e/c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "/etc/c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "..\\c.yaml", Err(BadReference::OutsideFolder));
        check_locate("a.yaml", "https://example.com/a.yaml#/x", Err(BadReference::Url));
        check_locate("a.yaml", "file:c.yaml", Err(BadReference::Url));
        check_locate("a.yaml", "c:/d.yaml", Err(BadReference::Url));
        check_locate("a.yaml", "#components", Err(BadReference::NotAPointer));
        check_locate("a.yaml", "Contact", Ok("Contact#"));
    }
}
