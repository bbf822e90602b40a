//! The transport of an attempt: from the prepared request to the request of the HTTP library, and back to the response.

use std::future::{Future, poll_fn};
use std::task::Poll;
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Body, Method, Request};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::{Instant, timeout_at};

use crate::error::response::{Defect, RawResponse};
use crate::error::transport::{TransportError, TransportErrorKind};
use crate::rate_limit::admission::Admission;
use crate::send::prepared::Prepared;
use crate::send::receive;
use crate::send::secrets::Secrets;
use crate::send::sent_once::Claim;

/// A transport sends a request and reads its response. It is the HTTP library, or a script in tests.
pub(crate) trait Transport: Send + Sync + 'static {
    fn send(
        &self,
        request: &Prepared,
        timeout: Duration,
        admission: Admission,
    ) -> impl Future<Output = Result<RawResponse, TransportError>> + Send;
}

/// The HTTP library, with the settings that all requests and responses of a client share.
pub(crate) struct HttpTransport {
    pub(crate) client: reqwest::Client,
    /// The common headers of all requests that send and accept JSON.
    pub(crate) headers: HeaderMap,
    pub(crate) secrets: Secrets,
    pub(crate) max_response_bytes: usize,
}

impl Transport for HttpTransport {
    async fn send(
        &self,
        prepared: &Prepared,
        timeout: Duration,
        admission: Admission,
    ) -> Result<RawResponse, TransportError> {
        let claim = Claim::new(admission);
        if prepared.options.streams {
            return self.open(prepared, timeout, &claim).await;
        }
        let request = self.request(prepared, timeout, &claim);
        match self.client.execute(request).await {
            Ok(response) => {
                claim.answered();
                let (received, waited) = receive::read(response, self.max_bytes(prepared)).await;
                // The library returns the connection to its pool in a separate task. If that task runs first, a caller
                // that sends again at once does not open another connection. On one thread, it has already run, unless
                // the response arrived in pieces.
                if waited || has_several_threads() {
                    yield_once().await;
                }
                Ok(received)
            }
            Err(error) => Err(before_response(error, prepared, &claim)),
        }
    }
}

/// Classifies an error before the response. Without bytes to send, only a failed connection is evidence that the request
/// was not sent.
fn before_response(error: reqwest::Error, prepared: &Prepared, claim: &Claim) -> TransportError {
    let taken = if prepared.has_bytes() { claim.revoke() } else { !error.is_connect() };
    TransportError::new(error, taken)
}

impl HttpTransport {
    /// Sends a request, and leaves the body of a success unread. The timeout applies to everything else, so the library
    /// is given one that never ends.
    async fn open(&self, prepared: &Prepared, timeout: Duration, claim: &Claim) -> Result<RawResponse, TransportError> {
        const FOREVER: Duration = Duration::from_hours(30 * 365 * 24);
        let deadline = Instant::now() + timeout;
        let request = self.request(prepared, FOREVER, claim);
        let response = match timeout_at(deadline, self.client.execute(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(before_response(error, prepared, claim)),
            Err(_) if prepared.has_bytes() && !claim.revoke() => {
                return Err(TransportError::of_kind(TransportErrorKind::ConnectTimeout, None));
            }
            Err(_) => return Err(TransportError::of_kind(TransportErrorKind::Timeout, None)),
        };
        claim.answered();
        if response.status().is_success() {
            return Ok(receive::unread(response, timeout, prepared.options.max_response_bytes));
        }
        let head = receive::without_body(response.status(), response.headers().clone());
        let body = timeout_at(deadline, receive::read(response, self.max_bytes(prepared))).await;
        Ok(body.map_or_else(
            |_| {
                let timeout = TransportError::of_kind(TransportErrorKind::Timeout, None);
                RawResponse { defect: Some(Defect::Interrupted(timeout)), ..head }
            },
            |(received, _)| received,
        ))
    }

    fn max_bytes(&self, prepared: &Prepared) -> usize {
        prepared.options.max_response_bytes.unwrap_or(self.max_response_bytes)
    }

    /// Returns the request of the HTTP library. The claim is to its body.
    fn request(&self, prepared: &Prepared, timeout: Duration, claim: &Claim) -> Request {
        let mut request = Request::new(prepared.operation.method().clone(), prepared.url.clone());
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        for (name, value) in &prepared.headers {
            headers.insert(name, value.clone());
        }
        self.secrets.add_to(&mut request, prepared.schemes);
        match &prepared.body {
            Some(body) if body.has_bytes() => *request.body_mut() = Some(Body::wrap(claim.body(body.clone()))),
            Some(_) => set_length_of_nothing(&mut request),
            None => {
                request.headers_mut().remove(CONTENT_TYPE);
                set_length_of_nothing(&mut request);
            }
        }
        *request.timeout_mut() = Some(timeout);
        request
    }
}

/// Sets the length of a request without content to 0 if its method usually has some, because some servers wait for a
/// length.
fn set_length_of_nothing(request: &mut Request) {
    if [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

fn has_several_threads() -> bool {
    Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() != RuntimeFlavor::CurrentThread)
}

/// Yields once to the other tasks that are ready.
///
/// Tokio's `yield_now` would leave the wake-up to the runtime of this thread, which may be blocked by a blocking call.
async fn yield_once() {
    let mut has_yielded = false;
    poll_fn(|context| {
        if has_yielded {
            return Poll::Ready(());
        }
        has_yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
