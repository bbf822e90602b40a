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

mod constraint;
mod fingerprint;
mod json_equal;
mod keyword;
mod location;
mod number;
#[cfg(feature = "pattern")]
mod pattern;
mod unique;
mod violation;

mod date_time;
mod never;
mod nullable;
mod redact;
mod required;
mod text;

pub mod json;
mod json_error;
mod json_writer;
pub mod literal;
mod locate;
mod set_aside;
mod union;

mod base_url;
mod builder;
mod credentials;
mod tls;

mod bulk;
mod call;
mod client;
mod file;
mod form;
mod multipart;
mod operation;
mod parameters;
mod path;
mod payload;
mod request;

mod attempts;
mod body;
mod limit;
mod observe;
mod outcome;
mod rate_limit_error;
mod retry;
mod retry_after;
mod retry_budget;
mod trail;

mod error;
mod reply;
mod reply_format;
mod response;
mod transport;

mod webhook;

#[cfg(feature = "blocking")]
mod blocking;

pub use base_url::BaseUrlError;
pub use builder::{ClientBuilder, ConfigurationError, http_client_builder};
pub use bulk::{Bulk, Progress, Sending};
pub use call::{Call, CallFuture};
pub use client::Client;
pub use constraint::Limits;
pub use credentials::{Anonymous, Credentials, CredentialsError, HasCredentials, NoCredentials};
pub use date_time::{DateTime, DateTimeError};
pub use error::{DecodeError, Error, FromErrorBody, StatusError};
pub use file::File;
pub use form::Form;
pub use json_error::{JsonError, JsonErrorCategory};
pub use keyword::{Keyword, Limit};
pub use limit::{BoxError, Limiter, Permit, RateLimit, RateLimiter, ShareError};
pub use location::{Location, Segment};
pub use multipart::Multipart;
pub use never::Never;
pub use nullable::{Nullable, present, required_nullable};
pub use number::Number;
pub use operation::Operation;
pub use outcome::Outcome;
pub use parameters::Parameters;
#[cfg(feature = "pattern")]
pub use pattern::Pattern;
pub use payload::Payload;
pub use rate_limit_error::RateLimitError;
pub use redact::{Redacted, redact};
pub use reply_format::ReplyFormat;
pub use request::RequestError;
pub use required::{Required, Unset};
pub use response::Response;
pub use retry::Retry;
pub use set_aside::Misfit;
pub use text::{Base64, Date, FormatError, TimeSpan, Uuid};
pub use transport::{TransportError, TransportErrorKind};
pub use union::{Choice, Tagged};
pub use violation::{Violation, Violations};
pub use webhook::{EVENT_LIMIT, EventError, EventKind, read_event};

pub use bytes::Bytes;
pub use reqwest;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};

/// Any JSON value, for members whose shape a description leaves open.
pub use serde_json::Value as JsonValue;

/// The members of a JSON object, for those that a description does not name.
pub type JsonObject = serde_json::Map<String, JsonValue>;
