//! The files that make a package of the crate.

pub(crate) mod cargo_toml;
pub(crate) mod crate_root;
