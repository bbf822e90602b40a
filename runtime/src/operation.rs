//! The facts of a description about one operation.

pub(crate) mod byte_source;
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod headers;
pub(crate) mod multipart;
pub(crate) mod parameters;
pub(crate) mod path;
pub(crate) mod payload;
pub(crate) mod rate_limit;
pub(crate) mod response_format;

use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;

use crate::error::response::RawResponse;
use crate::json::error::JsonError;
use crate::operation::rate_limit::RateLimit;
use crate::operation::response_format::ResponseFormat;

/// The default media type of requests and responses.
pub(crate) const JSON: &str = "application/json";

/// Alternatives of security schemes, each with the names of those that a request needs together.
pub(crate) type Alternatives = &'static [&'static [&'static str]];

/// The facts of a description about one operation, independent of its types.
#[derive(Clone, Debug)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
    security: Alternatives,
    rate_limits: &'static [RateLimit],
    content_type: &'static str,
    accept: &'static str,
    response: ResponseFormat,
    response_may_be_empty: bool,
    whole_numbers: bool,
    error_bodies: &'static [(&'static str, &'static [&'static str])],
}

impl Operation {
    /// Creates an operation from its id, method, and path. The path starts with `/` and is not escaped. Each `{name}`
    /// in it is replaced with a path parameter. It may end with a query, which every request has.
    ///
    /// By default, the operation sends and accepts JSON, requires no credentials, and has no rate limit.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            security: &[],
            rate_limits: &[],
            content_type: JSON,
            accept: JSON,
            response: ResponseFormat::Json,
            response_may_be_empty: false,
            whole_numbers: false,
            error_bodies: &[],
        }
    }

    /// Sets the media type of the request body. The default is `application/json`. A multipart body overrides it.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = media_type;
        self
    }

    /// Sets the format of successful responses, and the accepted media types. The defaults are JSON and
    /// `application/json`.
    #[must_use]
    pub const fn response(mut self, format: ResponseFormat, accept: &'static str) -> Self {
        self.response = format;
        self.accept = accept;
        self
    }

    /// Ignores the body of a successful response.
    #[must_use]
    pub const fn no_response_body(mut self) -> Self {
        self.response = ResponseFormat::Nothing;
        self
    }

    /// Allows a successful response to be empty. An empty body is decoded as JSON `null`, which is `None` for an
    /// `Option`.
    #[must_use]
    pub const fn response_may_be_empty(mut self) -> Self {
        self.response_may_be_empty = true;
        self
    }

    /// Allows the response to contain integers written as `1.0`.
    #[must_use]
    pub const fn whole_numbers(mut self) -> Self {
        self.whole_numbers = true;
        self
    }

    /// Sets the alternatives of security schemes, each with the names of those that a request needs together. The first
    /// alternative for which the client has all credentials is used. An empty one needs no credentials, and is usually the
    /// last.
    #[must_use]
    pub const fn security(mut self, alternatives: Alternatives) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the types of error bodies by their statuses: `404`, `4XX`, or `default`. By default, any type may occur with any
    /// status.
    #[must_use]
    pub const fn error_bodies(mut self, types: &'static [(&'static str, &'static [&'static str])]) -> Self {
        self.error_bodies = types;
        self
    }

    /// Sets the rate limits of the operation. If there are several, all of them apply.
    #[must_use]
    pub const fn rate_limits(mut self, limits: &'static [RateLimit]) -> Self {
        self.rate_limits = limits;
        self
    }

    /// Returns the operation id in the description.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path relative to the base URL, with placeholders for path parameters.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Returns the documented rate limits.
    pub fn limits(&self) -> &'static [RateLimit] {
        self.rate_limits
    }

    /// Returns the alternatives of security schemes.
    pub(crate) fn alternatives(&self) -> Alternatives {
        self.security
    }

    /// Returns the `Content-Type` of the request body.
    pub(crate) fn sends(&self) -> &'static str {
        self.content_type
    }

    /// Returns the `Accept` header.
    pub(crate) fn accepts(&self) -> &'static str {
        self.accept
    }

    /// Returns `true` if the body of a successful response is ignored.
    pub(crate) fn ignores_response_body(&self) -> bool {
        self.response == ResponseFormat::Nothing
    }

    /// Decodes the body of a successful response.
    pub(crate) fn decode<R: DeserializeOwned>(&self, response: &RawResponse) -> Result<R, JsonError> {
        if response.body.is_empty() && self.response_may_be_empty {
            return crate::json::decode(b"null");
        }
        self.decode_as(self.response, response)
    }

    /// Decodes the body of a response in a given format.
    pub(crate) fn decode_as<R: DeserializeOwned>(
        &self,
        format: ResponseFormat,
        response: &RawResponse,
    ) -> Result<R, JsonError> {
        match format.of_content(&response.headers) {
            ResponseFormat::Json if self.whole_numbers => crate::json::decode_whole_numbers(&response.body),
            format => format.decode(&response.body),
        }
    }

    /// Returns the types of the error bodies that are described for a status: those of the status itself, of its range
    /// (`4XX`), or of `default`. Returns `None` if none of these is described.
    pub(crate) fn error_types(&self, status: StatusCode) -> Option<&'static [&'static str]> {
        let range = format!("{}XX", status.as_u16() / 100);
        let of = |key: &str| self.error_bodies.iter().find(|(status, _)| *status == key);
        [status.as_str(), &range, "default"].into_iter().find_map(of).map(|(_, types)| *types)
    }

    /// Returns `true` if a type of error bodies is described for any status, or if none is.
    pub(crate) fn may_fail_with(&self, ty: &str) -> bool {
        self.error_bodies.is_empty() || self.error_bodies.iter().any(|(_, types)| types.contains(&ty))
    }
}
