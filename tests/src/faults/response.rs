//! Answers as bytes, so that they can be wrong in ways that no HTTP library would write.

use serde_json::{Value, json};

use crate::sample;

/// A response, correct by default.
#[must_use = "an answer is sent by a step"]
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    framing: Framing,
}

/// The framing of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    /// By its length.
    Length,
    /// By a length, of which this is the number, whatever the body.
    Declared(usize),
    /// By chunks of at most 16 bytes.
    Chunked,
    /// By chunks, the last of which is cut in its middle.
    ChunkedCut,
    /// By the end of the connection.
    UntilClose,
}

/// The body of an answer with an error status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorForm {
    /// `errorCode`, `description` and three more members: the newer form.
    Newer,
    /// `requestError` with a `serviceException`: the older form.
    Older,
    /// The page of a gateway.
    Html,
    /// No byte.
    Empty,
    /// The newer form, half of it; then the connection ends.
    Cut,
}

impl ErrorForm {
    /// Every form.
    pub const ALL: [Self; 5] = [Self::Newer, Self::Older, Self::Html, Self::Empty, Self::Cut];
}

impl Reply {
    /// An answer without a body.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), framing: Framing::Length }
    }

    /// 200 with the reply of the endpoint's page.
    pub fn accepted() -> Self {
        Self::new(200).json(&sample::reply_json())
    }

    /// An error status with a body of that form.
    pub fn error(status: u16, form: ErrorForm) -> Self {
        let newer = json!({
            "errorCode": format!("E{status}"),
            "description": "Something is wrong.",
            "action": "Look at it.",
            "violations": [],
            "resources": []
        });
        let reply = Self::new(status);
        match form {
            ErrorForm::Newer => reply.json(&newer),
            ErrorForm::Older => {
                let exception = json!({ "messageId": "GENERAL_ERROR", "text": "Something went wrong." });
                reply.json(&json!({ "requestError": { "serviceException": exception } }))
            }
            ErrorForm::Html => reply.body("text/html", "<html><body><h1>Bad Gateway</h1></body></html>"),
            ErrorForm::Empty => reply,
            ErrorForm::Cut => {
                let whole = newer.to_string();
                reply.body("application/json", &whole[..whole.len() / 2]).declared_length(whole.len())
            }
        }
    }

    /// A body in JSON.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// A body of another media type.
    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", media_type)
    }

    /// One more header, even if there is one of that name.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// Says that the body has this length. Where it is longer than the body, the connection ends after the body.
    pub fn declared_length(mut self, length: usize) -> Self {
        self.framing = Framing::Declared(length);
        self
    }

    /// Sends the body in chunks.
    pub fn chunked(mut self) -> Self {
        self.framing = Framing::Chunked;
        self
    }

    /// Sends the body in chunks, and breaks off in the last one.
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

    /// The answer as it goes over the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {} Fault\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        // These have no body by their meaning, and a length would be one more fault.
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
        // The line end of the last chunk and half of its bytes.
        let last = body.chunks(16).next_back().map_or(0, <[u8]>::len);
        bytes.truncate(bytes.len() - last / 2 - 2);
    }
}
