//! What a call leaves behind beside the result of its last attempt.

use crate::error::outcome::Outcome;

/// Kept in each error of a call that was to be sent, and in each reply.
#[derive(Clone, Default)]
pub(crate) struct Trail {
    /// How often the request was given to the HTTP library.
    pub(crate) attempts: u32,
    /// The id that the caller set on the message.
    pub(crate) message_id: Option<Box<str>>,
    /// The greatest outcome of the attempts that failed.
    pub(crate) outcome: Option<Outcome>,
}

impl Trail {
    /// Notes what became of the request in an attempt that failed.
    pub(crate) fn note(&mut self, outcome: Outcome) {
        self.outcome = self.outcome.max(Some(outcome));
    }
}
