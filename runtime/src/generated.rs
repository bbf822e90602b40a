//! The names that emitted code uses. This module is versioned with the generator, and is not for direct use.

pub use bytes::Bytes;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};

pub use crate::check::keyword::Keyword;
pub use crate::check::location::Location;
pub use crate::check::number::Number;
#[cfg(feature = "pattern")]
pub use crate::check::pattern::Pattern;
pub use crate::check::size::SizeBounds;
pub use crate::check::violation::Violations;
pub use crate::client::Client;
pub use crate::client::builder::ClientBuilder;
pub use crate::client::call::Call;
pub use crate::client::call_builder::CallBuilder;
pub use crate::client::credentials::states::{Held, Join};
pub use crate::client::credentials::{Anonymous, Credentials, HasCredentials, NoCredentials};
pub use crate::client::response::Response;
pub use crate::client::response_headers::{HeaderError, ResponseHeaders};
pub use crate::client::success::{FromSuccess, Success};
pub use crate::error::Error;
pub use crate::error::status::FromErrorBody;
pub use crate::json::buffered::UnionError;
pub use crate::json::error::JsonError;
pub use crate::json::union::{Choice, Tagged};
pub use crate::operation::Operation;
pub use crate::operation::byte_source::ByteSource;
pub use crate::operation::file::File;
pub use crate::operation::form::FormStyle;
pub use crate::operation::headers::RESERVED as RESERVED_HEADERS;
pub use crate::operation::multipart::Multipart;
pub use crate::operation::parameters::Parameters;
pub use crate::operation::parameters::style::Style;
pub use crate::operation::payload::Payload;
pub use crate::operation::rate_limit::RateLimit;
pub use crate::operation::response_format::ResponseFormat;
pub use crate::value::formats::date_time::DateTime;
pub use crate::value::formats::{Base64, Date, IsoDuration, Uuid};
pub use crate::value::never::Never;
pub use crate::value::nullable::{Nullable, present, required_nullable};
pub use crate::value::redacted::redact;
pub use crate::value::required::{Required, Unset};
pub use crate::value::{JsonObject, JsonValue};
pub use crate::webhook::batch::{EventBatch, Received};
pub use crate::webhook::{EventError, EventKind, MAX_EVENT_BYTES, read_event};

/// Encoding and decoding of JSON bodies.
pub mod json {
    pub use crate::json::error_body::decode_body;
    pub use crate::json::{decode, decode_whole_numbers, encode};
}

/// Enumerations whose values are not all strings.
pub mod literal {
    pub use crate::json::literal::{Literal, decode, decode_open, text};
}
