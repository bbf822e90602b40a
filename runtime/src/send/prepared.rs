//! Requests that are ready to be sent.

use std::fmt;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName};

use crate::error::request::RequestError;
use crate::operation::headers::{self, header_value};
use crate::operation::payload::Payload;
use crate::operation::{JSON, Operation};
use crate::send::body::RequestBody;
use crate::send::retry::Retry;

/// A request, which is the same for all of its attempts.
pub(crate) struct Prepared {
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    /// The headers set by parameters and by the caller, and those that differ from the common headers of all requests.
    pub(crate) headers: HeaderMap,
    /// `None` if the operation has no body.
    pub(crate) body: Option<RequestBody>,
    /// The security schemes whose secrets are sent.
    pub(crate) schemes: &'static [&'static str],
    pub(crate) options: CallOptions,
    /// The first part that is invalid, reported when the call is awaited.
    pub(crate) error: Option<RequestError>,
}

/// The options of a call. If an option is `None`, the setting of the client applies.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Retry,
    pub(crate) max_response_bytes: Option<usize>,
    /// `true` if the caller reads the body of a success.
    pub(crate) streams: bool,
}

impl Prepared {
    /// Adds a header of the caller.
    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        let added = headers::add_header(&mut self.headers, name, value);
        self.keep_error(added);
    }

    /// Sets the body, if any, and the headers for the formats of the body and of the response.
    pub(crate) fn set_body(&mut self, payload: Option<Payload>) {
        self.set_unless_json(ACCEPT, self.operation.accepts());
        if let Some(payload) = payload {
            self.set_unless_json(CONTENT_TYPE, payload.content_type().unwrap_or(self.operation.sends()));
            match RequestBody::new(&payload) {
                Ok(body) => self.body = Some(body),
                Err(error) => self.keep_error(Err(error)),
            }
        }
    }

    /// Returns `true` if there are bytes to send, which are the evidence of whether the request was sent.
    pub(crate) fn has_bytes(&self) -> bool {
        self.body.as_ref().is_some_and(RequestBody::has_bytes)
    }

    /// Returns `true` unless an attempt has sent a part of a stream, which cannot be read again.
    pub(crate) fn can_be_sent(&self) -> bool {
        self.body.as_ref().is_none_or(RequestBody::can_be_sent)
    }

    /// Sets a header if its value differs from the common one.
    fn set_unless_json(&mut self, name: HeaderName, media_type: &str) {
        if media_type == JSON {
            return;
        }
        match header_value(media_type) {
            Some(value) => drop(self.headers.insert(name, value)),
            None => self.keep_error(Err(RequestError::HeaderValue(name.as_str().into()))),
        }
    }

    fn keep_error(&mut self, result: Result<(), RequestError>) {
        self.error = self.error.take().or(result.err());
    }
}

impl fmt::Debug for Prepared {
    /// Formats the operation and the options. The rest may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("operation", &self.operation.id())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
