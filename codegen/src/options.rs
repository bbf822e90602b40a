//! What the caller decides about the emitted crate.

use crate::filter::Filter;

/// What the caller decides about the emitted crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the package, such as `infobip-whatsapp`.
    pub name: String,
    /// The version of the package.
    pub version: String,
    /// The path of the runtime crate, as the emitted manifest is to say it.
    pub runtime: String,
    /// The operations that are wanted.
    pub filter: Filter,
}

impl Options {
    /// A package of version 0.1.0 that finds the runtime beside itself.
    pub fn new(name: impl Into<String>) -> Self {
        let (version, runtime) = ("0.1.0".to_owned(), "../runtime".to_owned());
        Self { name: name.into(), version, runtime, filter: Filter::default() }
    }
}
