//! The facts of a description about one operation.

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
use crate::operation::response_format::ResponseFormat;

/// The media type of requests and responses unless the description has another one.
pub(crate) const JSON: &str = "application/json";

/// The facts of a description about one operation, independent of its types.
#[derive(Clone, Debug)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
    rate_limits: &'static [RateLimit],
    content_type: &'static str,
    accept: &'static str,
    response: ResponseFormat,
    response_may_be_empty: bool,
    whole_numbers: bool,
}

impl Operation {
    /// Makes an operation from its id, method and path. The path starts with `/` and needs no escaping; in a template,
    /// `{name}` is replaced by a parameter.
    ///
    /// It sends and accepts JSON and has no rate limit, unless the following functions state otherwise.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            rate_limits: &[],
            content_type: JSON,
            accept: JSON,
            response: ResponseFormat::Json,
            response_may_be_empty: false,
            whole_numbers: false,
        }
    }

    /// States the media type of the request body; `application/json` by default. A multipart body has its own.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = media_type;
        self
    }

    /// States the format of successful responses, and the accepted media types; JSON and `application/json` by
    /// default.
    #[must_use]
    pub const fn response(mut self, format: ResponseFormat, accept: &'static str) -> Self {
        self.response = format;
        self.accept = accept;
        self
    }

    /// States that a successful response has no body that is decoded, whatever the service sends.
    #[must_use]
    pub const fn no_response_body(mut self) -> Self {
        self.response = ResponseFormat::Nothing;
        self
    }

    /// States that a successful response may have no body; it is decoded as `null` in JSON, which is `None` for an
    /// `Option`.
    #[must_use]
    pub const fn response_may_be_empty(mut self) -> Self {
        self.response_may_be_empty = true;
        self
    }

    /// States that the response may contain integers that are written as `1.0`.
    #[must_use]
    pub const fn whole_numbers(mut self) -> Self {
        self.whole_numbers = true;
        self
    }

    /// States the rate limits of the operation. If there are several, all apply.
    #[must_use]
    pub const fn rate_limits(mut self, limits: &'static [RateLimit]) -> Self {
        self.rate_limits = limits;
        self
    }

    /// Returns the operation id of the description.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path below the base URL, or its template.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Returns the documented rate limits.
    pub fn limits(&self) -> &'static [RateLimit] {
        self.rate_limits
    }

    /// Returns the `Content-Type` of the request body.
    pub(crate) fn sends(&self) -> &'static str {
        self.content_type
    }

    /// Returns the `Accept` header.
    pub(crate) fn accepts(&self) -> &'static str {
        self.accept
    }

    /// Returns whether the body of a successful response is not decoded.
    pub(crate) fn ignores_response_body(&self) -> bool {
        self.response == ResponseFormat::Nothing
    }

    /// Decodes the body of a successful response.
    pub(crate) fn decode<R: DeserializeOwned>(&self, body: &[u8]) -> Result<R, JsonError> {
        if body.is_empty() && self.response_may_be_empty {
            return crate::json::decode(b"null");
        }
        match self.response {
            ResponseFormat::Json if self.whole_numbers => crate::json::decode_whole_numbers(body),
            format => format.decode(body),
        }
    }
}
