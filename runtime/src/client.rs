//! The client: one place that sends bytes and brings back a reply, shared by every operation.

pub(crate) mod base_url;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod builder;
pub(crate) mod bulk;
pub(crate) mod call;
pub(crate) mod call_builder;
pub(crate) mod credentials;
pub(crate) mod response;
pub(crate) mod tls;

use std::fmt;
use std::future::{Future, poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Body, Method, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::check::violation::Violations;
use crate::client::base_url::BaseUrl;
use crate::client::call::{Call, Readable};
use crate::error::record::Trail;
use crate::error::response::{Defect, Reply};
use crate::error::transport::TransportError;
use crate::json::error::JsonError;
use crate::operation::headers::{RequestError, header_value};
use crate::operation::parameters::Parameters;
use crate::operation::path;
use crate::operation::payload::Payload;
use crate::operation::{JSON, Operation};
use crate::send::attempts::{Attempts, Bounds, Choices, Exchange, NoReply, Outgoing, Policy};
use crate::send::observe::CallSpan;
use crate::send::sent_once::SentOnce;

/// A connection to the service, on which generated clients stand.
///
/// Cloning is cheap, and clones share one connection pool. Made by a
/// [`ClientBuilder`](crate::ClientBuilder). Its calls run on Tokio, with I/O and time enabled.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) http: Http,
    pub(crate) base_url: BaseUrl,
    pub(crate) policy: Policy,
}

/// The HTTP library, and what every request and reply of a client has in common.
pub(crate) struct Http {
    pub(crate) client: reqwest::Client,
    /// The headers of each request that sends and accepts JSON.
    pub(crate) headers: HeaderMap,
    pub(crate) max_reply_bytes: usize,
}

/// Why there is no reply.
pub(crate) enum Failure {
    Violations(Violations),
    Encode(JsonError),
    Request(RequestError),
    NoReply(NoReply),
}

/// What a call sends, before its address is known.
pub(crate) struct Draft {
    pub(crate) operation: &'static Operation,
    pub(crate) parameters: Parameters,
    /// Those that the caller added.
    pub(crate) headers: Result<HeaderMap, RequestError>,
    pub(crate) payload: Option<Payload>,
    pub(crate) message_id: Option<Box<str>>,
    pub(crate) choices: Choices,
    pub(crate) readable: Readable,
}

/// A call on its way, whatever its types.
pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send>>;

impl Client {
    /// Prepares a call of an operation with a JSON body. Nothing happens until it is awaited.
    pub fn call<'a, B, R, E>(&'a self, operation: &'static Operation, body: &'a B) -> Call<'a, B, R, E>
    where
        B: Serialize + ?Sized,
        R: DeserializeOwned,
    {
        self.call_with(operation, Some(body), Payload::json)
    }

    /// Prepares a call of an operation without a body. Nothing happens until it is awaited.
    pub fn call_without_body<R, E>(&self, operation: &'static Operation) -> Call<'_, (), R, E>
    where
        R: DeserializeOwned,
    {
        self.call_with(operation, None, Payload::json)
    }

    /// Prepares a call of an operation whose body may be absent or something else than JSON, with the
    /// function that encodes it. Nothing happens until it is awaited.
    pub fn call_with<'a, B, R, E>(
        &'a self,
        operation: &'static Operation,
        body: Option<&'a B>,
        encode: fn(&B) -> Result<Payload, JsonError>,
    ) -> Call<'a, B, R, E>
    where
        B: ?Sized,
        R: DeserializeOwned,
    {
        Call::new(self, operation, body, encode)
    }

    /// Sends a request and brings its reply, after as many attempts as it may have.
    ///
    /// Knows no type of a message, so that it is compiled once, here, and not by every user.
    pub(crate) fn send(&self, draft: Draft) -> (CallSpan, Sending) {
        let Draft { operation, parameters, headers, payload, message_id, choices, readable } = draft;
        let request = match self.address(operation, parameters, headers, payload) {
            Ok(request) => request,
            Err(error) => return (CallSpan::none(), fail(Failure::Request(error))),
        };
        let span = CallSpan::new(operation, &request.url);
        let trail = Trail { message_id, ..Trail::default() };
        let (shared, watch) = (Arc::clone(&self.shared), span.clone());
        let sending = async move {
            let Shared { http: exchange, policy, .. } = &*shared;
            let attempts = Attempts { exchange, policy, request, choices, readable, trail, span: watch.clone() };
            let result = attempts.run().await;
            watch.end(&result);
            result.map_err(Failure::NoReply)
        };
        (span.clone(), Box::pin(span.cover(sending)))
    }

    /// Makes of its parts what every attempt sends.
    fn address(
        &self,
        operation: &'static Operation,
        parameters: Parameters,
        added: Result<HeaderMap, RequestError>,
        payload: Option<Payload>,
    ) -> Result<Outgoing, RequestError> {
        let Parameters { path, query, mut headers, error } = parameters;
        if let Some(error) = error {
            return Err(error);
        }
        let mut url = self.shared.base_url.join(&path::fill(operation.path(), &path)?);
        if !query.0.is_empty() {
            url.set_query(Some(&query.0));
        }
        headers.extend(added?);
        set_unless_json(&mut headers, ACCEPT, operation.accepts())?;
        if let Some(payload) = &payload {
            set_unless_json(&mut headers, CONTENT_TYPE, payload.content_type().unwrap_or(operation.sends()))?;
        }
        Ok(Outgoing { operation, url, headers, body: payload.map(Payload::into_bytes) })
    }
}

