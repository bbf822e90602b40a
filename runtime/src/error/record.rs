//! The record of a call: the facts that do not follow from the result of its last attempt.

use crate::error::outcome::Outcome;

/// The record of a call. Every response has one, and so has every error that occurs after a request was prepared.
#[derive(Clone, Default)]
pub(crate) struct CallRecord {
    /// The number of times the request was passed to the HTTP library.
    pub(crate) attempts: u32,
    /// The id that the caller gave the message.
    pub(crate) message_id: Option<Box<str>>,
    /// The worst outcome of the failed attempts.
    pub(crate) outcome: Option<Outcome>,
}

impl CallRecord {
    /// Records the outcome of a failed attempt.
    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.outcome = self.outcome.max(Some(outcome));
    }
}
