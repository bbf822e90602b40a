//! When a failed attempt is followed by another one, and after which wait.

use std::time::Duration;

use reqwest::{Method, StatusCode};

use crate::error::outcome::Outcome;

/// What a call does when an attempt fails.
///
/// However often it is sent, the request is the same, byte for byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Nothing: one attempt.
    Never,
    /// Tries again where that cannot send the message twice: when it did not leave this machine
    /// ([`Outcome::NotSent`]), and when the service asked to come back later (429).
    ///
    /// An operation that only reads (`GET`, `HEAD`, `OPTIONS`, `TRACE`: what RFC 9110 calls safe) asks
    /// for nothing to be done, so that nothing can be done twice. It is tried again also when there
    /// was no answer, when the answer broke off, and after 408 and 5xx, but not after a redirect,
    /// which would come again.
    #[default]
    Safe,
    /// Tries again also when the service may have taken the message ([`Outcome::Unknown`]).
    ///
    /// Only for a message whose id is set, so that a message sent twice can be recognised as such;
    /// without an id this is the same as [`Safe`](Self::Safe). Nothing public says that the service
    /// itself drops a repeated id. `PUT` and `DELETE`, which come to the same however often they are
    /// sent, need no id.
    Ambiguous,
}

/// How often, and how fast, the calls of a client try again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetrySettings {
    /// Attempts of one call, at least one.
    pub(crate) max_attempts: u32,
    /// The greatest wait after the first attempt.
    pub(crate) first_wait: Duration,
    /// The greatest wait after any attempt.
    pub(crate) longest_wait: Duration,
}

impl Default for RetrySettings {
    fn default() -> Self {
        Self { max_attempts: 4, first_wait: Duration::from_millis(500), longest_wait: Duration::from_secs(20) }
    }
}

impl RetrySettings {
    /// The wait after so many attempts: anything up to a limit that doubles each time.
    ///
    /// The whole range is used, so that clients that failed together do not come back together.
    pub(crate) fn wait_after(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        let limit = self.first_wait.saturating_mul(1 << doublings).min(self.longest_wait);
        Duration::try_from_secs_f64(limit.as_secs_f64() * fastrand::f64()).unwrap_or(limit)
    }
}

/// What one attempt left, as far as it decides about the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed {
    pub(crate) outcome: Outcome,
    /// Absent without a reply.
    pub(crate) status: Option<StatusCode>,
    /// Whether trying again could help at all.
    pub(crate) lasting: bool,
}

impl Failed {
    /// Whether the same request may be sent again without any risk of sending it twice, and might
    /// fare better.
    pub(crate) fn is_retryable(self) -> bool {
        match self.outcome {
            Outcome::NotSent => !self.lasting,
            Outcome::Rejected => self.status == Some(StatusCode::TOO_MANY_REQUESTS),
            Outcome::Unknown => false,
        }
    }

    /// Whether a call with this choice may try again; `identified` is whether a second message
    /// could be told from the first.
    pub(crate) fn may_be_retried(self, retry: Retry, method: &Method, identified: bool) -> bool {
        match retry {
            Retry::Never => false,
            Retry::Safe => self.is_retryable() || (method.is_safe() && self.may_pass()),
            Retry::Ambiguous => {
                let harmless = if method.is_safe() { self.may_pass() } else { identified || method.is_idempotent() };
                self.is_retryable() || (self.outcome == Outcome::Unknown && harmless)
            }
        }
    }

    /// Whether what is unknown now may be known next time: a redirect would only come again.
    fn may_pass(self) -> bool {
        self.outcome == Outcome::Unknown && !self.status.is_some_and(|status| status.is_redirection())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(outcome: Outcome, status: Option<u16>) -> Failed {
        let status = status.map(|status| StatusCode::from_u16(status).expect("a status"));
        Failed { outcome, status, lasting: false }
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
    fn what_only_reads_is_sent_again_without_harm() {
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
                assert_eq!(failed.may_be_retried(Retry::Safe, &method, false), again, "{failed:?}");
                assert_eq!(failed.may_be_retried(Retry::Ambiguous, &method, false), again, "{failed:?}");
                assert!(!failed.may_be_retried(Retry::Never, &method, true), "{failed:?}");
            }
            let again = failed.is_retryable();
            for method in [Method::PUT, Method::DELETE] {
                assert_eq!(failed.may_be_retried(Retry::Safe, &method, true), again, "{failed:?}");
            }
        }
    }

    #[test]
    fn only_what_cannot_be_sent_twice_is_sent_again() {
        let may = |failed: Failed, retry, identified| failed.may_be_retried(retry, &Method::POST, identified);
        for (failed, retryable) in [
            (failed(Outcome::NotSent, None), true),
            (Failed { lasting: true, ..failed(Outcome::NotSent, None) }, false),
            (failed(Outcome::Rejected, Some(429)), true),
            (failed(Outcome::Rejected, Some(400)), false),
            (failed(Outcome::Rejected, Some(307)), false),
            (failed(Outcome::Unknown, Some(503)), false),
            (failed(Outcome::Unknown, Some(200)), false),
            (failed(Outcome::Unknown, None), false),
        ] {
            assert_eq!(failed.is_retryable(), retryable, "{failed:?}");
            assert!(!may(failed, Retry::Never, true), "{failed:?}");
            assert_eq!(may(failed, Retry::Safe, true), retryable, "{failed:?}");
            assert_eq!(may(failed, Retry::Ambiguous, false), retryable, "{failed:?}");
            let unknown = failed.outcome == Outcome::Unknown;
            assert_eq!(may(failed, Retry::Ambiguous, true), retryable || unknown, "{failed:?}");
            assert_eq!(
                failed.may_be_retried(Retry::Ambiguous, &Method::PUT, false),
                retryable || unknown,
                "{failed:?}"
            );
        }
    }
}
