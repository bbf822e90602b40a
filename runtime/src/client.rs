//! The client: one place that sends bytes and brings back a reply, shared by every operation.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, Request};

use crate::base_url::BaseUrl;
use crate::call::Call;
use crate::json_error::JsonError;
use crate::reply::Reply;
use crate::transport::TransportError;
use crate::violation::Violations;

/// What a description says about one operation, independent of its types.
#[derive(Clone, Debug)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
}

impl Operation {
    /// An operation by its id, method and path; the path starts with `/` and needs no escaping.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self { id, method, path }
    }

    /// The operation id of the description.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path below the base URL.
    pub fn path(&self) -> &'static str {
        self.path
    }
}

/// A connection to the service, on which generated clients stand.
///
/// Cloning is cheap, and clones share one connection pool. Made by a
/// [`ClientBuilder`](crate::ClientBuilder). Its calls run on Tokio, with I/O and time enabled.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    /// Every header of a request; the same for each, because each sends and accepts JSON.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) max_reply_bytes: usize,
}

/// Why there is no reply.
pub(crate) enum Failure {
    Violations(Violations),
    Encode(JsonError),
    Transport(TransportError),
}

/// A call on its way, whatever its types.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>>;

impl Client {
    /// Prepares a call of an operation with a JSON body. Nothing happens until it is awaited.
    pub fn call<'a, B: ?Sized, R, E>(&'a self, operation: &'static Operation, body: &'a B) -> Call<'a, B, R, E>
    where
        R: serde::de::DeserializeOwned,
    {
        Call::new(self, operation, body)
    }

    /// Sends encoded bytes, or brings an earlier failure to where the call is awaited.
    ///
    /// Knows no type of a message, so that it is compiled once, here, and not by every user.
    pub(crate) fn send(
        &self,
        operation: &'static Operation,
        body: Result<Vec<u8>, Failure>,
        timeout: Option<Duration>,
    ) -> Sending {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move {
            let request = shared.request(operation, body?, timeout);
            let response = shared.http.execute(request).await;
            let response = response.map_err(|error| Failure::Transport(TransportError::new(error)))?;
            Ok(Reply::read(response, shared.max_reply_bytes).await)
        })
    }
}

impl Shared {
    fn request(&self, operation: &Operation, body: Vec<u8>, timeout: Option<Duration>) -> Request {
        let url = self.base_url.join(operation.path);
        let mut request = Request::new(operation.method.clone(), url);
        request.headers_mut().clone_from(&self.headers);
        *request.body_mut() = Some(body.into());
        *request.timeout_mut() = Some(timeout.unwrap_or(self.timeout));
        request
    }
}

impl fmt::Debug for Client {
    /// Shows the address and the settings, no header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("timeout", &self.shared.timeout)
            .field("max_reply_bytes", &self.shared.max_reply_bytes)
            .finish_non_exhaustive()
    }
}
