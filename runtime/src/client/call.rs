//! A call of an operation: its options and its future.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::check::violation::Violations;
use crate::client::body::TypedBody;
use crate::client::body_stream::BodyStream;
use crate::client::response::Response;
use crate::client::{Client, ResponseFuture, fail};
use crate::error::Error;
use crate::error::decode::DecodeError;
use crate::error::response::RawResponse;
use crate::error::status::{FromErrorBody, StatusError};
use crate::json::error::JsonError;
use crate::operation::Operation;
use crate::send::observe::CallSpan;
use crate::send::prepared::{CallOptions, Prepared};
use crate::send::retry::Retry;

/// A call of an operation, which is sent when it is awaited.
///
/// `B` is the type of the request body, `R` that of the response, and `E` that of error bodies.
///
/// The request is checked and encoded when `into_future` is called, which `.await` does. The [future](CallFuture)
/// borrows nothing, so `tokio::spawn(call.into_future())` works. Dropping the future cancels the call.
#[must_use = "a call is sent only when it is awaited"]
pub struct Call<'a, B: ?Sized, R, E> {
    client: &'a Client,
    body: TypedBody<'a, B>,
    /// The violations found in the parameters, which are already part of the request.
    violations: Violations,
    request: Prepared,
    read: Read<R>,
    is_declined: Option<IsDeclined<R>>,
    error: PhantomData<fn() -> E>,
}

/// Returns `true` if a response declines the request although its status is a success.
type IsDeclined<R> = Box<dyn Fn(&R) -> bool + Send + Sync>;

/// Reads the result of a call from a successful response, which it may take.
type Read<R> = Box<dyn Fn(&mut RawResponse, &Operation) -> Result<R, JsonError> + Send + Sync>;

impl<'a, B: ?Sized, R, E> Call<'a, B, R, E> {
    pub(crate) fn new(
        client: &'a Client,
        body: TypedBody<'a, B>,
        violations: Violations,
        request: Prepared,
        read: impl Fn(&mut RawResponse, &Operation) -> Result<R, JsonError> + Send + Sync + 'static,
    ) -> Self {
        // The box of a function is not allocated, since a function has no size.
        Self { client, body, violations, request, read: Box::new(read), is_declined: None, error: PhantomData }
    }

    pub(crate) fn declined_if(mut self, is_declined: impl Fn(&R) -> bool + Send + Sync + 'static) -> Self {
        self.is_declined = Some(Box::new(is_declined));
        self
    }

    /// Makes the call return a [`Response`], which contains the status, the headers, and the raw body in addition to
    /// the decoded body.
    pub fn with_response(self) -> Call<'a, B, Response<R>, E>
    where
        R: 'static,
    {
        let Self { client, body, violations, request, read, is_declined, error } = self;
        let read = move |response: &mut RawResponse, operation: &Operation| {
            read(response, operation).map(|body| Response::new(response.take(), body))
        };
        let of_body = |is_declined: IsDeclined<R>| -> IsDeclined<Response<R>> {
            Box::new(move |response| is_declined(response.body()))
        };
        let is_declined = is_declined.map(of_body);
        Call { client, body, violations, request, read: Box::new(read), is_declined, error }
    }

    /// Makes the call return the body as a [`BodyStream`] instead of decoding it. Use this for large bodies, and for
    /// bodies without an end, such as events.
    ///
    /// The call is complete as soon as a success status and the headers have arrived, and is not repeated afterwards.
    /// The timeouts of the call apply until then. From then on, each wait for the next bytes may take as long as an
    /// [attempt](Self::attempt_timeout). The size is limited only by [`max_response_bytes`](Self::max_response_bytes) of
    /// this call, and not by the setting of the client.
    pub fn stream(mut self) -> Call<'a, B, BodyStream, E> {
        self.request.options.streams = true;
        let Self { client, body, violations, request, read: _, is_declined: _, error } = self;
        let read = |response: &mut RawResponse, _: &Operation| Ok(BodyStream::new(response.take()));
        Call { client, body, violations, request, read: Box::new(read), is_declined: None, error }
    }
}

