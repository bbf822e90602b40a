//! The files that make a package of the crate.

pub(super) mod cargo_toml;
pub(super) mod crate_root;
