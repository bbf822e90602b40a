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
    /// The defect of the response, or `None` if it is the complete response to the request.
    pub(crate) defect: Option<Defect>,
    /// The wait requested by the service. Computed on arrival, because it may be relative to the clock.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) record: CallRecord,
}

/// The reason that a body is not the complete response to the request.
pub(crate) enum Defect {
    /// The body is longer than this number of bytes, and was truncated.
    TooLong(usize),
    /// The connection failed before the end of the body.
    Interrupted(TransportError),
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
