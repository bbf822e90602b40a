//! The attempts of a call: admission by the rate limiter, an attempt, and possibly a wait and another attempt, all
//! before one deadline.

use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use tokio::time::{Instant, sleep, timeout_at};

use crate::error::failure::Failure;
use crate::error::outcome::{FailedAttempt, Outcome};
use crate::error::rate_limit::RateLimitError;
use crate::error::record::CallRecord;
use crate::error::response::{Defect, RawResponse};
use crate::error::transport::TransportError;
use crate::rate_limit::RateLimiter;
use crate::rate_limit::admission::Admission;
use crate::send::budget::RetryBudget;
use crate::send::observe::CallSpan;
use crate::send::prepared::Prepared;
use crate::send::retry::{self, RetrySettings};
use crate::send::transport::Transport;

/// The settings that the calls of a client share.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) retry: RetrySettings,
    pub(crate) budget: RetryBudget,
    pub(crate) limiter: Arc<dyn RateLimiter>,
}

/// A call in progress.
pub(crate) struct Attempts<'c, T> {
    pub(crate) transport: &'c T,
    pub(crate) policy: &'c Policy,
    pub(crate) request: Prepared,
    pub(crate) record: CallRecord,
    pub(crate) span: CallSpan,
}

type Attempt = Result<RawResponse, TransportError>;

/// The deadline of a call.
#[derive(Clone, Copy)]
struct Deadline {
    /// The time after which no attempt may begin. An attempt that is cut off soon after it began would turn a known
    /// outcome into an unknown one.
    begin: Instant,
    end: Instant,
}

impl Deadline {
    fn after(time: Duration) -> Self {
        // Longer timeouts could exceed the range of `Instant`.
        const THIRTY_YEARS: Duration = Duration::from_hours(30 * 365 * 24);
        let time = time.min(THIRTY_YEARS);
        let now = Instant::now();
        Self { begin: now + time * 9 / 10, end: now + time }
    }
}

impl<T: Transport> Attempts<'_, T> {
    /// Sends the request until it succeeds or must not be sent again.
    pub(crate) async fn run(mut self) -> Result<RawResponse, Failure> {
        self.policy.budget.deposit();
        let deadline = Deadline::after(self.request.options.timeout.unwrap_or(self.policy.timeout));
        let mut admission = match self.wait_for_admission(deadline).await {
            Ok(admission) => admission,
            Err(error) => return Err(Failure::RateLimit(error.with_record(self.record))),
        };
        let last = loop {
            let attempt = self.attempt(deadline, admission).await;
            let failed = self.examine(&attempt);
            let wait = failed.and_then(|failed| self.wait_after(&attempt, failed, deadline));
            self.span.attempt(self.record.attempts, &attempt, wait);
            let Some(wait) = wait else { break attempt };
            sleep(wait).await;
            // Without admission, the call ends with the failure of its last attempt.
            let Ok(next) = self.wait_for_admission(deadline).await else { break attempt };
            admission = next;
        };
        match last {
            Ok(response) => Ok(RawResponse { record: self.record, ..response }),
            Err(error) => Err(Failure::Transport(error.with_record(self.record))),
        }
    }

    /// Waits until the rate limiter admits the request.
    async fn wait_for_admission(&self, deadline: Deadline) -> Result<Admission, RateLimitError> {
        let left = deadline.begin.saturating_duration_since(Instant::now());
        let admission = self.policy.limiter.admit(self.request.operation, left);
        match timeout_at(deadline.begin, admission).await {
            Ok(Ok(admission)) if Instant::now() < deadline.end => Ok(admission),
            Ok(Err(source)) => Err(RateLimitError::failed(source)),
            Ok(Ok(_)) | Err(_) => Err(RateLimitError::timed_out()),
        }
    }

    async fn attempt(&mut self, deadline: Deadline, admission: Admission) -> Attempt {
        self.record.attempts += 1;
        let left = deadline.end.saturating_duration_since(Instant::now());
        let timeout = self.request.options.attempt_timeout.unwrap_or(self.policy.attempt_timeout);
        let mut attempt = self.transport.send(&self.request, timeout.min(left), admission).await;
        if let Ok(RawResponse { unread: Some(unread), .. }) = &mut attempt {
            unread.wait = timeout;
        }
        attempt
    }

    /// Records the outcome of an attempt that failed, and reports a 429 to the rate limiter.
    fn examine(&mut self, attempt: &Attempt) -> Option<FailedAttempt> {
        let unknown = |response: &RawResponse| FailedAttempt {
            outcome: Outcome::Unknown,
            status: Some(response.status),
            permanent: false,
        };
        let failed = match attempt {
            // A complete response that cannot be decoded would be the same next time.
            Ok(response) if response.status.is_success() => {
                if !self.is_incomplete(response) {
                    return None;
                }
                unknown(response)
            }
            Ok(response) => {
                if response.status == StatusCode::TOO_MANY_REQUESTS {
                    self.policy.limiter.throttled(self.request.operation, response.retry_after);
                }
                FailedAttempt { outcome: Outcome::of_status(response.status), ..unknown(response) }
            }
            Err(error) => FailedAttempt { outcome: error.outcome(), status: None, permanent: error.is_permanent() },
        };
        self.record.add(failed.outcome);
        Some(failed)
    }

    /// Returns `true` if the connection failed before the end of a response that is to be decoded.
    fn is_incomplete(&self, response: &RawResponse) -> bool {
        matches!(response.defect, Some(Defect::Interrupted(_))) && !self.request.operation.ignores_response_body()
    }

    /// Returns the wait before the next attempt, or `None` if there is no next attempt.
    ///
    /// If a wait would leave no time for an attempt, the call ends at once.
    fn wait_after(&self, attempt: &Attempt, failed: FailedAttempt, deadline: Deadline) -> Option<Duration> {
        let settings = &self.policy.retry;
        let has_id = self.record.message_id.is_some();
        let method = self.request.operation.method();
        if self.record.attempts >= settings.max_attempts
            || !self.request.can_be_sent()
            || !retry::is_allowed(self.request.options.retry, failed, method, has_id)
        {
            return None;
        }
        let requested = attempt.as_ref().ok().and_then(|response| response.retry_after);
        let wait = requested.unwrap_or_else(|| settings.wait_after(self.record.attempts));
        let in_time = wait < deadline.begin.saturating_duration_since(Instant::now());
        (in_time && self.policy.budget.withdraw()).then_some(wait)
    }
}

#[cfg(test)]
mod tests;
