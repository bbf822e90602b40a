//! Responses as bytes, which can be malformed in ways that an HTTP library cannot produce.

use serde_json::{Value, json};

use crate::sample;

/// A response, correct by default.
#[must_use = "a response is sent by a step"]
#[derive(Clone, Debug)]
pub struct RawResponse {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    framing: Framing,
}

/// The framing of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    /// The correct length.
    Length,
    /// This length, independent of the body.
    Declared(usize),
    /// Chunks of at most 16 bytes.
    Chunked,
    /// Chunks, the last of which is truncated.
    ChunkedCut,
    /// The end of the connection.
    UntilClose,
}

/// The body of a response with an error status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorBody {
    /// The newer format: `errorCode`, `description` and three more properties.
    Newer,
    /// The older format: `requestError` with a `serviceException`.
    Older,
    /// The HTML page of a gateway.
    Html,
    /// An empty body.
    Empty,
    /// The first half of the newer format, then the end of the connection.
    Cut,
}

impl ErrorBody {
    /// All variants.
    pub const ALL: [Self; 5] = [Self::Newer, Self::Older, Self::Html, Self::Empty, Self::Cut];
}

impl RawResponse {
    /// Creates a response without a body.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), framing: Framing::Length }
    }

    /// Creates a response with status 200 and the sample body.
    pub fn accepted() -> Self {
        Self::new(200).json(&sample::response_json())
    }

    /// Creates a response with an error status and body.
    pub fn error(status: u16, body: ErrorBody) -> Self {
        let newer = json!({
            "errorCode": format!("E{status}"),
            "description": "Something is wrong.",
            "action": "Check it.",
            "violations": [],
            "resources": []
        });
        let response = Self::new(status);
        match body {
            ErrorBody::Newer => response.json(&newer),
            ErrorBody::Older => {
                let exception = json!({ "messageId": "GENERAL_ERROR", "text": "Something went wrong." });
                response.json(&json!({ "requestError": { "serviceException": exception } }))
            }
            ErrorBody::Html => response.body("text/html", "<html><body><h1>Bad Gateway</h1></body></html>"),
            ErrorBody::Empty => response,
            ErrorBody::Cut => {
                let whole = newer.to_string();
                response.body("application/json", &whole[..whole.len() / 2]).declared_length(whole.len())
            }
        }
    }

    /// Sets a JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Sets a body with another media type.
    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", media_type)
    }

    /// Adds a header, even if the name is already used.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Declares this length of the body. If it is longer than the body, the connection ends after the body.
    pub fn declared_length(mut self, length: usize) -> Self {
        self.framing = Framing::Declared(length);
        self
    }

    /// Sends the body in chunks.
    pub fn chunked(mut self) -> Self {
        self.framing = Framing::Chunked;
        self
    }

    /// Sends the body in chunks, and truncates the last one.
    pub fn chunked_cut(mut self) -> Self {
        self.framing = Framing::ChunkedCut;
        self
    }

    /// Sends no length: the body ends with the connection.
    pub fn until_close(mut self) -> Self {
        self.framing = Framing::UntilClose;
        self
    }

    /// Returns `true` if the connection cannot be used after this.
    pub(super) fn ends_connection(&self) -> bool {
        match self.framing {
            Framing::Length | Framing::Chunked => false,
            Framing::Declared(length) => length > self.body.len(),
            Framing::ChunkedCut | Framing::UntilClose => true,
        }
    }

    /// Returns the response as it is sent over the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {} Fault\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        // These statuses never have a body, so a length would be another fault.
        let bodiless = matches!(self.status, 100..=199 | 204 | 304);
        let framing = match self.framing {
            Framing::Length if bodiless => String::new(),
            Framing::Length => format!("content-length: {}\r\n", self.body.len()),
            Framing::Declared(length) => format!("content-length: {length}\r\n"),
            Framing::Chunked | Framing::ChunkedCut => "transfer-encoding: chunked\r\n".to_owned(),
            Framing::UntilClose => "connection: close\r\n".to_owned(),
        };
        bytes.extend_from_slice(framing.as_bytes());
        bytes.extend_from_slice(b"\r\n");
        match self.framing {
            Framing::Chunked => add_chunks(&self.body, true, &mut bytes),
            Framing::ChunkedCut => add_chunks(&self.body, false, &mut bytes),
            _ => bytes.extend_from_slice(&self.body),
        }
        bytes
    }
}

fn add_chunks(body: &[u8], whole: bool, bytes: &mut Vec<u8>) {
    for chunk in body.chunks(16) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    if whole {
        bytes.extend_from_slice(b"0\r\n\r\n");
    } else {
        // Removes the line end of the last chunk and half of its bytes.
        let last = body.chunks(16).next_back().map_or(0, <[u8]>::len);
        bytes.truncate(bytes.len() - last / 2 - 2);
    }
}
