//! What became of a request that failed: the one question a sender must be able to answer.

use std::fmt;

use reqwest::StatusCode;

/// What became of a message whose call failed.
///
/// Of the outcomes of several attempts of one call, the greatest is that of the call: a message that
/// may have arrived once does not become unsent by being refused later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The service got no message: nothing left this machine, or no connection came about.
    /// Sending it again sends it once.
    NotSent,
    /// The service answered that it did not take the message. Sending it again sends it once.
    Rejected,
    /// The service may have taken the message, and sending it again may send it twice. Its message
    /// id ([`Error::message_id`](crate::Error::message_id)) finds it in reports and logs.
    Unknown,
}

impl Outcome {
    /// What a status outside 200 to 299 says about the request.
    ///
    /// A redirect to the same thing elsewhere (301, 307, 308) was not carried out here; the other
    /// redirects may be the answer to something that was. With 408 the server gave up waiting, and
    /// with 5xx it failed somewhere: neither says how far it came.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_tell_the_outcome() {
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
