//! Sending many messages concurrently.

use std::fmt;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_util::stream;
use reqwest::StatusCode;
use tokio::task::{Id, JoinError, JoinSet};

use crate::client::call::CallFuture;
use crate::error::Error;
use crate::error::outcome::Outcome;
use crate::error::status::FromErrorBody;
use crate::error::transport::{TransportError, TransportErrorKind};

/// Enough for 4,000 messages per second if a call takes 15 milliseconds.
const CONCURRENCY: usize = 64;

/// Sends many messages, with a limited number of concurrent calls.
///
/// Messages are taken from their source one by one, so memory use does not depend on their number. Each call waits for
/// the rate limiter and is retried like any other call.
///
/// ```no_run
/// # use std::convert::Infallible;
/// # use wirecrate_runtime::generated::CallBuilder;
/// # use wirecrate_runtime::{Bulk, Call, Client, Method, Operation};
/// # #[derive(serde::Serialize)]
/// # struct Note;
/// # static SEND: Operation = Operation::new("send-note", Method::POST, "/notes/1/note");
/// # fn send_note<'a>(client: &'a Client, note: &'a Note) -> Call<'a, Note, (), Infallible> {
/// #     CallBuilder::json(client, &SEND, note).build()
/// # }
/// # async fn example(client: Client, notes: Vec<Note>) {
/// let mut sending = Bulk::new(notes).concurrency(100).send(|note| send_note(&client, note).into_future());
/// while let Some((note, result)) = sending.next().await {
///     // In the order in which they finish.
/// }
/// # }
/// ```
#[must_use = "call `.send(..)` to send the messages"]
pub struct Bulk<S> {
    messages: S,
    concurrency: usize,
    progress: Watch,
}

type Watch = Option<Box<dyn FnMut(&Progress) + Send>>;

/// The result of a call, and `true` if the response declines the request.
type Verdict<R, E> = (Result<R, Error<E>>, bool);

/// A message and the result of its call.
type Finished<M, R, E> = (M, Result<R, Error<E>>);

impl<I: Iterator> Bulk<stream::Iter<I>> {
    /// Creates a `Bulk` from a list or any other iterator of messages.
    pub fn new(messages: impl IntoIterator<IntoIter = I>) -> Self {
        Self::from_stream(stream::iter(messages))
    }
}

impl<S: Stream + Unpin> Bulk<S> {
    /// Creates a `Bulk` from a stream of messages, such as the rows of a database query.
    pub fn from_stream(messages: S) -> Self {
        Self { messages, concurrency: CONCURRENCY, progress: None }
    }

    /// Sets the maximum number of concurrent calls. The default is 64; 0 is treated as 1.
    pub fn concurrency(mut self, messages: usize) -> Self {
        self.concurrency = messages.max(1);
        self
    }

    /// Sets a function that is called with the progress after each result.
    pub fn on_progress(mut self, watch: impl FnMut(&Progress) + Send + 'static) -> Self {
        self.progress = Some(Box::new(watch));
        self
    }

    /// Sends each message with the call that the function returns for it.
    ///
    /// Nothing is sent until the first result is requested. From then on, the calls run as tasks of the runtime, and
    /// continue while the caller processes a result.
    pub fn send<F, R, E>(self, call: F) -> Sending<S, F, R, E>
    where
        F: FnMut(&S::Item) -> CallFuture<R, E>,
    {
        let Self { messages, concurrency, progress: watch } = self;
        Sending {
            messages,
            exhausted: false,
            call,
            concurrency,
            calls: JoinSet::new(),
            in_flight: Slots { slots: Vec::new(), free: Vec::new() },
            watch,
            progress: Progress::default(),
        }
    }
}

impl<S> fmt::Debug for Bulk<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk").field("concurrency", &self.concurrency).finish_non_exhaustive()
    }
}

/// The progress of a [`Bulk`], in messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The number of messages taken from the source.
    pub started: u64,
    /// The number of messages accepted by the service.
    pub accepted: u64,
    /// The number of messages declined by the service in a response whose status is a success.
    pub declined: u64,
    /// The number of messages that were not sent ([`Outcome::NotSent`]).
    pub not_sent: u64,
    /// The number of messages rejected by the service ([`Outcome::Rejected`]).
    pub rejected: u64,
    /// The number of messages that failed but may have been accepted by the service ([`Outcome::Unknown`]).
    pub unknown: u64,
    /// The status, 401 or 403, that stopped the `Bulk` from taking further messages.
    pub stopped: Option<StatusCode>,
}

impl Progress {
    /// Returns the number of messages that have a result.
    pub fn finished(&self) -> u64 {
        self.accepted + self.declined + self.not_sent + self.rejected + self.unknown
    }

    /// Returns the number of messages that were taken but have no result yet.
    pub fn in_flight(&self) -> u64 {
        self.started - self.finished()
    }

    fn count<R, E>(&mut self, result: &Result<R, Error<E>>, declined: bool) {
        let Err(error) = result else {
            *(if declined { &mut self.declined } else { &mut self.accepted }) += 1;
            return;
        };
        *match error.outcome() {
            Outcome::NotSent => &mut self.not_sent,
            Outcome::Rejected => &mut self.rejected,
            Outcome::Unknown => &mut self.unknown,
        } += 1;
        self.stopped = self.stopped.or(error.status().filter(|status| is_refusal_of_all(*status)));
    }
}

