//! What a generated client of the Infobip API calls.
//!
//! Emitted code says what a description says: members, limits, methods and paths. Behaviour is
//! here, written by hand and tested once:
//!
//! - constraint checks: [`Violations`], [`Location`], [`Keyword`];
//! - required properties as a matter of the compiler: [`Required`];
//! - values: [`DateTime`], [`Date`], [`Nullable`], [`redact`], JSON with discreet errors ([`json`]);
//! - the way to the service: [`ClientBuilder`], [`Credentials`], [`Call`], [`Response`], [`Bulk`];
//! - what is sent beside JSON: [`Parameters`], [`Form`], [`Multipart`] with [`File`]s, [`Payload`];
//! - how often it may be used: [`Limiter`], [`RateLimit`], [`RateLimiter`];
//! - what goes wrong: [`Error`], and what it means for the message: [`Outcome`], [`Retry`].
//!
//! # A client by hand
//!
//! ```no_run
//! use std::convert::Infallible;
//!
//! use wirecrate_runtime::{Call, Client, ClientBuilder, Credentials, Error, Method, Operation};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize)]
//! struct Note {
//!     text: String,
//! }
//!
//! #[derive(Deserialize)]
//! struct Accepted {
//!     id: Option<String>,
//! }
//!
//! fn send_note<'a>(client: &'a Client, note: &'a Note) -> Call<'a, Note, Accepted, Infallible> {
//!     static OPERATION: Operation = Operation::new("send-note", Method::POST, "/notes/1/note");
//!     client.call(&OPERATION, note)
//! }
//!
//! # async fn example() -> Result<(), Error<Infallible>> {
//! let client: Client = ClientBuilder::new("https://xyz.api.infobip.com", "notes/1.0")
//!     .credentials(Credentials::with_prefix("App", "key"))
//!     .build()?;
//! let accepted = send_note(&client, &Note { text: "hello".into() }).await?;
//! println!("{:?}", accepted.id);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | Feature | Default | Meaning |
//! |---|---|---|
//! | `rustls` | yes | TLS in Rust: `rustls` with `ring`, and Mozilla's root certificates compiled in |
//! | `native-tls` | no | TLS and root certificates of the operating system; used when both are on |
//! | `blocking` | no | `Call::wait`, for programs without an asynchronous runtime |
//! | `pattern` | no | The check of `pattern`, with a matcher of regular expressions |
//! | `tracing` | no | A span for each call and an event for each attempt, with the names of OpenTelemetry |
//!
//! Without either, a client can talk to a server on this machine, or be given an HTTP client of
//! your own with [`ClientBuilder::http_client`].

mod check;
mod client;
mod error;
#[doc(hidden)]
pub mod generated;
pub mod json;
mod operation;
mod rate_limit;
mod send;
mod value;
mod webhook;

pub use check::keyword::{Keyword, Limit};
pub use check::location::{Location, Segment};
pub use check::number::Number;
#[cfg(feature = "pattern")]
pub use check::pattern::Pattern;
pub use check::size::Limits;
pub use check::violation::{Violation, Violations};
pub use client::Client;
pub use client::base_url::BaseUrlError;
pub use client::builder::{ClientBuilder, ConfigurationError, http_client_builder};
pub use client::bulk::{Bulk, Progress, Sending};
pub use client::call::{Call, CallFuture};
pub use client::credentials::{Anonymous, Credentials, CredentialsError, HasCredentials, NoCredentials};
pub use client::response::Response;
pub use error::outcome::Outcome;
pub use error::rate_limit::RateLimitError;
pub use error::transport::{TransportError, TransportErrorKind};
pub use error::{DecodeError, Error, FromErrorBody, StatusError};
pub use json::buffered::Misfit;
pub use json::error::{JsonError, JsonErrorCategory};
pub use json::literal;
pub use json::union::{Choice, Tagged};
pub use operation::Operation;
pub use operation::file::File;
pub use operation::form::Form;
pub use operation::headers::RequestError;
pub use operation::multipart::Multipart;
pub use operation::parameters::Parameters;
pub use operation::payload::Payload;
pub use operation::rate_limit::RateLimit;
pub use operation::response_format::ReplyFormat;
pub use rate_limit::{BoxError, Limiter, Permit, RateLimiter, ShareError};
pub use send::retry::Retry;
pub use value::formats::date_time::{DateTime, DateTimeError};
pub use value::formats::{Base64, Date, FormatError, TimeSpan, Uuid};
pub use value::never::Never;
pub use value::nullable::{Nullable, present, required_nullable};
pub use value::redacted::{Redacted, redact};
pub use value::required::{Required, Unset};
pub use webhook::{EVENT_LIMIT, EventError, EventKind, read_event};

pub use bytes::Bytes;
pub use reqwest;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};

/// Any JSON value, for members whose shape a description leaves open.
pub use serde_json::Value as JsonValue;

/// The members of a JSON object, for those that a description does not name.
pub type JsonObject = serde_json::Map<String, JsonValue>;
