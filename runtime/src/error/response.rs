//! A response before it is interpreted: its status, its headers, and a body of limited size.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::record::CallRecord;
use crate::error::transport::TransportError;

/// A response, up to the point at which reading stopped.
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// The body of a success, if the call streams it. Nothing of it has been read.
    pub(crate) unread: Option<Unread>,
    /// The defect of the response, or `None` if it is the complete response to the request.
    pub(crate) defect: Option<Defect>,
    /// The wait requested by the service. Computed on arrival, because it may be relative to the clock.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) record: CallRecord,
}

impl RawResponse {
    /// Takes the response, and leaves one without headers and body.
    pub(crate) fn take(&mut self) -> Self {
        let nothing = Self {
            status: self.status,
            headers: HeaderMap::new(),
            body: Vec::new(),
            unread: None,
            defect: None,
            retry_after: None,
            record: CallRecord::default(),
        };
        std::mem::replace(self, nothing)
    }
}

/// The reason that a body is not the complete response to the request.
pub(crate) enum Defect {
    /// The body is longer than this number of bytes, and was truncated.
    TooLong(usize),
    /// The connection failed before the end of the body.
    Interrupted(TransportError),
}

/// The body of a response that a call streams.
pub(crate) struct Unread {
    pub(crate) body: reqwest::Body,
    /// The longest wait for the next bytes.
    pub(crate) wait: Duration,
    /// The maximum number of bytes; `None` if there is no limit.
    pub(crate) max_bytes: Option<usize>,
}

impl fmt::Debug for RawResponse {
    /// Formats the status and the size of the body. The headers and the body may contain personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
