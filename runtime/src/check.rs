//! Constraints of a description, and what is reported where a value breaks one.

pub(crate) mod equality;
pub(crate) mod fingerprint;
pub(crate) mod keyword;
pub(crate) mod location;
pub(crate) mod number;
#[cfg(feature = "pattern")]
pub(crate) mod pattern;
pub(crate) mod size;
pub(crate) mod unique;
pub(crate) mod violation;
