//! The body of a form with files: `multipart/form-data` as defined by RFC 7578.
//!
//! A form is written into one buffer, like any other body, so that every attempt sends the same bytes. Only streams stay
//! separate.

use std::fmt::{self, Display, Write as _};

use bytes::Bytes;
use serde::Serialize;

use crate::json;
use crate::json::error::JsonError;
use crate::json::raw::{self, Raw};
use crate::operation::byte_source::ByteSource;
use crate::operation::file::File;
use crate::operation::payload::Payload;

/// An encoder for multipart forms.
///
/// Each method takes any number of values: none for an absent property, several for a list. A list becomes several
/// parts with the same name.
#[derive(Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

struct Part {
    head: String,
    body: ByteSource,
}

impl Multipart {
    /// Creates an empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part for each text. Without a media type, a part is plain text.
    pub fn text<T: Display>(&mut self, name: &str, content_type: Option<&str>, values: impl IntoIterator<Item = T>) {
        for value in values {
            self.part(name, None, content_type, value.to_string().into());
        }
    }

    /// Adds a JSON part for each value. The default media type is `application/json`.
    ///
    /// # Errors
    ///
    /// Returns an error if a value contains a map with non-string keys or a number that is not finite, or if its
    /// `Serialize` implementation fails.
    pub fn json<'v, T: Serialize + ?Sized + 'v>(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Result<(), JsonError> {
        for value in values {
            self.part(name, None, Some(content_type.unwrap_or("application/json")), json::encode(value)?.into());
        }
        Ok(())
    }

    /// Adds a part for each file. The media type applies to files that do not have one. The default is
    /// `application/octet-stream`.
    pub fn file<'v>(&mut self, name: &str, content_type: Option<&str>, files: impl IntoIterator<Item = &'v File>) {
        for file in files {
            let usual = file.name.as_ref().map(|_| "application/octet-stream");
            let content_type = file.content_type.as_deref().or(content_type).or(usual);
            self.part(name, file.name.as_deref(), content_type, file.content.clone());
        }
    }

    /// Adds the properties of an object that the description does not name: an object as JSON, anything else as text. Each
    /// item of a list becomes a part, and `null` none.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, and otherwise the same errors as [`json`](Self::json).
    pub fn properties<T: Serialize + ?Sized>(&mut self, object: &T) -> Result<(), JsonError> {
        let text = json::encode(object)?;
        let members = str::from_utf8(&text).ok().and_then(raw::members).ok_or_else(JsonError::encoding)?;
        members.into_iter().try_for_each(|(name, value)| self.property(&name, value)).ok_or_else(JsonError::encoding)
    }

    fn property(&mut self, name: &str, value: &str) -> Option<()> {
        match Raw::of(value)? {
            Raw::Null => {}
            Raw::Text(text) => self.text(name, None, [text]),
            Raw::Literal(text) => self.text(name, None, [text]),
            Raw::Object(_) => self.part(name, None, Some("application/json"), value.to_owned().into()),
            Raw::List(items) => return items.into_iter().try_for_each(|item| self.property(name, item)),
        }
        Some(())
    }

    fn part(&mut self, name: &str, file: Option<&str>, content_type: Option<&str>, body: ByteSource) {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file) = file {
            head.extend(["; filename=\"", &quoted(file), "\""]);
        }
        if let Some(content_type) = content_type {
            let is_visible = |character: &char| *character == ' ' || character.is_ascii_graphic();
            head.push_str("\r\nContent-Type: ");
            head.extend(content_type.chars().filter(is_visible));
        }
        head.push_str("\r\n\r\n");
        self.parts.push(Part { head, body });
    }

    /// Returns the encoded form.
    ///
    /// # Errors
    ///
    /// Never returns an error. All encoders share this signature.
    pub fn finish(self) -> Result<Payload, JsonError> {
        let boundary = self.boundary(|| format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..)));
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let in_memory = |part: &Part| part.head.len() + part.body.as_bytes().map_or(0, Bytes::len) + boundary.len() + 6;
        let mut bytes = Vec::with_capacity(self.parts.iter().map(in_memory).sum::<usize>() + boundary.len() + 6);
        let mut pieces: Vec<ByteSource> = Vec::new();
        for part in self.parts {
            for piece in [b"--", boundary.as_bytes(), b"\r\n", part.head.as_bytes()] {
                bytes.extend_from_slice(piece);
            }
            match part.body.as_bytes() {
                Some(body) => bytes.extend_from_slice(body),
                None => pieces.extend([std::mem::take(&mut bytes).into(), part.body]),
            }
            bytes.extend_from_slice(b"\r\n");
        }
        for piece in [b"--", boundary.as_bytes(), b"--\r\n"] {
            bytes.extend_from_slice(piece);
        }
        let payload = if pieces.is_empty() {
            Payload::from_bytes(bytes)
        } else {
            pieces.push(bytes.into());
            Payload::from_pieces(pieces)
        };
        Ok(payload.with_content_type(content_type))
    }

    /// Returns a boundary that no line of a part in memory begins with. It is random, so none of a stream does either.
    fn boundary(&self, mut draw: impl FnMut() -> String) -> String {
        loop {
            let boundary = draw();
            let delimiter = format!("--{boundary}");
            let in_memory = self.parts.iter().filter_map(|part| part.body.as_bytes());
            let mut lines = in_memory.flat_map(|body| body.split(|byte| *byte == b'\n'));
            if !lines.any(|line| line.starts_with(delimiter.as_bytes())) {
                return boundary;
            }
        }
    }
}

