//! Operations of the service: requests, responses and rate limits.

use std::time::Duration;

use super::{
    Check, DocumentedStatus, ErrorTypes, Example, FeatureId, FormStyle, HeaderStruct, Response, SecurityRequirement,
    SuccessEnum, TypeId, TypeRef,
};
use crate::document::Origin;

/// A server that the description lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The location in the description.
    pub origin: Origin,
    /// Its base URL, which may have variables.
    pub url: String,
    /// The base URL with the defaults of its variables, if it has a scheme and a host.
    pub absolute_url: Option<String>,
    /// The variables in the URL.
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// The location in the description.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// The value that is used unless the caller chooses another one.
    pub default: String,
    /// The values that it may have; any value if there are none.
    pub values: Vec<String>,
}

/// The number of parts of the description that are not in the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Omitted {
    /// Operations that the filter excludes, also because of their errors.
    pub operations: usize,
    /// Schemas under `components` that nothing in the crate uses.
    pub schemas: usize,
}

/// The documentation of an item, as the description has it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// The `summary` or `title`.
    pub summary: Option<String>,
    /// The `description`.
    pub description: Option<String>,
}

/// An operation, which becomes a method of the client.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The location in the description.
    pub origin: Origin,
    /// The `operationId`, or method and path if there is none.
    pub id: String,
    /// The name of the client method.
    pub name: String,
    /// The name of the file of its example program.
    pub program: String,
    /// The media type of the body, if the method is an additional one for bodies of this type.
    pub variant: Option<String>,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with a leading `/`, and with the query that every request has, if there is one.
    pub path: String,
    /// Its documentation.
    pub docs: Docs,
    /// `true` if the description marks it as deprecated.
    pub deprecated: bool,
    /// The type of its parameters in the path, the query and the headers; `None` if it has none.
    pub parameters: Option<TypeId>,
    /// The body of the request; `None` if it has none.
    pub request: Option<RequestBody>,
    /// The response on success.
    pub response: Response,
    /// The enum of its successes; `None` unless their status selects the body.
    pub success_enum: Option<SuccessEnum>,
    /// The struct of the headers of its responses; `None` if none are described.
    pub header_struct: Option<HeaderStruct>,
    /// The documented statuses, in the order of the description.
    pub statuses: Vec<DocumentedStatus>,
    /// The types of error bodies by status; none if every type may come with every status.
    pub error_types: Vec<ErrorTypes>,
    /// The servers that the description lists for it alone; none if those of the description serve it. They are not emitted.
    pub servers: Vec<Server>,
    /// The security requirements, one of which suffices; those for which the client sends no credentials are the last. A
    /// request needs no credentials if there are none.
    pub security: Vec<SecurityRequirement>,
    /// The credentials that samples use, as indices into [`Api::credentials`](crate::Api::credentials).
    pub sample_credentials: Vec<usize>,
    /// The OAuth scopes that it requires.
    pub scopes: Vec<String>,
    /// The rate limits, all of which apply.
    pub rate_limits: Vec<RateLimit>,
    /// Sample requests. The first is a program as well, named after the method.
    pub examples: Vec<Example>,
    /// The feature that the method needs.
    pub feature: Option<FeatureId>,
}

impl Operation {
    /// The names of the credentials of each alternative that the client may send, without those that only differ in scopes.
    pub(crate) fn alternatives(&self) -> Vec<Vec<&str>> {
        let mut alternatives = Vec::new();
        for names in self.security.iter().map(SecurityRequirement::names) {
            if !alternatives.contains(&names) {
                alternatives.push(names);
            }
        }
        alternatives
    }

    /// Returns `true` if a client must have credentials.
    pub(crate) fn needs_credentials(&self) -> bool {
        !self.security.is_empty() && self.security.iter().all(|requirement| !requirement.credentials.is_empty())
    }

    /// Returns `true` if a request needs neither credentials nor a certificate.
    pub(crate) fn is_anonymous(&self) -> bool {
        let is_empty =
            |requirement: &SecurityRequirement| requirement.credentials.is_empty() && !requirement.certificate;
        self.security.is_empty() || self.security.iter().any(is_empty)
    }

    /// Returns `true` if the service may ask the HTTP client for a certificate.
    pub(crate) fn certificate(&self) -> bool {
        self.security.iter().any(|requirement| requirement.certificate)
    }
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// The name of the method's argument.
    pub argument: String,
    /// Its type.
    pub ty: TypeRef,
    /// `true` if a request must have a body.
    pub required: bool,
    /// The constraints of a body whose type has no `validate` method.
    pub checks: Vec<Check>,
    /// Those of them that cannot be checked.
    pub unchecked: Vec<Check>,
    /// The encoding.
    pub format: BodyFormat,
    /// The value of the header `Content-Type`; without the boundary for [`BodyFormat::Multipart`].
    pub media_type: String,
    /// All media types that the description offers, sorted; for an additional method only its own.
    pub media_types: Vec<String>,
    /// The property that is the id of the message, if there is one.
    pub message_id: Option<MessageId>,
}

/// The encoding of the body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyFormat {
    /// JSON.
    Json,
    /// One text.
    Text,
    /// Bytes.
    Bytes,
    /// A URL-encoded form, with the styles of the properties whose encoding the description states.
    Form(Vec<(String, FormStyle)>),
    /// A form of parts; see [`Writing::Multipart`](super::Writing::Multipart).
    Multipart,
    /// A form of parts that are not described, each of which is a file or a text.
    Files,
    /// A form of parts, made from JSON.
    Parts,
}

/// The property of a request body with which the caller can set the id of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageId {
    /// The name of the field in Rust.
    pub field: String,
    /// `true` if the field is not optional.
    pub required: bool,
}

/// A limit of the calls of an operation by one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateLimit {
    /// A number of calls in any window of time.
    Window {
        /// The number of calls; at least 1.
        requests: u32,
        /// The length of the window; at least a millisecond, at most 366 days.
        period: Duration,
    },
    /// A bucket of tokens, full at first; each call takes one.
    Bucket {
        /// The number of tokens that it holds; at least 1.
        capacity: u32,
        /// The time until one token is back; at least a nanosecond, at most 366 days.
        refill: Duration,
    },
}
