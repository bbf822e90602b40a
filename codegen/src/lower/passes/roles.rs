//! Types and properties that have a role for the runtime.

pub(crate) mod declined;
pub(crate) mod error_bodies;
pub(crate) mod events;
pub(crate) mod message_ids;
pub(crate) mod responses;
