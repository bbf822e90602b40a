//! The implementations of traits: `Eq`, `From`, `Debug`, and those of serde.

pub(crate) mod conversions;
pub(crate) mod equality;
pub(crate) mod json;
pub(crate) mod redaction;
