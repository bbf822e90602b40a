//! Sending of one request: attempts, waits between them, and the HTTP library below.

pub(crate) mod attempts;
pub(crate) mod budget;
pub(crate) mod observe;
pub(crate) mod retry;
pub(crate) mod retry_after;
pub(crate) mod sent_once;
