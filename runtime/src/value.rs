//! Types of values that JSON and descriptions have and Rust has not.

pub(crate) mod formats;
pub(crate) mod never;
pub(crate) mod nullable;
pub(crate) mod redacted;
pub(crate) mod required;
