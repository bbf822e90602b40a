//! Sending prepared requests: attempts, the waits between them, and the HTTP library.

pub(crate) mod attempts;
pub(crate) mod body;
pub(crate) mod budget;
pub(crate) mod observe;
pub(crate) mod prepared;
mod receive;
pub(crate) mod retry;
mod retry_after;
pub(crate) mod secrets;
mod sent_once;
pub(crate) mod transport;
