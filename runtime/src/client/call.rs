//! One call of an operation: its choices, then its future.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::check::violation::Violations;
use crate::client::response::Response;
use crate::client::{Client, Draft, Failure, Sending, fail};
use crate::error::response::{Defect, Reply};
use crate::error::{DecodeError, Error, FromErrorBody, StatusError};
use crate::json::error::JsonError;
use crate::operation::Operation;
use crate::operation::headers::{RequestError, add_header};
use crate::operation::parameters::Parameters;
use crate::operation::payload::Payload;
use crate::send::attempts::Choices;
use crate::send::observe::CallSpan;
use crate::send::retry::Retry;

/// A call that is sent when it is awaited: body `B`, reply `R`, error bodies `E`.
///
/// The request is checked and encoded when awaiting begins; the [future](CallFuture) borrows
/// nothing, so that `tokio::spawn(call.into_future())` works. Dropping the future ends the call.
#[must_use = "a call is sent only when it is awaited"]
pub struct Call<'a, B: ?Sized, R, E> {
    request: Request<'a, B>,
    read: ReadReply<R>,
    readable: Readable,
    error: PhantomData<fn() -> E>,
}

/// What is sent, and the choices of the caller.
struct Request<'a, B: ?Sized> {
    client: &'a Client,
    operation: &'static Operation,
    /// Absent where nothing is sent.
    body: Option<&'a B>,
    encode: Encode<B>,
    check: Option<Check<B>>,
    message_id: Option<MessageId<B>>,
    parameters: Parameters,
    /// What was found in the parameters, which are gone when the call is sent.
    violations: Violations,
    headers: Result<HeaderMap, RequestError>,
    choices: Choices,
}

/// Makes the bytes of a request body.
type Encode<B> = fn(&B) -> Result<Payload, JsonError>;

/// Checks the constraints of a request body.
type Check<B> = fn(&B) -> Result<(), Violations>;

/// Finds the message id in a request body.
type MessageId<B> = fn(&B) -> Option<&str>;

/// Whether a successful reply can be read.
pub(crate) type Readable = fn(&Reply, &Operation) -> bool;

/// How a successful reply becomes what the caller asked for.
type ReadReply<R> = fn(Reply, &Operation) -> Result<R, DecodeError>;

impl<'a, B: ?Sized, R: DeserializeOwned, E> Call<'a, B, R, E> {
    pub(crate) fn new(
        client: &'a Client,
        operation: &'static Operation,
        body: Option<&'a B>,
        encode: Encode<B>,
    ) -> Self {
        let request = Request {
            client,
            operation,
            body,
            encode,
            check: None,
            message_id: None,
            parameters: Parameters::default(),
            violations: Violations::new(),
            headers: Ok(HeaderMap::new()),
            choices: Choices::default(),
        };
        Self { request, read: read_body, readable: is_readable::<R>, error: PhantomData }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a `CallBuilder`")]
    pub(crate) fn prepared(
        client: &'a Client,
        operation: &'static Operation,
        body: Option<&'a B>,
        encode: Encode<B>,
        check: Option<Check<B>>,
        message_id: Option<MessageId<B>>,
        parameters: Parameters,
        violations: Violations,
    ) -> Self {
        let mut call = Self::new(client, operation, body, encode);
        call.request.check = check;
        call.request.message_id = message_id;
        call.request.parameters = parameters;
        call.request.violations = violations;
        call
    }

    /// Gives status, headers and raw body beside the decoded body.
    pub fn with_response(self) -> Call<'a, B, Response<R>, E> {
        Call { request: self.request, read: read_response, readable: self.readable, error: self.error }
    }
}

impl<B: ?Sized, R, E> Call<'_, B, R, E> {
    /// Sets the check that the request passes before it is sent.
    pub fn check_with(mut self, check: fn(&B) -> Result<(), Violations>) -> Self {
        self.request.check = Some(check);
        self
    }

    /// Sets where the request has the id by which a message can be found again.
    pub fn message_id_with(mut self, find: fn(&B) -> Option<&str>) -> Self {
        self.request.message_id = Some(find);
        self
    }

    /// Writes the parameters of the operation into the request, and checks them first: what is found
    /// is reported with what is found in the body.
    pub fn parameters<P>(
        mut self,
        parameters: &P,
        check: fn(&P) -> Result<(), Violations>,
        write: fn(&P, &mut Parameters),
    ) -> Self {
        if let Err(violations) = check(parameters) {
            self.request.violations = violations;
        }
        write(parameters, &mut self.request.parameters);
        self
    }

    /// Fills `{name}` in the path of the operation. The value stays one segment: what is reserved in
    /// a URL is encoded. An empty value, `.` and `..` are refused before anything is sent.
    pub fn path_parameter(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.request.parameters.path(name, [value]);
        self
    }

    /// Sends the request without checking its constraints, and leaves the verdict to the service.
    ///
    /// For limits that the service has raised since the description was written.
    pub fn unchecked(mut self) -> Self {
        self.request.check = None;
        self.request.violations = Violations::new();
        self
    }

    /// How many bytes of the reply are read at most. By default as many as the client reads
    /// ([`ClientBuilder::max_reply_bytes`](crate::ClientBuilder::max_reply_bytes)).
    pub fn max_reply_bytes(mut self, bytes: usize) -> Self {
        self.request.choices.max_reply_bytes = Some(bytes);
        self
    }

    /// The time for the whole call: the wait for the rate limit, every attempt until its last byte,
    /// and the waits between them. By default that of the client
    /// ([`ClientBuilder::timeout`](crate::ClientBuilder::timeout)).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.choices.timeout = Some(timeout);
        self
    }

    /// The time for one attempt, until the last byte of its reply. By default that of the client
    /// ([`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout)).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.request.choices.attempt_timeout = Some(timeout);
        self
    }

    /// What happens when an attempt fails; by default [`Retry::Safe`], which cannot send a message
    /// twice.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.request.choices.retry = retry;
        self
    }

    /// Adds a header to this request; of two with the same name the last counts.
    ///
    /// Visible ASCII and spaces make a value. Headers that the client sets itself, such as
    /// `Authorization` and `Content-Type`, and anything else that cannot be a header are refused
    /// before anything is sent ([`Error::Request`]).
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.headers = self.request.headers.and_then(|mut headers| {
            add_header(&mut headers, name, value)?;
            Ok(headers)
        });
        self
    }
}

