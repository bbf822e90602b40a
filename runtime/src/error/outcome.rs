//! The outcome of a failed call.

use std::fmt;

use reqwest::StatusCode;

/// The effect of a failed call on its message.
///
/// The outcome of a call with several attempts is the maximum of their outcomes. A message that may have been accepted
/// once is not reported as rejected because a later attempt was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The message was not sent, because the call failed before a connection was established, or because the service
    /// stated that it did not process the request (HTTP/2). It can safely be sent again.
    NotSent,
    /// The service rejected the message. It can safely be sent again.
    Rejected,
    /// The service may have accepted the message. Sending it again may send it twice. Use the message id
    /// ([`Error::message_id`](crate::Error::message_id)) to find it in reports and logs.
    Unknown,
}

impl Outcome {
    /// Returns the outcome implied by a status outside the range 200 to 299.
    ///
    /// A server that redirects the same request elsewhere (301, 307, 308) has not processed it. Other redirects may be
    /// the response to a processed request. After 408 and 5xx, the request may or may not have been processed.
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

/// The facts about a failed attempt that determine whether there is another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailedAttempt {
    pub(crate) outcome: Outcome,
    /// `None` if there was no response.
    pub(crate) status: Option<StatusCode>,
    /// `true` if another attempt would fail in the same way.
    pub(crate) permanent: bool,
}

impl FailedAttempt {
    /// Returns `true` if another attempt cannot send the message twice and may succeed.
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