/// Returns `true` if a status rejects the caller, and hence all other messages as well.
fn is_refusal_of_all(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}

/// A stream of messages with their results, in the order in which the calls finish. Created by [`Bulk::send`].
///
/// After a response with status 401 or 403, no further messages are taken, and the calls in flight are completed.
/// Dropping a `Sending` cancels the calls in flight, which leaves the outcome of their messages unknown.
#[must_use = "messages are sent only while results are asked for"]
pub struct Sending<S: Stream, F, R, E> {
    messages: S,
    exhausted: bool,
    call: F,
    concurrency: usize,
    /// The calls in flight. Each returns the slot of its message.
    calls: JoinSet<(usize, Verdict<R, E>)>,
    /// The messages of the calls that have started.
    in_flight: Slots<S::Item>,
    watch: Watch,
    progress: Progress,
}

impl<S, F, R, E> Sending<S, F, R, E>
where
    S: Stream + Unpin,
    F: FnMut(&S::Item) -> CallFuture<R, E>,
    R: Send + 'static,
    E: FromErrorBody + Send + 'static,
{
    /// Returns the next message with its result, or `None` if there are no more. Requires a Tokio runtime.
    ///
    /// This method is cancel safe: if the future is dropped before it completes, no result is lost.
    pub async fn next(&mut self) -> Option<Finished<S::Item, R, E>> {
        std::future::poll_fn(|context| self.poll_result(context)).await
    }

    /// Blocks the current thread until the next message has a result, and returns both, or `None` if there are no more.
    /// [`Call::wait`](crate::Call::wait) explains when to use it.
    ///
    /// # Errors
    ///
    /// Returns an error if the background thread for blocking calls cannot be started.
    #[cfg(feature = "blocking")]
    pub fn wait_next(&mut self) -> Result<Option<Finished<S::Item, R, E>>, crate::BlockingError> {
        crate::client::blocking::wait(self.next())
    }

    fn poll_result(&mut self, context: &mut Context<'_>) -> Poll<Option<Finished<S::Item, R, E>>> {
        self.start(context);
        let Some(joined) = ready!(self.calls.poll_join_next(context)) else {
            // No call has started: either all messages are done, or the source has no next message yet.
            let is_over = self.exhausted || self.progress.stopped.is_some();
            return if is_over { Poll::Ready(None) } else { Poll::Pending };
        };
        let (slot, (result, declined)) = joined.unwrap_or_else(|error| self.in_flight.lost(error));
        let message = self.in_flight.take(slot).expect("each call has its message");
        self.progress.count(&result, declined);
        if let Some(watch) = &mut self.watch {
            watch(&self.progress);
        }
        Poll::Ready(Some((message, result)))
    }

    /// Takes messages while there are free slots.
    fn start(&mut self, context: &mut Context<'_>) {
        while !self.exhausted && self.progress.stopped.is_none() && self.calls.len() < self.concurrency {
            match Pin::new(&mut self.messages).poll_next(context) {
                Poll::Ready(Some(message)) => {
                    let call = (self.call)(&message);
                    let slot = self.in_flight.next_free();
                    let id = self.calls.spawn(async move { (slot, call.with_verdict().await) }).id();
                    self.in_flight.put(slot, id, message);
                    self.progress.started += 1;
                }
                Poll::Ready(None) => self.exhausted = true,
                Poll::Pending => return,
            }
        }
    }
}

impl<S: Stream, F, R, E> Sending<S, F, R, E> {
    /// Returns the progress.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Returns the source with the messages that were not taken, for example after status 401 or 403. This cancels the
    /// calls in flight, so request all results first.
    pub fn into_messages(self) -> S {
        self.messages
    }
}

impl<S, F, R, E> Stream for Sending<S, F, R, E>
where
    S: Stream + Unpin,
    S::Item: Unpin,
    F: FnMut(&S::Item) -> CallFuture<R, E> + Unpin,
    R: Send + 'static,
    E: FromErrorBody + Send + 'static,
{
    type Item = Finished<S::Item, R, E>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_result(context)
    }
}

impl<S: Stream, F, R, E> fmt::Debug for Sending<S, F, R, E> {
    /// Formats the progress, but no message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").field("progress", &self.progress).finish_non_exhaustive()
    }
}

/// The messages of the calls that have started.
struct Slots<M> {
    slots: Vec<Option<(Id, M)>>,
    free: Vec<usize>,
}

impl<M> Slots<M> {
    fn next_free(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len() - 1
        })
    }

    fn put(&mut self, slot: usize, call: Id, message: M) {
        self.slots[slot] = Some((call, message));
    }

    fn take(&mut self, slot: usize) -> Option<M> {
        let (_, message) = self.slots.get_mut(slot)?.take()?;
        self.free.push(slot);
        Some(message)
    }

    /// Returns the result of a call whose task did not finish because the runtime was shut down. If the task panicked,
    /// resumes the panic.
    fn lost<R, E>(&self, error: JoinError) -> (usize, Verdict<R, E>) {
        let id = error.id();
        if let Ok(panic) = error.try_into_panic() {
            resume_unwind(panic);
        }
        let is_its = |slot: &Option<(Id, M)>| slot.as_ref().is_some_and(|(call, _)| *call == id);
        let slot = self.slots.iter().position(is_its).expect("each call has its message");
        (slot, (Err(Error::Transport(TransportError::of_kind(TransportErrorKind::Interrupted, None))), false))
    }
}
