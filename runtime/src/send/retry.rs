//! Retries: the policy of a call, the rule for each kind of failure, and the wait between attempts.

use std::time::Duration;

use reqwest::Method;

use crate::error::outcome::{FailedAttempt, Outcome};

/// The retry policy of a call. Every attempt sends the same bytes.
///
/// The default is [`Safe`](Self::Safe).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Makes only one attempt.
    Never,
    /// Retries if that cannot send the message twice: if the message was not sent ([`Outcome::NotSent`]), and after
    /// status 429.
    ///
    /// Operations with a safe method as defined by RFC 9110 (`GET`, `HEAD`, `OPTIONS`, `TRACE`) are also retried if
    /// there was no response or the response was incomplete, and after status 408 and 5xx.
    #[default]
    Safe,
    /// Retries even if the service may have accepted the message ([`Outcome::Unknown`]): if there was no response or a
    /// successful response was incomplete, and after status 408 and 5xx. Calls are not retried after a redirect or a
    /// complete response that cannot be decoded, which would only occur again.
    ///
    /// This requires a message id, so that a message that was sent twice can be recognized. Without an id, this is the
    /// same as [`Safe`](Self::Safe). It is not documented that the service itself drops a message with a repeated id.
    /// `PUT` and `DELETE` are idempotent and do not require an id.
    Ambiguous,
}

/// The number of attempts per call, and the waits between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetrySettings {
    /// The maximum number of attempts per call, at least 1.
    pub(crate) max_attempts: u32,
    /// The maximum wait after the first attempt.
    pub(crate) first_wait: Duration,
    /// The maximum wait after any attempt.
    pub(crate) longest_wait: Duration,
}

impl Default for RetrySettings {
    fn default() -> Self {
        Self { max_attempts: 4, first_wait: Duration::from_millis(500), longest_wait: Duration::from_secs(20) }
    }
}

impl RetrySettings {
    /// Returns a random wait after the given number of attempts, up to a maximum that doubles each time.
    ///
    /// The whole range is used, so that clients that failed at the same time do not retry at the same time.
    pub(crate) fn wait_after(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        let longest = self.first_wait.saturating_mul(1 << doublings).min(self.longest_wait);
        Duration::try_from_secs_f64(longest.as_secs_f64() * fastrand::f64()).unwrap_or(longest)
    }
}

/// Returns `true` if a call may make another attempt. `has_id` is `true` if a repeated message could be recognized.
pub(crate) fn is_allowed(retry: Retry, failed: FailedAttempt, method: &Method, has_id: bool) -> bool {
    match retry {
        Retry::Never => false,
        Retry::Safe => failed.is_retryable() || (method.is_safe() && may_resolve(failed)),
        Retry::Ambiguous => failed.is_retryable() || ((has_id || method.is_idempotent()) && may_resolve(failed)),
    }
}

/// Returns `true` if another attempt may have a different result. A redirect would only occur again.
fn may_resolve(failed: FailedAttempt) -> bool {
    failed.outcome == Outcome::Unknown && !failed.status.is_some_and(|status| status.is_redirection())
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;

    fn failed(outcome: Outcome, status: Option<u16>) -> FailedAttempt {
        let status = status.map(|status| StatusCode::from_u16(status).expect("a status"));
        FailedAttempt { outcome, status, permanent: false }
    }

    #[test]
    fn waits_grow_up_to_the_longest_and_use_the_whole_range() {
        let settings = RetrySettings { max_attempts: 9, ..RetrySettings::default() };
        for (attempts, limit) in [(1, 500), (2, 1000), (3, 2000), (6, 16_000), (7, 20_000), (u32::MAX, 20_000)] {
            let limit = Duration::from_millis(limit);
            let waits: Vec<_> = (0..1000).map(|_| settings.wait_after(attempts)).collect();
            assert!(waits.iter().all(|wait| *wait <= limit), "{attempts}");
            assert!(waits.iter().any(|wait| *wait < limit / 10), "{attempts}");
            assert!(waits.iter().any(|wait| *wait > limit * 9 / 10), "{attempts}");
        }
    }

    #[test]
    fn a_wait_of_any_length_can_be_asked_for() {
        let settings = RetrySettings { max_attempts: 9, first_wait: Duration::MAX, longest_wait: Duration::MAX };
        settings.wait_after(40);
        let settings = RetrySettings { first_wait: Duration::ZERO, ..settings };
        assert_eq!(settings.wait_after(3), Duration::ZERO);
    }

    #[test]
    fn safe_methods_are_repeated() {
        for (failed, again) in [
            (failed(Outcome::Unknown, None), true),
            (failed(Outcome::Unknown, Some(503)), true),
            (failed(Outcome::Unknown, Some(408)), true),
            (failed(Outcome::Unknown, Some(200)), true),
            (failed(Outcome::Unknown, Some(302)), false),
            (failed(Outcome::Rejected, Some(404)), false),
            (failed(Outcome::Rejected, Some(429)), true),
            (failed(Outcome::NotSent, None), true),
        ] {
            for method in [Method::GET, Method::HEAD] {
                assert_eq!(is_allowed(Retry::Safe, failed, &method, false), again, "{failed:?}");
                assert_eq!(is_allowed(Retry::Ambiguous, failed, &method, false), again, "{failed:?}");
                assert!(!is_allowed(Retry::Never, failed, &method, true), "{failed:?}");
            }
            let again = failed.is_retryable();
            for method in [Method::PUT, Method::DELETE] {
                assert_eq!(is_allowed(Retry::Safe, failed, &method, true), again, "{failed:?}");
            }
        }
    }

    #[test]
    fn only_messages_that_cannot_be_sent_twice_are_repeated() {
        let may = |failed: FailedAttempt, retry, identified| is_allowed(retry, failed, &Method::POST, identified);
        for (failed, retryable) in [
            (failed(Outcome::NotSent, None), true),
            (FailedAttempt { permanent: true, ..failed(Outcome::NotSent, None) }, false),
            (failed(Outcome::Rejected, Some(429)), true),
            (failed(Outcome::Rejected, Some(400)), false),
            (failed(Outcome::Rejected, Some(307)), false),
            (failed(Outcome::Unknown, Some(503)), false),
            (failed(Outcome::Unknown, Some(200)), false),
            (failed(Outcome::Unknown, Some(300)), false),
            (failed(Outcome::Unknown, Some(303)), false),
            (failed(Outcome::Unknown, None), false),
        ] {
            assert_eq!(failed.is_retryable(), retryable, "{failed:?}");
            assert!(!may(failed, Retry::Never, true), "{failed:?}");
            assert_eq!(may(failed, Retry::Safe, true), retryable, "{failed:?}");
            assert_eq!(may(failed, Retry::Ambiguous, false), retryable, "{failed:?}");
            let is_redirect = failed.status.is_some_and(|status| status.is_redirection());
            let again = retryable || (failed.outcome == Outcome::Unknown && !is_redirect);
            assert_eq!(may(failed, Retry::Ambiguous, true), again, "{failed:?}");
            assert_eq!(is_allowed(Retry::Ambiguous, failed, &Method::PUT, false), again, "{failed:?}");
        }
    }
}
