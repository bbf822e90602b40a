//! The runtime of emitted API clients.
//!
//! A generated crate contains the facts of its description: types, constraints, methods, and paths. The behavior is
//! implemented and tested in this crate. Generated crates re-export its public items:
//!
//! - the client: [`ClientBuilder`], [`Credentials`], [`Call`], [`Response`], [`Retry`];
//! - sending many messages: [`Bulk`];
//! - rate limits: [`Limiter`], [`RateLimit`], and the trait [`RateLimiter`] for custom limiters;
//! - errors: [`Error`], and the [`Outcome`] of a failed call;
//! - constraints: [`Violations`], [`Keyword`], [`Location`];
//! - values: [`DateTime`], [`Date`], [`IsoDuration`], [`Uuid`], [`Base64`], [`Nullable`], [`Never`].
//!
//! # Features
//!
//! | Feature | Default | Meaning |
//! |---|---|---|
//! | `rustls` | yes | TLS with `rustls` and `ring`, and Mozilla's root certificates, which are compiled in |
//! | `native-tls` | no | TLS and root certificates of the operating system; takes precedence over `rustls` |
//! | `blocking` | no | `Call::wait`, for programs without an asynchronous runtime |
//! | `pattern` | no | Checks of `pattern`, with a regular expression engine |
//! | `tracing` | no | A span for each call and an event for each attempt, named as in OpenTelemetry |
//!
//! Without `rustls` and `native-tls`, `https` URLs require an HTTP client with a TLS backend
//! ([`ClientBuilder::http_client`]).

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

// The client, its calls and their responses.
pub use client::Client;
pub use client::body_stream::{BodyStream, BodyStreamError};
pub use client::builder::{ClientBuilder, http_client_builder};
pub use client::call::{Call, CallFuture};
pub use client::credentials::Credentials;
pub use client::response::Response;
pub use client::response_headers::HeaderError;
pub use send::retry::Retry;

// Sending many messages.
pub use client::bulk::{Bulk, Progress, Sending};

// Rate limits.
pub use operation::Operation;
pub use operation::rate_limit::RateLimit;
pub use rate_limit::admission::Admission;
pub use rate_limit::limiter::{Limiter, ShareError};
pub use rate_limit::{AdmissionFuture, Permit, RateLimiter};

// Errors, by the stage at which a call fails.
pub use error::Error;
pub use error::blocking::BlockingError;
pub use error::configuration::{BaseUrlError, ConfigurationError, CredentialsError};
pub use error::decode::DecodeError;
pub use error::outcome::Outcome;
pub use error::rate_limit::{BoxError, RateLimitError, WaitTooLong};
pub use error::request::RequestError;
pub use error::status::StatusError;
pub use error::transport::{TransportError, TransportErrorKind};
pub use json::error::{JsonError, JsonErrorCategory};

// Constraints.
pub use check::keyword::{Constraint, Keyword};
pub use check::location::{Location, Segment};
pub use check::violation::{Violation, Violations};

// Values.
pub use operation::byte_source::ByteSource;
pub use operation::file::File;
pub use value::formats::date_time::{DateTime, DateTimeError};
pub use value::formats::{Base64, Date, FormatError, IsoDuration, Uuid};
pub use value::never::Never;
pub use value::nullable::Nullable;
pub use value::{JsonObject, JsonValue};

// Events sent by a service.
pub use webhook::EventError;
pub use webhook::batch::{MalformedItem, Received};

// Types of other crates that are part of the public API.
pub use bytes::Bytes;
pub use reqwest;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};
