//! Operations of the service: requests, responses and rate limits.

use std::time::Duration;

use super::{Check, Example, TypeId, TypeRef};
use crate::document::Origin;

/// A place of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Where it stands.
    pub origin: Origin,
    /// Its base URL, which may have variables.
    pub url: String,
}

/// How much of a description the crate does without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Operations that are not wanted.
    pub operations: usize,
    /// Schemas under `components` that nothing in the crate uses.
    pub schemas: usize,
}

/// Text for people, as the description has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// The first line.
    pub summary: Option<String>,
    /// The rest.
    pub description: Option<String>,
}

/// One callable thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where it stands.
    pub origin: Origin,
    /// The `operationId`, or method and path where there is none.
    pub id: String,
    /// The name of the client method.
    pub name: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with a leading `/`.
    pub path: String,
    /// What it does.
    pub docs: Docs,
    /// Whether the description advises against it.
    pub deprecated: bool,
    /// The type of what it takes in its path, its query and its headers, where it takes something.
    pub parameters: Option<TypeId>,
    /// What is sent; `None` for nothing.
    pub request: Option<RequestBody>,
    /// What comes back on success.
    pub reply: Reply,
    /// The documented statuses, in the order of the description.
    pub responses: Vec<Response>,
    /// Names of the [`Credential`]s that it accepts, in the order of the description.
    pub credentials: Vec<String>,
    /// Whether the service may ask the HTTP client for a certificate.
    pub certificate: bool,
    /// The one that samples show, by its index in [`Api::credentials`](crate::Api::credentials).
    pub sample_credential: Option<usize>,
    /// The scopes that it needs.
    pub scopes: Vec<String>,
    /// How often it may be called; all of them apply.
    pub rate_limits: Vec<RateLimit>,
    /// Sample requests. The first is a program as well, named after the method.
    pub examples: Vec<Example>,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// The name of the method's argument.
    pub argument: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub required: bool,
    /// What is checked of a body that has no `validate` of its own.
    pub checks: Vec<Check>,
    /// How it is written.
    pub format: BodyFormat,
    /// What it is, as the header `Content-Type` says it; for [`BodyFormat::Multipart`] without the boundary.
    pub media_type: String,
    /// All media types that the description offers, sorted.
    pub media_types: Vec<String>,
    /// The member that holds the id of the message, where there is one.
    pub message_id: Option<MessageId>,
}

/// How the body of a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// As JSON.
    Json,
    /// As one text.
    Text,
    /// As bytes.
    Bytes,
    /// As a form of named texts; the type says which.
    Form,
    /// As a form of parts; the type says which.
    Multipart,
}

/// What comes back on success.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The type of the body; `None` for an empty one.
    pub ty: Option<TypeRef>,
    /// Whether a success may also come without the body.
    pub may_be_empty: bool,
    /// How the body is read.
    pub format: ReplyFormat,
    /// The media types that are asked for.
    pub accept: String,
    /// Whether the headers are all there is, so that the caller gets them.
    pub only_headers: bool,
}

impl Reply {
    /// Whether there is anything to show of it.
    pub(crate) fn is_shown(&self) -> bool {
        self.ty.is_some() || self.only_headers
    }
}

/// How the body of a success is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyFormat {
    /// As JSON.
    Json,
    /// As one text.
    Text,
    /// As bytes.
    Bytes,
}

/// The member of a request that the caller can make the id of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageId {
    /// The name of the member in Rust.
    pub field: String,
    /// Whether it is always there.
    pub required: bool,
}

/// A documented status.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// When it comes.
    pub description: String,
    /// The media types of its body, sorted.
    pub media_types: Vec<String>,
}

/// How often an operation may be called, for each account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateLimit {
    /// So many calls in any stretch of time of this length.
    Window {
        /// The calls; at least 1.
        requests: u32,
        /// The length; at least a millisecond, at most 366 days.
        period: Duration,
    },
    /// A bucket of tokens, full at first; each call takes one out.
    Bucket {
        /// How many tokens it holds; at least 1.
        capacity: u32,
        /// How long it takes until one token is back; at least a nanosecond, at most 366 days.
        refill: Duration,
    },
}
