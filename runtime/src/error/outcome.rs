//! The outcome of a failed request: the one question that every sender must be able to answer.

use std::fmt;

use reqwest::StatusCode;

/// The outcome of a failed call for its message.
///
/// If a call made several attempts, its outcome is the greatest of theirs: a message that may have arrived once does
/// not become unsent because a later attempt was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The service did not receive the message: nothing left this machine, or no connection was established. Sending
    /// it again sends it once.
    NotSent,
    /// The service answered that it did not accept the message. Sending it again sends it once.
    Rejected,
    /// The service may have accepted the message, and sending it again may send it twice. Its message id
    /// ([`Error::message_id`](crate::Error::message_id)) finds it in reports and logs.
    Unknown,
}

impl Outcome {
    /// The outcome that a status outside 200 to 299 implies.
    ///
    /// A redirect to the same resource elsewhere (301, 307, 308) was not carried out here; the other redirects may be
    /// the response to a request that was. With 408 the server stopped waiting, and with 5xx it failed at an unknown
    /// point: neither excludes that it acted on the request.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            301 | 307 | 308 | 400..=407 | 409..=499 => Self::Rejected,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        })
    }
}

/// A failed attempt, reduced to the facts that decide about another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailedAttempt {
    pub(crate) outcome: Outcome,
    /// Absent without a response.
    pub(crate) status: Option<StatusCode>,
    /// `true` if another attempt would fail in the same way.
    pub(crate) permanent: bool,
}

impl FailedAttempt {
    /// Returns whether another attempt cannot send the message twice and may succeed.
    pub(crate) fn is_retryable(self) -> bool {
        match self.outcome {
            Outcome::NotSent => !self.permanent,
            Outcome::Rejected => self.status == Some(StatusCode::TOO_MANY_REQUESTS),
            Outcome::Unknown => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_an_outcome() {
        let outcome = |status| Outcome::of_status(StatusCode::from_u16(status).expect("a status"));
        for status in [301, 307, 308, 400, 401, 403, 404, 409, 413, 422, 425, 429, 451, 499] {
            assert_eq!(outcome(status), Outcome::Rejected, "{status}");
        }
        for status in [101, 300, 302, 303, 304, 408, 500, 501, 502, 503, 504, 599, 600, 999] {
            assert_eq!(outcome(status), Outcome::Unknown, "{status}");
        }
    }

    #[test]
    fn the_worst_of_several_is_the_greatest() {
        assert!(Outcome::NotSent < Outcome::Rejected && Outcome::Rejected < Outcome::Unknown);
    }
}
