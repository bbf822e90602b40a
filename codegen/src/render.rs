//! The [`Api`](crate::Api) as Rust tokens, one function for each kind of item; [`lower`](crate::lower) took every decision.

pub(crate) mod builders;
mod checks;
pub(crate) mod client;
mod docs;
pub(crate) mod examples;
pub(crate) mod layout;
pub(crate) mod models;
pub(crate) mod package;
pub(crate) mod responses;
pub(crate) mod scope;
mod types;
pub(crate) mod webhooks;
