//! Turns an OpenAPI 3.0 or 3.1 description into a crate: typed models, constraint checks and client methods.
//!
//! [`generate`] is a pure function from text to files; reading, comparing and writing are for its caller.
//!
//! ```
//! use wirecrate_codegen::{generate, NoFiles, Options, Source};
//!
//! let description = Source::new("message.yaml", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n");
//! let report = generate(vec![description], &NoFiles, &Options::new("my-client")).expect_err("there is no operation");
//! assert_eq!(report.diagnostics[0].code, "no-operation");
//! ```

pub mod api;
mod diagnostic;
pub mod diff;
mod document;
mod filter;
mod grammar;
mod layout;
mod load;
mod lower;
mod names;
mod overlay;
mod parse;
mod pattern;
mod render;
mod resolve;

pub use api::Api;
use diagnostic::Diagnostics;
pub use diagnostic::{Diagnostic, Report, Severity};
use document::Document;
pub use document::{JsonPointer, Origin, Position, Source};
pub use filter::Filter;

/// The folder of the description, for the files that references name.
pub trait Files {
    /// Reads a file by its path relative to the folder, with `/`, never leading out of it.
    ///
    /// # Errors
    ///
    /// Where there is no such file, or it cannot be read; the text goes into a diagnostic.
    fn read(&self, name: &str) -> std::io::Result<Source>;
}

/// A description without other files.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _name: &str) -> std::io::Result<Source> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}

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

/// A file of the emitted crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the crate, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What came of a description.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The whole crate, sorted by path.
    pub files: Vec<File>,
    /// What the files were printed from.
    pub api: Api,
    /// What deserves a look, though nothing is wrong.
    pub warnings: Report,
}

/// A description that was read: sound, and every decision taken.
#[derive(Debug)]
pub struct Description {
    /// What it means.
    pub api: Api,
    /// What deserves a look, though nothing is wrong.
    pub warnings: Report,
    /// Where everything stands.
    document: Document,
}

impl Description {
    /// Prints the crate.
    pub fn emit(self) -> Output {
        let files = layout::format(&self.api, &render::plan(&self.api));
        Output { files, api: self.api, warnings: self.warnings }
    }
}

/// Makes a crate of a description that may spread over several files.
///
/// # Errors
///
/// Those of [`read`].
pub fn generate(entries: Vec<Source>, files: &dyn Files, options: &Options) -> Result<Output, Report> {
    read(entries, Vec::new(), files, options).map(Description::emit)
}

/// Reads a description that may spread over several files, and patches it with overlays, in their order.
///
/// An overlay changes the entries: the one that its `extends` names, or all. Files that only references name stay as they
/// are.
///
/// # Errors
///
/// Everything that is wrong with the description, as far as the stage went that found the first error.
pub fn read(
    entries: Vec<Source>,
    overlays: Vec<Source>,
    files: &dyn Files,
    options: &Options,
) -> Result<Description, Report> {
    let mut diagnostics = Diagnostics::new();
    let (document, references) = load::load(entries, overlays, files, &mut diagnostics);
    let resolved = resolve::resolve(&document, &references, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.finish(&document));
    }
    let api = lower::lower(&resolved, options, &mut diagnostics);
    let failed = diagnostics.has_errors();
    let warnings = diagnostics.finish(&document);
    if failed { Err(warnings) } else { Ok(Description { api, warnings, document }) }
}