/// Sets a header that has another value than that of all requests.
fn set_unless_json(headers: &mut HeaderMap, name: HeaderName, media_type: &str) -> Result<(), RequestError> {
    if media_type != JSON {
        let value = header_value(media_type).ok_or_else(|| RequestError::HeaderValue(name.as_str().into()))?;
        headers.insert(name, value);
    }
    Ok(())
}

/// Brings a failure to where the call is awaited.
pub(crate) fn fail(failure: Failure) -> Sending {
    Box::pin(ready(Err(failure)))
}

impl Exchange for Http {
    async fn exchange(&self, outgoing: &Outgoing, bounds: Bounds) -> Result<Reply, TransportError> {
        let limit = bounds.reply_bytes.unwrap_or(self.max_reply_bytes);
        let mut request = Request::new(outgoing.operation.method().clone(), outgoing.url.clone());
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        for (name, value) in &outgoing.headers {
            headers.insert(name, value.clone());
        }
        // Where there are no bytes to hand out, nothing tells whether the request went out.
        let mut claim = None;
        match &outgoing.body {
            None => without_body(&mut request),
            Some(bytes) if bytes.is_empty() => *request.body_mut() = Some(Body::from(bytes.clone())),
            Some(bytes) => {
                let (body, its) = SentOnce::new(bytes.clone());
                *request.body_mut() = Some(Body::wrap(body));
                claim = Some(its);
            }
        }
        *request.timeout_mut() = Some(bounds.time);
        match self.client.execute(request).await {
            Ok(response) => {
                let is_elsewhere = *response.url() != outgoing.url;
                let (mut reply, waited) = Reply::read(response, limit).await;
                if is_elsewhere {
                    reply.defect = Some(Defect::Redirected);
                }
                // The library returns the connection to its pool in a task of its own. Letting that run
                // first keeps a caller that sends again at once from opening another connection. On one
                // thread it has run already, unless the reply came in pieces.
                if waited || has_several_threads() {
                    let_others_run().await;
                }
                Ok(reply)
            }
            Err(error) => {
                // Without a connection nothing was sent; of anything else only the body can tell.
                let taken = claim.map_or(!error.is_connect(), |claim| claim.revoke());
                Err(TransportError::new(error, taken))
            }
        }
    }
}

/// Makes a request that has no body, and says so where a body is usual: some servers wait for one.
fn without_body(request: &mut Request) {
    let expects_one = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    let headers = request.headers_mut();
    headers.remove(CONTENT_TYPE);
    if expects_one {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

fn has_several_threads() -> bool {
    Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() != RuntimeFlavor::CurrentThread)
}

/// Goes to the end of the queue of tasks that can run, once.
///
/// Tokio's `yield_now` would leave the waking to the runtime that this thread belongs to, which may
/// be the one that a blocking call keeps from running.
async fn let_others_run() {
    let mut asked = false;
    poll_fn(|context| {
        if asked {
            return Poll::Ready(());
        }
        asked = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl fmt::Debug for Client {
    /// Shows the address and the settings, no header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("policy", &self.shared.policy)
            .field("max_reply_bytes", &self.shared.http.max_reply_bytes)
            .finish_non_exhaustive()
    }
}
