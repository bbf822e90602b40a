//! A response before it is interpreted: status, headers and a body of bounded size.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::record::CallRecord;
use crate::error::transport::TransportError;

/// The response to a request, up to the point at which reading stopped.
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Present if `body` is not the complete response to the request.
    pub(crate) defect: Option<Defect>,
    /// The wait that the service asks for. Computed on arrival, because it may be relative to the clock.
    pub(crate) retry_after: Option<Duration>,
    pub(crate) record: CallRecord,
}

/// The reason why the body of a response is not the complete response to the request.
pub(crate) enum Defect {
    /// It is longer than this number of bytes, and was truncated there.
    TooLong(usize),
    /// The connection failed before the end of the body.
    Interrupted(TransportError),
    /// It is complete, but comes from an address to which the HTTP client followed a redirect.
    Redirected,
}

impl fmt::Debug for RawResponse {
    /// Shows the status and the size of the body. Header values and the body may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
