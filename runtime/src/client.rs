//! The client: one place that sends bytes and brings back a reply, shared by every operation.

use std::fmt;
use std::future::{Future, poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Body, Request};
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::attempts::{Attempts, Choices, Exchange, NoReply, Outgoing, Policy};
use crate::base_url::BaseUrl;
use crate::body::SentOnce;
use crate::call::Call;
use crate::json_error::JsonError;
use crate::observe::CallSpan;
use crate::operation::Operation;
use crate::path;
use crate::reply::{Defect, Reply};
use crate::request::RequestError;
use crate::trail::Trail;
use crate::transport::TransportError;
use crate::violation::Violations;

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
    /// The headers of each request; the same for all, because each sends and accepts JSON.
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
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) message_id: Option<Box<str>>,
    pub(crate) choices: Choices,
    pub(crate) readable: fn(&Reply) -> bool,
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

    /// Sends a request and brings its reply, after as many attempts as it may have.
    ///
    /// Knows no type of a message, so that it is compiled once, here, and not by every user.
    pub(crate) fn send(&self, draft: Draft) -> (CallSpan, Sending) {
        let Draft { operation, path, headers, body, message_id, choices, readable } = draft;
        let path = match path::fill(operation.path(), &path) {
            Ok(path) => path,
            Err(error) => return (CallSpan::none(), fail(Failure::Request(error))),
        };
        let request = Outgoing { operation, url: self.shared.base_url.join(&path), headers, body: body.into() };
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
}

/// Brings a failure to where the call is awaited.
pub(crate) fn fail(failure: Failure) -> Sending {
    Box::pin(ready(Err(failure)))
}

impl Exchange for Http {
    async fn exchange(&self, outgoing: &Outgoing, timeout: Duration) -> Result<Reply, TransportError> {
        let mut request = Request::new(outgoing.operation.method().clone(), outgoing.url.clone());
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        for (name, value) in &outgoing.headers {
            headers.insert(name, value.clone());
        }
        let (body, claim) = SentOnce::new(outgoing.body.clone());
        *request.body_mut() = Some(Body::wrap(body));
        *request.timeout_mut() = Some(timeout);
        match self.client.execute(request).await {
            Ok(response) => {
                let is_elsewhere = *response.url() != outgoing.url;
                let (mut reply, waited) = Reply::read(response, self.max_reply_bytes).await;
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
            Err(error) => Err(TransportError::new(error, claim.revoke())),
        }
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
