//! Reading responses of limited size.

use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::error::record::CallRecord;
use crate::error::response::{Defect, RawResponse, Unread};
use crate::error::transport::TransportError;
use crate::send::retry_after::retry_after;

/// The maximum capacity reserved before a body arrives, regardless of its announced length.
const LARGEST_RESERVATION: usize = 16 * 1024;

/// Returns a response without a body.
pub(crate) fn without_body(status: StatusCode, headers: HeaderMap) -> RawResponse {
    let retry_after = retry_after(&headers);
    RawResponse {
        status,
        headers,
        body: Vec::new(),
        unread: None,
        defect: None,
        retry_after,
        record: CallRecord::default(),
    }
}

/// Returns a response whose body is still to be read by the caller.
pub(crate) fn unread(mut response: reqwest::Response, wait: Duration, max_bytes: Option<usize>) -> RawResponse {
    let head = without_body(response.status(), std::mem::take(response.headers_mut()));
    RawResponse { unread: Some(Unread { body: response.into(), wait, max_bytes }), ..head }
}

/// Reads a response and at most `max_bytes` bytes of its body.
///
/// This never fails, because the status must not be lost once it is known.
///
/// The second value is `true` if reading had to wait for the body.
pub(crate) async fn read(mut response: reqwest::Response, max_bytes: usize) -> (RawResponse, bool) {
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    let mut received = without_body(response.status(), std::mem::take(response.headers_mut()));
    received.body.reserve_exact(announced.unwrap_or(0).min(max_bytes).min(LARGEST_RESERVATION));
    let mut waited = false;
    received.defect = loop {
        let room = max_bytes - received.body.len();
        let mut chunk = pin!(response.chunk());
        let chunk = poll_fn(|context| {
            let chunk = chunk.as_mut().poll(context);
            waited |= chunk.is_pending();
            chunk
        });
        match chunk.await {
            Ok(Some(chunk)) if chunk.len() > room => {
                received.body.extend_from_slice(&chunk[..room]);
                break Some(Defect::TooLong(max_bytes));
            }
            Ok(Some(chunk)) => received.body.extend_from_slice(&chunk),
            Ok(None) => break None,
            Err(error) => break Some(Defect::Interrupted(TransportError::within_response(error))),
        }
    };
    (received, waited)
}