impl<B: ?Sized> Request<'_, B> {
    fn send(self, readable: Readable) -> (CallSpan, Sending) {
        match self.encode() {
            Ok(payload) => self.send_encoded(payload, readable),
            Err(failure) => (CallSpan::none(), fail(failure)),
        }
    }

    fn encode(&self) -> Result<Option<Payload>, Failure> {
        let mut violations = self.violations.clone();
        if let (Some(check), Some(body)) = (self.check, self.body)
            && let Err(found) = check(body)
        {
            violations.append(found);
        }
        violations.finish().map_err(Failure::Violations)?;
        self.body.map(self.encode).transpose().map_err(Failure::Encode)
    }

    fn send_encoded(self, payload: Option<Payload>, readable: Readable) -> (CallSpan, Sending) {
        let message_id = self.message_id.zip(self.body).and_then(|(find, body)| find(body));
        let message_id = message_id.filter(|id| !id.is_empty()).map(Box::from);
        let Self { client, operation, parameters, headers, choices, .. } = self;
        client.send(Draft { operation, parameters, headers, payload, message_id, choices, readable })
    }
}

impl<B: ?Sized, R, E: FromErrorBody> IntoFuture for Call<'_, B, R, E> {
    type Output = Result<R, Error<E>>;
    type IntoFuture = CallFuture<R, E>;

    fn into_future(self) -> CallFuture<R, E> {
        let operation = self.request.operation;
        let (span, sending) = self.request.send(self.readable);
        CallFuture { sending, span, operation, read: self.read, error: self.error }
    }
}

#[cfg(feature = "blocking")]
impl<B: ?Sized, R, E: FromErrorBody> Call<'_, B, R, E> {
    /// Sends the request and blocks this thread until the call has ended: `.wait()` in the place of
    /// `.await`, for programs without an asynchronous runtime.
    ///
    /// The network is served by a thread of the process that is started once. Do not use it within
    /// an asynchronous task: it blocks a thread of that runtime, and connections that the client
    /// opened there stand still, so that the call may run out of time. Await there, or go to
    /// `tokio::task::spawn_blocking`.
    ///
    /// # Errors
    ///
    /// As when it is awaited; [`Error::Configuration`] if the thread cannot be started.
    pub fn wait(self) -> Result<R, Error<E>> {
        crate::client::blocking::wait(self.into_future()).unwrap_or_else(|error| Err(Error::Configuration(error)))
    }
}

impl<B: ?Sized, R, E> fmt::Debug for Call<'_, B, R, E> {
    /// Shows the operation and the choices, nothing of the request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.request.operation.id())
            .field("checked", &self.request.check.is_some())
            .field("choices", &self.request.choices)
            .finish_non_exhaustive()
    }
}

/// A call on its way. Borrows neither the client nor the message.
#[must_use = "a future does nothing unless it is awaited"]
pub struct CallFuture<R, E> {
    sending: Sending,
    span: CallSpan,
    operation: &'static Operation,
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
        let result = (self.read)(reply, self.operation);
        if result.is_err() {
            self.span.unreadable();
        }
        Poll::Ready(result.map_err(Error::Decode))
    }
}

impl<R, E> fmt::Debug for CallFuture<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}

fn read_body<R: DeserializeOwned>(reply: Reply, operation: &Operation) -> Result<R, DecodeError> {
    decode(reply, operation).map(|(_, body)| body)
}

fn read_response<R: DeserializeOwned>(reply: Reply, operation: &Operation) -> Result<Response<R>, DecodeError> {
    decode(reply, operation).map(|(reply, body)| Response::new(reply, body))
}

fn is_readable<R: DeserializeOwned>(reply: &Reply, operation: &Operation) -> bool {
    is_nothing::<R>() || (reply.defect.is_none() && operation.decode::<R>(&reply.body).is_ok())
}

/// Where the description has no body, `R` is `()`, and whatever came is not looked at: the call
/// succeeded.
fn is_nothing<R>() -> bool {
    size_of::<R>() == 0
}

fn decode<R: DeserializeOwned>(reply: Reply, operation: &Operation) -> Result<(Reply, R), DecodeError> {
    if is_nothing::<R>()
        && !matches!(reply.defect, Some(Defect::Redirected))
        && let Ok(nothing) = crate::json::decode(b"null")
    {
        return Ok((reply, nothing));
    }
    if reply.defect.is_some() {
        return Err(DecodeError::new(reply, None));
    }
    match operation.decode(&reply.body) {
        Ok(body) => Ok((reply, body)),
        Err(error) => Err(DecodeError::new(reply, Some(error))),
    }
}