/// Returns a name as a quoted string. Quotes and line breaks are encoded as browsers do, and all other ASCII control
/// characters in the same way, because a header cannot contain them.
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for character in name.chars() {
        if character == '"' || character.is_ascii_control() {
            // Writing to a string cannot fail.
            let _ = write!(quoted, "%{:02X}", u32::from(character));
        } else {
            quoted.push(character);
        }
    }
    quoted
}

impl fmt::Debug for Multipart {
    /// Formats the number of parts only. File names and content may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: Multipart) -> (String, String) {
        let payload = form.finish().expect("it never fails");
        let content_type = payload.content_type().expect("it has one").to_owned();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary").to_owned();
        let bytes = payload.as_bytes().expect("there is no stream").to_vec();
        (String::from_utf8(bytes).expect("the parts are text"), boundary)
    }

    #[test]
    fn parts_stand_between_boundaries() {
        let mut form = Multipart::new();
        form.text("to", None, ["a", "é"]);
        form.text("none", None, None::<i32>);
        form.json("note", None, Some(&serde_json::json!({"a": 1}))).expect("it encodes");
        form.json("labels", Some("text/json"), ["a\"b", "1"]).expect("texts encode");
        form.file("key", Some("application/x-pem-file"), Some(&File::new("k.pem", "--x")));
        form.file("logo", None, [&File::new("a\"b\r\nc.png", vec![0]).content_type("image/png\r\nX: y")]);
        let (body, boundary) = written(form);
        let expected = "--B\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\na\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\né\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"note\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"labels\"\r\nContent-Type: text/json\r\n\r\n\"a\\\"b\"\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"labels\"\r\nContent-Type: text/json\r\n\r\n\"1\"\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"key\"; filename=\"k.pem\"\r\n\
                        Content-Type: application/x-pem-file\r\n\r\n--x\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"a%22b%0D%0Ac.png\"\r\n\
                        Content-Type: image/pngX: y\r\n\r\n\0\r\n--B--\r\n";
        assert_eq!(body.replace(&boundary, "B"), expected);
    }

    #[test]
    fn properties_that_are_not_named_have_parts() {
        let mut form = Multipart::new();
        form.properties(&serde_json::json!({"a": "b", "c": [1, [null, {"d": 2}]], "e": null})).expect("an object");
        assert!(form.properties("text").is_err());
        let (body, boundary) = written(form);
        let expected = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\n1\r\n\
                        --B\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Type: application/json\r\n\r\n{\"d\":2}\r\n--B--\r\n";
        assert_eq!(body.replace(&boundary, "B"), expected);
    }

    #[test]
    fn an_empty_form_is_only_its_end() {
        let (body, boundary) = written(Multipart::new());
        assert_eq!(body, format!("--{boundary}--\r\n"));
    }

    #[test]
    fn the_boundary_begins_no_line_of_a_part() {
        let mut form = Multipart::new();
        form.text("a", None, ["--one\r\n--two"]);
        let mut drawn = ["one", "two", "three"].into_iter();
        let boundary = form.boundary(|| drawn.next().expect("the third is free").to_owned());
        assert_eq!(boundary, "three");
    }

    #[test]
    fn nothing_personal_is_shown() {
        let file = File::new("441134960000.png", "441134960000");
        assert_eq!(format!("{file:?}"), "File { bytes: Some(12), .. }");
        let mut form = Multipart::new();
        form.file("f", None, [&file]);
        assert_eq!(format!("{form:?}"), "Multipart { parts: 1, .. }");
    }
}
