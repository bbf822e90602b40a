//! The manifest and the root of the crate.

pub(crate) mod cargo_toml;
pub(crate) mod crate_root;
