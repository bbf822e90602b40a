//! The record of a call: what is known beside the result of its last attempt.

use crate::error::outcome::Outcome;

/// Part of every error of a call that was ready to be sent, and of every response.
#[derive(Clone, Default)]
pub(crate) struct CallRecord {
    /// The number of times that the request was passed to the HTTP library.
    pub(crate) attempts: u32,
    /// The id that the caller set on the message.
    pub(crate) message_id: Option<Box<str>>,
    /// The greatest outcome of the failed attempts.
    pub(crate) outcome: Option<Outcome>,
}

impl CallRecord {
    /// Records the outcome of a failed attempt.
    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.outcome = self.outcome.max(Some(outcome));
    }
}
