//! One call of an operation: its choices, then its future.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::{Client, Failure, Operation, Sending};
use crate::error::{DecodeError, Error, FromErrorBody, StatusError};
use crate::json;
use crate::reply::Reply;
use crate::response::Response;
use crate::violation::Violations;

/// A call that is sent when it is awaited: body `B`, reply `R`, error bodies `E`.
///
/// The request is checked and encoded when awaiting begins; the [future](CallFuture) borrows
/// nothing, so that `tokio::spawn(call.into_future())` works. Dropping the future ends the call.
#[must_use = "a call is sent only when it is awaited"]
pub struct Call<'a, B: ?Sized, R, E> {
    request: Request<'a, B>,
    read: ReadReply<R>,
    error: PhantomData<fn() -> E>,
}

/// What is sent, and the choices of the caller.
struct Request<'a, B: ?Sized> {
    client: &'a Client,
    operation: &'static Operation,
    body: &'a B,
    check: Option<Check<B>>,
    timeout: Option<Duration>,
}

/// Checks the constraints of a request body.
type Check<B> = fn(&B) -> Result<(), Violations>;

/// How a successful reply becomes what the caller asked for.
type ReadReply<R> = fn(Reply) -> Result<R, DecodeError>;

impl<'a, B: ?Sized, R: DeserializeOwned, E> Call<'a, B, R, E> {
    pub(crate) fn new(client: &'a Client, operation: &'static Operation, body: &'a B) -> Self {
        let request = Request { client, operation, body, check: None, timeout: None };
        Self { request, read: read_body, error: PhantomData }
    }

    /// Gives status, headers and raw body beside the decoded body.
    pub fn with_response(self) -> Call<'a, B, Response<R>, E> {
        Call { request: self.request, read: read_response, error: self.error }
    }
}

impl<B: ?Sized, R, E> Call<'_, B, R, E> {
    /// Sets the check that the request passes before it is sent.
    pub fn check_with(mut self, check: fn(&B) -> Result<(), Violations>) -> Self {
        self.request.check = Some(check);
        self
    }

    /// Sends the request without checking its constraints, and leaves the verdict to the service.
    ///
    /// For limits that the service has raised since the description was written.
    pub fn unchecked(mut self) -> Self {
        self.request.check = None;
        self
    }

    /// The time for the whole call, until the last byte of the reply; by default that of the
    /// client ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout = Some(timeout);
        self
    }
}

impl<B: Serialize + ?Sized> Request<'_, B> {
    fn send(self) -> Sending {
        let body = self.encode();
        self.client.send(self.operation, body, self.timeout)
    }

    fn encode(&self) -> Result<Vec<u8>, Failure> {
        if let Some(check) = self.check {
            check(self.body).map_err(Failure::Violations)?;
        }
        json::encode(self.body).map_err(Failure::Encode)
    }
}

impl<B: Serialize + ?Sized, R, E: FromErrorBody> IntoFuture for Call<'_, B, R, E> {
    type Output = Result<R, Error<E>>;
    type IntoFuture = CallFuture<R, E>;

    fn into_future(self) -> CallFuture<R, E> {
        CallFuture { sending: self.request.send(), read: self.read, error: self.error }
    }
}

impl<B: ?Sized, R, E> fmt::Debug for Call<'_, B, R, E> {
    /// Shows the operation and the choices, nothing of the request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.request.operation.id())
            .field("checked", &self.request.check.is_some())
            .field("timeout", &self.request.timeout)
            .finish_non_exhaustive()
    }
}

/// A call on its way. Borrows neither the client nor the message.
#[must_use = "a future does nothing unless it is awaited"]
pub struct CallFuture<R, E> {
    sending: Sending,
    read: ReadReply<R>,
    error: PhantomData<fn() -> E>,
}

impl<R, E: FromErrorBody> Future for CallFuture<R, E> {
    type Output = Result<R, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = match ready!(self.sending.as_mut().poll(context)) {
            Ok(reply) => reply,
            Err(failure) => return Poll::Ready(Err(failure.into())),
        };
        if !reply.status.is_success() {
            return Poll::Ready(Err(Error::Status(StatusError::new(reply))));
        }
        Poll::Ready((self.read)(reply).map_err(Error::Decode))
    }
}

impl<R, E> fmt::Debug for CallFuture<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}

fn read_body<R: DeserializeOwned>(reply: Reply) -> Result<R, DecodeError> {
    decode(reply).map(|(_, body)| body)
}

fn read_response<R: DeserializeOwned>(reply: Reply) -> Result<Response<R>, DecodeError> {
    decode(reply).map(|(reply, body)| Response::new(reply, body))
}

fn decode<R: DeserializeOwned>(reply: Reply) -> Result<(Reply, R), DecodeError> {
    // Where the description has no body, `R` is `()`, and whatever came is not looked at: the call succeeded.
    if size_of::<R>() == 0
        && let Ok(nothing) = json::decode(b"null")
    {
        return Ok((reply, nothing));
    }
    if reply.defect.is_some() {
        return Err(DecodeError::new(reply, None));
    }
    match json::decode(&reply.body) {
        Ok(body) => Ok((reply, body)),
        Err(error) => Err(DecodeError::new(reply, Some(error))),
    }
}
