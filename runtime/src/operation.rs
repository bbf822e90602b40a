//! What a description says about one operation.

pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod headers;
pub(crate) mod multipart;
pub(crate) mod parameters;
pub(crate) mod path;
pub(crate) mod payload;
pub(crate) mod rate_limit;
pub(crate) mod response_format;

use reqwest::Method;
use serde::de::DeserializeOwned;

use crate::json::error::JsonError;
use crate::operation::rate_limit::RateLimit;
use crate::operation::response_format::ReplyFormat;

/// The media type that is sent and asked for unless the description says otherwise.
pub(crate) const JSON: &str = "application/json";

/// What a description says about one operation, independent of its types.
#[derive(Clone, Debug)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
    rate_limits: &'static [RateLimit],
    content_type: &'static str,
    accept: &'static str,
    reply: ReplyFormat,
    reply_may_be_empty: bool,
    whole_numbers: bool,
}

impl Operation {
    /// An operation by its id, method and path. The path starts with `/` and needs no escaping; in a
    /// template, `{name}` stands for a [parameter](crate::Call::path_parameter).
    ///
    /// It sends and receives JSON and has no rate limit, unless the functions below say otherwise.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            rate_limits: &[],
            content_type: JSON,
            accept: JSON,
            reply: ReplyFormat::Json,
            reply_may_be_empty: false,
            whole_numbers: false,
        }
    }

    /// States the media type of the request body; `application/json` unless stated. A multipart body
    /// says its own.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = media_type;
        self
    }

    /// States how the body of a success is read, and the media types that are asked for; JSON and
    /// `application/json` unless stated.
    #[must_use]
    pub const fn reply(mut self, format: ReplyFormat, accept: &'static str) -> Self {
        self.reply = format;
        self.accept = accept;
        self
    }

    /// States that a success may come without a body; it is read as what JSON calls `null`, which an
    /// `Option` takes for `None`.
    #[must_use]
    pub const fn reply_may_be_empty(mut self) -> Self {
        self.reply_may_be_empty = true;
        self
    }

    /// States that the reply may spell an integer as `1.0`.
    #[must_use]
    pub const fn whole_numbers(mut self) -> Self {
        self.whole_numbers = true;
        self
    }

    /// States how often the operation may be called; where there are several limits, all hold.
    #[must_use]
    pub const fn rate_limits(mut self, limits: &'static [RateLimit]) -> Self {
        self.rate_limits = limits;
        self
    }

    /// The operation id of the description.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path below the base URL, or the template of it.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// How often the operation may be called, as [`rate_limits`](Self::rate_limits) stated it.
    pub fn limits(&self) -> &'static [RateLimit] {
        self.rate_limits
    }

    /// The `Content-Type` of the request body.
    pub(crate) fn sends(&self) -> &'static str {
        self.content_type
    }

    /// The `Accept` header.
    pub(crate) fn accepts(&self) -> &'static str {
        self.accept
    }

    /// Reads the body of a success.
    pub(crate) fn decode<R: DeserializeOwned>(&self, body: &[u8]) -> Result<R, JsonError> {
        if body.is_empty() && self.reply_may_be_empty {
            return crate::json::decode(b"null");
        }
        match self.reply {
            ReplyFormat::Json if self.whole_numbers => crate::json::decode_whole_numbers(body),
            format => format.decode(body),
        }
    }
}
