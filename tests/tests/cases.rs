//! The cases in `../shared/cases`, if they are beside the project: which operations become part of a crate, and which are refused.

use std::fs;
use std::path::PathBuf;

use infobip_tests::spec;
use wirecrate_codegen::{Files as _, Filter, NoFiles, Options, Output, Report, Severity, generate};

use crate::documents::{Folder, beside_the_project, operation_ids};
use crate::emitted_crates::Target;

/// The folder of the descriptions, relative to the folder that contains the project.
const DOCUMENTS: &str = "shared/cases/documents";

/// The descriptions with operations that are refused: the ids of these, each with the codes of its errors. All others are
/// taken.
const REFUSED: &[(&str, &[Refusal<'static>])] = &[
    ("binary", &[("xml", &["unsupported"])]),
    ("inline_variant_of_a_tagged_union", &[("mixed", &["unsupported"])]),
    // The parameter `nested` is a list of lists, which no style can write.
    ("parameters_of_every_style", &[("b", &["unsupported"])]),
];

/// The id of an operation that is refused, and the codes of its errors.
type Refusal<'a> = (&'a str, &'a [&'static str]);

/// A description, with the ids of its operations that are refused and the codes of their errors.
struct Case {
    name: String,
    path: PathBuf,
    refused: Vec<(String, Vec<&'static str>)>,
}

/// All descriptions; none where they are absent.
fn cases() -> Vec<Case> {
    let Ok(entries) = fs::read_dir(beside_the_project(DOCUMENTS)) else {
        println!("skipped: there is no {DOCUMENTS} beside the project");
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths.into_iter().map(Case::new).collect()
}

/// The crates of all descriptions, without the operations that are refused.
pub(crate) fn crates() -> Vec<Output> {
    cases().iter().filter_map(Case::accepted).collect()
}

impl Case {
    fn new(path: PathBuf) -> Self {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("cases have plain names").to_owned();
        let mut case = Self { name, path, refused: Vec::new() };
        if case.generate(Filter::default()).is_err() {
            for id in operation_ids(&spec::read(&case.path)) {
                if let Err(report) = case.generate(Filter::default().operation(&id)) {
                    case.refused.push((id, error_codes(&report)));
                }
            }
        }
        case
    }

    fn generate(&self, filter: Filter) -> Result<Output, Report> {
        let folder = Folder(self.path.parent().expect("a file is in a folder").to_owned());
        let file = self.path.file_name().and_then(|name| name.to_str()).expect("cases have plain names");
        let source = folder.read(file).expect("the description can be read");
        let options = Options { filter, ..Target::options(&format!("case-{}", self.name.replace('_', "-"))) };
        generate(vec![source], &NoFiles, &options)
    }

    /// The crate of the operations that are taken; `None` if there is none.
    fn accepted(&self) -> Option<Output> {
        let mut filter = Filter::default();
        let is_refused = |id: &String| self.refused.iter().any(|(refused, _)| refused == id);
        if !self.refused.is_empty() {
            let mut accepted =
                operation_ids(&spec::read(&self.path)).into_iter().filter(|id| !is_refused(id)).peekable();
            accepted.peek()?;
            filter = accepted.fold(filter, Filter::operation);
        }
        Some(self.generate(filter).unwrap_or_else(|report| panic!("{}:\n{report}", self.name)))
    }
}

/// The codes of the errors, each once, sorted.
fn error_codes(report: &Report) -> Vec<&'static str> {
    let errors = report.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let mut codes: Vec<_> = errors.map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn descriptions_are_taken_but_for_the_listed_operations() {
    for case in cases() {
        let listed = REFUSED.iter().find(|(name, _)| *name == case.name).map_or(&[][..], |(_, operations)| operations);
        let refused: Vec<Refusal<'_>> = case.refused.iter().map(|(id, codes)| (&**id, &**codes)).collect();
        assert_eq!(refused, listed, "{}", case.name);
    }
}
