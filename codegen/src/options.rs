//! Options for the emitted crate.

mod filter;

pub(crate) use self::filter::Candidate;
pub use self::filter::Filter;

/// Options for the emitted crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The name of the package, such as `notes-client`.
    pub name: String,
    /// The description of the package; by default, the title of the API description.
    pub description: Option<String>,
    /// The version of the package.
    pub version: String,
    /// The path of the runtime crate in the emitted manifest.
    pub runtime: String,
    /// The operations to be generated.
    pub filter: Filter,
    /// The command that emits the crate, for the first line of each file.
    pub command: Option<String>,
    /// The base URL in documentation; by default, the first absolute one of the API description's `servers`.
    pub sample_base_url: Option<String>,
    /// The start of the environment variables that sample programs read; by default, the name of the package.
    pub environment_prefix: Option<String>,
    /// Words that are one word in Rust names in spite of their inner capitals, such as `LinkedIn`.
    pub spellings: Vec<String>,
}

impl Options {
    /// A package of version 0.1.0 whose runtime is in `../runtime`.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: None,
            version: "0.1.0".to_owned(),
            runtime: "../runtime".to_owned(),
            filter: Filter::default(),
            command: None,
            sample_base_url: None,
            environment_prefix: None,
            spellings: Vec::new(),
        }
    }
}
