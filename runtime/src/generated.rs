//! The names that emitted code uses, versioned with the generator. People use the root of the crate.

pub use bytes::Bytes;
pub use reqwest::{Method, StatusCode};

pub use crate::check::keyword::Keyword;
pub use crate::check::location::Location;
#[cfg(feature = "pattern")]
pub use crate::check::pattern::Pattern;
pub use crate::check::violation::Violations;
pub use crate::client::Client;
pub use crate::client::builder::ClientBuilder;
pub use crate::client::call::Call;
pub use crate::client::call_builder::CallBuilder;
pub use crate::client::credentials::{Anonymous, Credentials, NoCredentials};
pub use crate::client::response::Response;
pub use crate::error::{Error, FromErrorBody};
pub use crate::json::error::JsonError;
pub use crate::json::literal;
pub use crate::json::union::{Choice, Tagged};
pub use crate::operation::Operation;
pub use crate::operation::file::File;
pub use crate::operation::form::Form;
pub use crate::operation::multipart::Multipart;
pub use crate::operation::parameters::Parameters;
pub use crate::operation::payload::Payload;
pub use crate::operation::rate_limit::RateLimit;
pub use crate::operation::response_format::ReplyFormat;
pub use crate::value::formats::date_time::DateTime;
pub use crate::value::formats::{Base64, Date, TimeSpan, Uuid};
pub use crate::value::never::Never;
pub use crate::value::nullable::{Nullable, present, required_nullable};
pub use crate::value::redacted::redact;
pub use crate::value::required::{Required, Unset};
pub use crate::webhook::{EVENT_LIMIT, EventError, EventKind, read_event};
pub use crate::{JsonObject, JsonValue, json};
