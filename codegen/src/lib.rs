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
mod emit;
mod files;
mod filter;
mod grammar;
mod layout;
mod load;
mod lower;
mod names;
mod options;
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
pub use files::{File, Files, NoFiles};
pub use filter::Filter;
#[doc(hidden)]
pub use names::runtime::{RUNTIME_NAMES, RuntimeName};
pub use options::Options;

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
        let files = emit::emit(&self.api);
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
