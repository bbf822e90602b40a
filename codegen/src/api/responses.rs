//! Responses: successes, documented statuses, error bodies and headers.

use super::{TypeId, TypeRef};
use crate::document::Origin;

/// The response on success.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The value that the caller gets.
    pub value: ResponseValue,
    /// The value of the header `Accept`.
    pub accept: String,
}

/// The value of a successful response.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseValue {
    /// None; a body is ignored.
    Nothing,
    /// The headers, which are the whole response.
    Headers,
    /// The body.
    Body {
        /// The body of every success that has one.
        body: ResponseBody,
        /// `true` if a success may also have an empty body.
        may_be_empty: bool,
    },
    /// One of several bodies, by the status. At least two differ.
    ByStatus(Vec<Success>),
}

/// The body of a successful response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseBody {
    /// The type of its value.
    pub ty: TypeRef,
    /// The encoding.
    pub format: ResponseFormat,
}

/// One of several successes.
#[derive(Debug, Clone, PartialEq)]
pub struct Success {
    /// The location of the response in the description.
    pub origin: Origin,
    /// `200`, or `2XX` for those that are not listed.
    pub status: String,
    /// The name of the variant.
    pub name: String,
    /// Its documentation.
    pub description: Option<String>,
    /// The body; `None` if it has none.
    pub body: Option<ResponseBody>,
}

/// The enum of successes whose status selects the body.
#[derive(Debug, Clone, PartialEq)]
pub struct SuccessEnum {
    /// The name of the type.
    pub name: String,
    /// `true` if it is `Eq`.
    pub total_equality: bool,
    /// For each success, `true` if `Debug` hides the body.
    pub redacted: Vec<bool>,
}

impl Response {
    /// Returns `true` if the caller gets a value.
    pub(crate) fn has_value(&self) -> bool {
        self.value != ResponseValue::Nothing
    }

    /// Returns an iterator over the bodies that it may have.
    pub fn bodies(&self) -> impl Iterator<Item = &ResponseBody> {
        let (only, several) = match &self.value {
            ResponseValue::Nothing | ResponseValue::Headers => (None, &[][..]),
            ResponseValue::Body { body, .. } => (Some(body), &[][..]),
            ResponseValue::ByStatus(successes) => (None, &**successes),
        };
        only.into_iter().chain(several.iter().filter_map(|success| success.body.as_ref()))
    }
}

/// The encoding of the body of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseFormat {
    /// JSON.
    Json,
    /// One text, as a JSON string or as it is.
    JsonOrText,
    /// One text.
    Text,
    /// Bytes.
    Bytes,
}

/// A documented status.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentedStatus {
    /// The location of the response in the description.
    pub origin: Origin,
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// Its meaning; `default` is a success if the description has no other.
    pub kind: StatusKind,
    /// Its documentation.
    pub description: String,
    /// The media types of the body, sorted.
    pub media_types: Vec<String>,
    /// The types of a failure's body.
    pub error_bodies: Vec<TypeId>,
    /// The headers, without `Content-Type`.
    pub headers: Vec<ResponseHeader>,
}

/// A header of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    /// The location in the description.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// `true` if the response always has it.
    pub required: bool,
    /// The types of its value in the terms of JSON Schema; any type if there are none.
    pub types: Vec<String>,
    /// The type of its value.
    pub ty: TypeRef,
    /// Its documentation.
    pub description: Option<String>,
}

/// The struct with the headers of all responses of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderStruct {
    /// The name of the type.
    pub name: String,
    /// The headers, in the order of the description.
    pub headers: Vec<HeaderMethod>,
}

/// A method that returns the value of a header.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderMethod {
    /// The location in the description.
    pub origin: Origin,
    /// The name of the method.
    pub name: String,
    /// The name of the header.
    pub wire_name: String,
    /// The type of its value; a list if it may have several.
    pub ty: TypeRef,
    /// Its documentation.
    pub description: Option<String>,
    /// The statuses with which it is described: `200`, `4XX` or `default`.
    pub statuses: Vec<String>,
}

/// The meaning of a status for the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusKind {
    /// A response that the call returns.
    Success,
    /// A redirect, which is not followed.
    Redirect,
    /// Another status, with which the call fails.
    Failure,
}

/// The types of the error bodies of some statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorTypes {
    /// `404`, `4XX` or `default`.
    pub status: String,
    /// The types, in the order of [`Api::error_bodies`](crate::Api::error_bodies).
    pub types: Vec<TypeId>,
}
