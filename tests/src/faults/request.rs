//! Requests as they arrive: whole, in part, or not even read.

use std::io;

use serde::Deserialize;
use tokio::time::Instant;

/// A request, as far as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    /// The number of the connection, from 0.
    pub connection: usize,
    /// The time at which the server acted on it, in simulated time if enabled.
    pub at: Instant,
    /// The method; empty if the first line did not arrive.
    pub method: String,
    /// The path with its query; empty if the first line did not arrive.
    pub path: String,
    /// The headers in order, with lower-case names.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body that arrived, whether or not they were read.
    pub body: Vec<u8>,
    /// Set if the request is complete.
    pub whole: bool,
    /// Set if the message was carried out.
    pub carried_out: bool,
}

impl Request {
    /// Parses the bytes that arrived. A request without a length has no body.
    ///
    /// # Errors
    ///
    /// Returns an error if it is not HTTP.
    pub(super) fn parse(bytes: &[u8], connection: usize) -> io::Result<Self> {
        let (head, body) = split_head(bytes);
        let head = String::from_utf8_lossy(head);
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let mut word = || words.next().unwrap_or_default().to_owned();
        let (method, path) = (word(), word());
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
        let mut request = Self {
            connection,
            at: Instant::now(),
            method,
            path,
            headers: headers.collect(),
            body: Vec::new(),
            whole: false,
            carried_out: false,
        };
        if let Some(body) = body {
            let length = request.content_length()?;
            request.body = body[..length.min(body.len())].to_vec();
            request.whole = body.len() >= length;
        }
        Ok(request)
    }

    /// Returns the value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Returns the message id in the body.
    pub fn message_id(&self) -> Option<String> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Message {
            message_id: Option<String>,
        }
        serde_json::from_slice::<Message>(&self.body).ok()?.message_id
    }

    fn content_length(&self) -> io::Result<usize> {
        if self.header("transfer-encoding").is_some() {
            return Err(io::Error::other("chunked requests are not supported"));
        }
        self.header("content-length").map_or(Ok(0), |length| length.parse().map_err(io::Error::other))
    }

    /// Returns the number of bytes of the first request, once its head is complete.
    pub(super) fn length(bytes: &[u8]) -> io::Result<Option<usize>> {
        let (head, body) = split_head(bytes);
        if body.is_none() {
            return Ok(None);
        }
        let length = Self::parse(&bytes[..head.len() + END_OF_HEAD.len()], 0)?.content_length()?;
        Ok(Some(head.len() + END_OF_HEAD.len() + length))
    }
}

const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// Splits off the head, without the empty line after it; the rest is `None` if the head is incomplete.
fn split_head(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    let end = bytes.windows(END_OF_HEAD.len()).position(|window| window == END_OF_HEAD);
    match end {
        Some(end) => (&bytes[..end], Some(&bytes[end + END_OF_HEAD.len()..])),
        None => (bytes, None),
    }
}
