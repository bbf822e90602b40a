//! What follows from the types once all of them are known.

pub(in crate::lower) mod builders;
pub(in crate::lower) mod checks;
pub(in crate::lower) mod events;
pub(in crate::lower) mod examples;
pub(in crate::lower) mod modules;
pub(in crate::lower) mod overlap;
pub(in crate::lower) mod reach;
pub(in crate::lower) mod samples;
