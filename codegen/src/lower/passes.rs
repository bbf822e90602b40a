//! Passes: pure functions from known facts about types and operations to new ones.
//!
//! Each takes the facts that it needs as arguments, so that the compiler checks their order; [`lower`](super::lower) lists
//! them.

pub(crate) mod builders;
pub(crate) mod checks;
pub(crate) mod credentials;
pub(crate) mod directions;
pub(crate) mod examples;
pub(crate) mod features;
pub(crate) mod files;
pub(crate) mod forms;
pub(crate) mod names;
pub(crate) mod overlap;
pub(crate) mod recursion;
pub(crate) mod roles;
pub(crate) mod samples;
pub(crate) mod traits;
