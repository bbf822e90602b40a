//! The way of one call: a place under the limit, an attempt, perhaps a wait and another attempt, all
//! of it before one deadline.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{StatusCode, Url};
use tokio::time::{Instant, sleep, timeout_at};

use crate::client::call::Readable;
use crate::error::outcome::Outcome;
use crate::error::rate_limit::RateLimitError;
use crate::error::record::Trail;
use crate::error::response::{Defect, Reply};
use crate::error::transport::TransportError;
use crate::operation::Operation;
use crate::rate_limit::RateLimiter;
use crate::send::budget::RetryBudget;
use crate::send::observe::CallSpan;
use crate::send::retry::{Failed, Retry, RetrySettings};

/// Sends a request and reads its reply: the HTTP library, or what a test puts in its place.
pub(crate) trait Exchange: Send + Sync + 'static {
    fn exchange(
        &self,
        request: &Outgoing,
        bounds: Bounds,
    ) -> impl Future<Output = Result<Reply, TransportError>> + Send;
}

/// How long one attempt may take, and how much it may bring.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) time: Duration,
    /// As many as the client reads, where it is absent.
    pub(crate) reply_bytes: Option<usize>,
}

/// A request as it is sent, as often as it is sent.
pub(crate) struct Outgoing {
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    /// The headers that the parameters and the caller added, and those in which it differs from others.
    pub(crate) headers: HeaderMap,
    /// Absent where the operation has none.
    pub(crate) body: Option<Bytes>,
}

/// What the calls of a client have in common.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) retry: RetrySettings,
    pub(crate) budget: RetryBudget,
    pub(crate) limiter: Arc<dyn RateLimiter>,
}

/// What the caller chose for one call; what is absent is as the client has it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Choices {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Retry,
    pub(crate) max_reply_bytes: Option<usize>,
}

/// One call on its way.
pub(crate) struct Attempts<'c, X> {
    pub(crate) exchange: &'c X,
    pub(crate) policy: &'c Policy,
    pub(crate) request: Outgoing,
    pub(crate) choices: Choices,
    /// Whether a successful reply can be read. Asked only where an unreadable one may be retried.
    pub(crate) readable: Readable,
    pub(crate) trail: Trail,
    pub(crate) span: CallSpan,
}

/// Why there is no reply.
pub(crate) enum NoReply {
    /// There was no place under the limit.
    RateLimit(RateLimitError),
    /// The last attempt failed.
    Transport(TransportError),
}

type Attempt = Result<Reply, TransportError>;

/// The time of a call.
#[derive(Clone, Copy)]
struct Deadline {
    /// Until when attempts may begin. One that is cut off soon after would leave unknown what was
    /// known before.
    begin: Instant,
    end: Instant,
}

impl Deadline {
    fn after(time: Duration) -> Self {
        // Nobody lives to see more.
        const THIRTY_YEARS: Duration = Duration::from_hours(30 * 365 * 24);
        let time = time.min(THIRTY_YEARS);
        let now = Instant::now();
        Self { begin: now + time * 9 / 10, end: now + time }
    }
}

impl<X: Exchange> Attempts<'_, X> {
    /// Sends the request until it succeeds or must not be sent again.
    pub(crate) async fn run(mut self) -> Result<Reply, NoReply> {
        self.policy.budget.deposit();
        let deadline = Deadline::after(self.choices.timeout.unwrap_or(self.policy.timeout));
        if let Err(error) = self.place(deadline).await {
            return Err(NoReply::RateLimit(error.with_trail(self.trail)));
        }
        let last = loop {
            let attempt = self.attempt(deadline).await;
            let failed = self.examine(&attempt);
            let wait = failed.and_then(|failed| self.wait_after(&attempt, failed, deadline));
            self.span.attempt(self.trail.attempts, &attempt, wait);
            let Some(wait) = wait else { break attempt };
            sleep(wait).await;
            // Without a place the call ends with what it knows: how its last attempt failed.
            if self.place(deadline).await.is_err() {
                break attempt;
            }
        };
        match last {
            Ok(reply) => Ok(Reply { trail: self.trail, ..reply }),
            Err(error) => Err(NoReply::Transport(error.with_trail(self.trail))),
        }
    }

    /// Waits for a place under the rate limit.
    async fn place(&self, deadline: Deadline) -> Result<(), RateLimitError> {
        let permit = self.policy.limiter.acquire(self.request.operation);
        match timeout_at(deadline.begin, permit).await {
            Ok(Ok(())) if Instant::now() < deadline.end => Ok(()),
            Ok(Err(source)) => Err(RateLimitError::failed(source)),
            Ok(Ok(())) | Err(_) => Err(RateLimitError::too_late()),
        }
    }

    async fn attempt(&mut self, deadline: Deadline) -> Attempt {
        self.trail.attempts += 1;
        let left = deadline.end.saturating_duration_since(Instant::now());
        let timeout = self.choices.attempt_timeout.unwrap_or(self.policy.attempt_timeout);
        let bounds = Bounds { time: timeout.min(left), reply_bytes: self.choices.max_reply_bytes };
        self.exchange.exchange(&self.request, bounds).await
    }

    /// Notes how an attempt failed, if it did, and tells the limiter what concerns it.
    fn examine(&mut self, attempt: &Attempt) -> Option<Failed> {
        let failed = match attempt {
            // Whatever is there, it says nothing about the message.
            Ok(reply) if matches!(reply.defect, Some(Defect::Redirected)) => {
                Failed { outcome: Outcome::Unknown, status: Some(reply.status), lasting: false }
            }
            Ok(reply) if reply.status.is_success() => {
                let may_come_again = match self.choices.retry {
                    Retry::Ambiguous => !(self.readable)(reply, self.request.operation),
                    // The rest of a reply that broke off may come next time; one that is no JSON stays so.
                    Retry::Safe => self.is_safe() && matches!(reply.defect, Some(Defect::BrokenOff(_))),
                    Retry::Never => false,
                };
                if !may_come_again {
                    return None;
                }
                Failed { outcome: Outcome::Unknown, status: Some(reply.status), lasting: false }
            }
            Ok(reply) => {
                if reply.status == StatusCode::TOO_MANY_REQUESTS {
                    self.policy.limiter.throttled(self.request.operation, reply.retry_after);
                }
                Failed { outcome: Outcome::of_status(reply.status), status: Some(reply.status), lasting: false }
            }
            Err(error) => Failed { outcome: error.outcome(), status: None, lasting: error.is_lasting() },
        };
        self.trail.note(failed.outcome);
        Some(failed)
    }

    fn is_safe(&self) -> bool {
        self.request.operation.method().is_safe()
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    ///
    /// A wait that leaves no time for an attempt is not begun: the caller hears at once what is known.
    fn wait_after(&self, attempt: &Attempt, failed: Failed, deadline: Deadline) -> Option<Duration> {
        let settings = &self.policy.retry;
        let identified = self.trail.message_id.is_some();
        let method = self.request.operation.method();
        if self.trail.attempts >= settings.max_attempts
            || !failed.may_be_retried(self.choices.retry, method, identified)
        {
            return None;
        }
        let asked = attempt.as_ref().ok().and_then(|reply| reply.retry_after);
        let wait = asked.unwrap_or_else(|| settings.wait_after(self.trail.attempts));
        let in_time = wait < deadline.begin.saturating_duration_since(Instant::now());
        (in_time && self.policy.budget.withdraw()).then_some(wait)
    }
}

impl fmt::Debug for Outgoing {
    /// Shows the operation; the rest may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("operation", &self.operation.id()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