impl<B: ?Sized, R, E> Call<'_, B, R, E> {
    /// Sends the request without checking its constraints.
    ///
    /// Use this if the service has relaxed a constraint since the description was written.
    pub fn unchecked(mut self) -> Self {
        self.body.check = None;
        self.violations = Violations::new();
        self
    }

    /// Sets the maximum number of bytes read from the response body. The default is the client's
    /// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes).
    pub fn max_response_bytes(self, bytes: usize) -> Self {
        self.set(|options| options.max_response_bytes = Some(bytes))
    }

    /// Sets the timeout for the whole call, including the wait for the rate limiter, all attempts, and the waits
    /// between them. The default is the client's [`timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(|options| options.timeout = Some(timeout))
    }

    /// Sets the timeout for one attempt, from connecting to the last byte of the response. The default is the client's
    /// [`attempt_timeout`](crate::ClientBuilder::attempt_timeout).
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.set(|options| options.attempt_timeout = Some(timeout))
    }

    /// Sets the retry policy. The default is [`Retry::Safe`], which never sends a message twice.
    pub fn retry(self, retry: Retry) -> Self {
        self.set(|options| options.retry = retry)
    }

    /// Adds a header to the request. If a name is added more than once, the last value is sent.
    ///
    /// The value must consist of visible ASCII characters and spaces. If the name or the value is invalid, or if the
    /// client sets the header itself, as with `Authorization` and `Content-Type`, the call fails with
    /// [`Error::Request`] before anything is sent.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.add_header(name, value);
        self
    }

    fn set(mut self, change: impl FnOnce(&mut CallOptions)) -> Self {
        change(&mut self.request.options);
        self
    }
}

impl<B: ?Sized, R, E: FromErrorBody> IntoFuture for Call<'_, B, R, E> {
    type Output = Result<R, Error<E>>;
    type IntoFuture = CallFuture<R, E>;

    fn into_future(self) -> CallFuture<R, E> {
        let Self { client, body, violations, mut request, read, is_declined, error } = self;
        let operation = request.operation;
        let (span, response) = match body.encode(violations) {
            Ok(payload) => {
                request.set_body(payload);
                client.send(request, body.message_id())
            }
            Err(failure) => (CallSpan::none(), fail(failure)),
        };
        CallFuture { response, span, operation, read, is_declined, error }
    }
}

#[cfg(feature = "blocking")]
impl<B: ?Sized, R, E: FromErrorBody> Call<'_, B, R, E> {
    /// Sends the request and blocks the current thread until the call completes. Use `.wait()` instead of `.await` in
    /// programs without an asynchronous runtime.
    ///
    /// A background thread, which all blocking calls of the process share, does the network I/O.
    ///
    /// Do not call this function from an asynchronous task. It blocks a thread of that runtime, and the connections
    /// that the client opened there make no progress, so the call may time out. Use `.await` or
    /// `tokio::task::spawn_blocking` instead.
    ///
    /// # Errors
    ///
    /// Returns the same errors as `.await`, and [`Error::Blocking`] if the background thread cannot be started.
    pub fn wait(self) -> Result<R, Error<E>> {
        crate::client::blocking::wait(self.into_future()).unwrap_or_else(|error| Err(Error::Blocking(error)))
    }
}

impl<B: ?Sized, R, E> fmt::Debug for Call<'_, B, R, E> {
    /// Formats the operation and the options, but nothing of the request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("checked", &self.body.check.is_some())
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

/// The future of a call. It borrows neither the client nor the message.
#[must_use = "a future does nothing unless it is awaited"]
pub struct CallFuture<R, E> {
    response: ResponseFuture,
    span: CallSpan,
    operation: &'static Operation,
    read: Read<R>,
    is_declined: Option<IsDeclined<R>>,
    error: PhantomData<fn() -> E>,
}

impl<R, E: FromErrorBody> CallFuture<R, E> {
    /// Waits for the result. Returns `true` beside it if the response declines the request.
    pub(crate) async fn with_verdict(mut self) -> (Result<R, Error<E>>, bool) {
        let is_declined = self.is_declined.take();
        let result = self.await;
        let declined = result.as_ref().ok().zip(is_declined).is_some_and(|(response, check)| check(response));
        (result, declined)
    }
}

impl<R, E: FromErrorBody> Future for CallFuture<R, E> {
    type Output = Result<R, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match ready!(self.response.as_mut().poll(context)) {
            Ok(response) => response,
            Err(failure) => return Poll::Ready(Err(failure.into_error())),
        };
        if !response.status.is_success() {
            return Poll::Ready(Err(Error::Status(StatusError::new(response, self.operation))));
        }
        let result = read(response, self.operation, &self.read);
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

/// Reads the result from a response, unless it is incomplete.
fn read<R>(mut response: RawResponse, operation: &Operation, read: &Read<R>) -> Result<R, DecodeError> {
    if response.defect.is_some() && !operation.ignores_response_body() {
        return Err(DecodeError::new(response, None));
    }
    read(&mut response, operation).map_err(|error| DecodeError::new(response, Some(error)))
}
