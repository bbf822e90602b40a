//! Generates a Rust crate from an OpenAPI 3.0 or 3.1 description: typed models, constraint checks, and client methods.
//!
//! [`generate`] is a pure function from texts to files. Its caller reads, compares, and writes the files.
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
mod grammar;
mod load;
mod lower;
mod names;
mod options;
mod parse;
mod partial;
mod render;
mod resolve;

pub use api::Api;
use diagnostic::Diagnostics;
pub use diagnostic::{Diagnostic, Report, Severity, printable, printable_json, printable_lines};
use document::Document;
pub use document::{Defect, Files, JsonPointer, NoFiles, Origin, Position, Source};
pub use emit::File;
#[doc(hidden)]
pub use names::runtime::{RUNTIME_NAMES, RuntimeName};
pub use options::{Filter, OperationKey, Options};
pub use partial::{LeftOut, read_supported};

/// The result of generating a crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// The files of the crate, sorted by path.
    pub files: Vec<File>,
    /// The intermediate form from which the files are printed.
    pub api: Api,
    /// Warnings and notes.
    pub warnings: Report,
}

/// A description that was read.
#[derive(Debug)]
pub struct Description {
    /// The intermediate form of the crate.
    pub api: Api,
    /// Warnings and notes.
    pub warnings: Report,
    /// The document, for the locations of findings.
    document: Document,
}

impl Description {
    /// Prints the files of the crate.
    pub fn emit(self) -> Output {
        let files = emit::emit(&self.api);
        Output { files, api: self.api, warnings: self.warnings }
    }
}

/// Generates a crate from a description in one or more files.
///
/// # Errors
///
/// Returns the same errors as [`read`].
pub fn generate(entries: Vec<Source>, files: &dyn Files, options: &Options) -> Result<Output, Report> {
    read(entries, Vec::new(), files, options).map(Description::emit)
}

/// Reads a description from one or more files, and applies overlays to it in the given order.
///
/// An overlay changes the entry named by its `extends`, or all entries. It does not change files that are only
/// referenced.
///
/// With [`Options::skip_unsupported`], the operations that errors concern are left out, along with everything that only
/// they use, and the errors are warnings. [`Api::left_out`] lists them.
///
/// # Errors
///
/// Returns all findings up to the stage that found the first error.
pub fn read(
    entries: Vec<Source>,
    overlays: Vec<Source>,
    files: &dyn Files,
    options: &Options,
) -> Result<Description, Report> {
    let mut diagnostics = Diagnostics::new().with(options);
    if options.skip_unsupported {
        return partial::read_partly(entries, overlays, files, options, diagnostics);
    }
    let (document, references) = load::load(entries, overlays, files, &mut diagnostics);
    let resolved = resolve::resolve(&document, &references, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.finish(&document));
    }
    let api = lower::lower(&resolved, options, Vec::new(), &mut diagnostics);
    let failed = diagnostics.has_errors();
    let warnings = diagnostics.finish(&document);
    if failed { Err(warnings) } else { Ok(Description { api, warnings, document }) }
}
