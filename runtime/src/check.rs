//! Constraints of a description, and the violations found when a value does not satisfy them.

pub(crate) mod equality;
pub(crate) mod finite;
pub(crate) mod keyword;
pub(crate) mod location;
pub(crate) mod number;
#[cfg(feature = "pattern")]
pub(crate) mod pattern;
pub(crate) mod size;
pub(crate) mod unique;
pub(crate) mod violation;
