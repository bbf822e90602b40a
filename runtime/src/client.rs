//! The client: connections and settings that the calls of all operations share.

pub(crate) mod base_url;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod body;
pub(crate) mod body_stream;
pub(crate) mod builder;
pub(crate) mod bulk;
pub(crate) mod call;
pub(crate) mod call_builder;
pub(crate) mod credentials;
pub(crate) mod response;
pub(crate) mod response_headers;
pub(crate) mod success;
pub(crate) mod tls;

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use base_url::BaseUrl;

use crate::error::failure::Failure;
use crate::error::record::CallRecord;
use crate::error::response::RawResponse;
use crate::send::attempts::{Attempts, Policy};
use crate::send::observe::CallSpan;
use crate::send::prepared::Prepared;
use crate::send::transport::HttpTransport;

/// The HTTP side of an emitted client: its connections and settings.
///
/// Created by a [`ClientBuilder`](crate::ClientBuilder). Cloning is cheap, and clones share one connection pool. Calls
/// must be awaited in a Tokio runtime with I/O and time enabled.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    transport: HttpTransport,
    base_url: BaseUrl,
    policy: Policy,
}

/// A call in progress, independent of its types.
pub(crate) type ResponseFuture = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

impl Client {
    fn new(transport: HttpTransport, base_url: BaseUrl, policy: Policy) -> Self {
        Self { shared: Arc::new(Shared { transport, base_url, policy }) }
    }

    fn base_url(&self) -> &BaseUrl {
        &self.shared.base_url
    }

    /// Sends a request and returns its response, making as many attempts as its options and the policy allow.
    ///
    /// Independent of the types of a message, so that it is compiled once, in this crate, rather than once per type.
    fn send(&self, mut request: Prepared, message_id: Option<Box<str>>) -> (CallSpan, ResponseFuture) {
        let chosen = request.error.take().map_or_else(|| self.shared.transport.secrets.choose(&request), Err);
        match chosen {
            Ok(schemes) => request.schemes = schemes,
            Err(error) => return (CallSpan::none(), fail(Failure::Request(error))),
        }
        let span = CallSpan::new(request.operation, &request.url);
        let record = CallRecord { message_id, ..CallRecord::default() };
        let (shared, observer) = (Arc::clone(&self.shared), span.clone());
        let call = async move {
            let Shared { transport, policy, .. } = &*shared;
            let attempts = Attempts { transport, policy, request, record, span: observer.clone() };
            let result = attempts.run().await;
            observer.end(&result);
            result
        };
        (span.clone(), Box::pin(span.cover(call)))
    }
}

/// Returns a call that fails when it is awaited.
fn fail(failure: Failure) -> ResponseFuture {
    Box::pin(ready(Err(failure)))
}

impl fmt::Debug for Client {
    /// Formats the base URL and the settings, but no header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("policy", &self.shared.policy)
            .field("max_response_bytes", &self.shared.transport.max_response_bytes)
            .finish_non_exhaustive()
    }
}
