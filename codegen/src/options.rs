//! Options for the emitted crate.

mod filter;

pub(crate) use self::filter::{Candidate, Place};
pub use self::filter::{Filter, OperationKey};

/// Options for the emitted crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the package, such as `notes-client`.
    pub name: String,
    /// The title of the crate. The default is that of the API description, if there is only one.
    pub title: Option<String>,
    /// The description of the package. The default is the title of the crate.
    pub description: Option<String>,
    /// The version of the package.
    pub version: String,
    /// The path of the runtime crate in the emitted `Cargo.toml`.
    pub runtime: String,
    /// The operations to generate.
    pub filter: Filter,
    /// `true` to leave out the operations that errors concern.
    pub skip_unsupported: bool,
    /// `true` if a constraint that cannot be checked is an error.
    pub deny_unchecked: bool,
    /// The command that generates the crate, for the first line of each file.
    pub command: Option<String>,
    /// The base URL in documentation. The default is the first absolute URL in the `servers` of the API description.
    pub sample_base_url: Option<String>,
    /// The prefix of the environment variables that sample programs read. The default is the name of the package.
    pub environment_prefix: Option<String>,
    /// Words that are one word in Rust names despite their inner capitals, such as `LinkedIn`.
    pub spellings: Vec<String>,
    /// `true` for a feature of Cargo for each tag, enabled by default.
    pub features_by_tag: bool,
}

impl Options {
    /// Creates the options for a package of version 0.1.0 with the runtime in `../runtime`.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            title: None,
            description: None,
            version: "0.1.0".to_owned(),
            runtime: "../runtime".to_owned(),
            filter: Filter::default(),
            skip_unsupported: false,
            deny_unchecked: false,
            command: None,
            sample_base_url: None,
            environment_prefix: None,
            spellings: Vec::new(),
            features_by_tag: false,
        }
    }
}
