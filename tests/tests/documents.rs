//! Complete descriptions as crates: ours, the fixtures of the generator, and the vendor's if it is beside the project. They
//! are generated and built once for all tests that need them.

mod bodies;
mod kinds;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use infobip_tests::spec::{self, Spec};
use serde_json::Value;
use wirecrate_codegen::{Files, Filter, NoFiles, Options, Output, Report, Severity, Source, generate};

use crate::emitted_crates::{Batch, Program, Target, workspace};
pub(crate) use bodies::{Body, Role};
pub(crate) use kinds::Kind;

/// The vendor's description, relative to the folder that contains the project.
const VENDOR: &str = "shared/vendor/infobip-whatsapp-2026-04.openapi.json";

/// Set if every operation of the vendor's description must become part of the crate.
const TAKES_ALL: bool = true;

/// A description, and the crate that was made of it.
pub(crate) struct Document {
    pub(crate) name: String,
    /// The divisor of the number of instances.
    pub(crate) share: usize,
    /// The description, read without the generator.
    pub(crate) spec: Spec,
    pub(crate) output: Output,
    /// The bodies of its requests, responses and events.
    pub(crate) bodies: Vec<Body>,
    kinds: Vec<Kind>,
    /// The operations that the generator refuses, with the first reason of each.
    pub(crate) refused: Vec<(String, String)>,
}

/// A folder with descriptions.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Files for Folder {
    fn read(&self, name: &str) -> std::io::Result<Source> {
        fs::read_to_string(self.0.join(name)).map(|text| Source::new(name, text))
    }
}

/// All descriptions.
pub(crate) fn documents() -> &'static [Document] {
    static DOCUMENTS: OnceLock<Vec<Document>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| [read_ours()].into_iter().chain(fixtures()).chain(vendor()).collect())
}

/// The program with the types of all of them.
pub(crate) fn program() -> &'static Program {
    static PROGRAM: OnceLock<Program> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut batch = Batch::new("documents");
        for document in documents() {
            let of_bodies = document.bodies.iter().flat_map(|body| body.targets.clone());
            let of_kinds = document.kinds.iter().map(|kind| kind.target.clone());
            batch.add(&document.output, of_bodies.chain(of_kinds));
        }
        batch.build()
    })
}

/// The path of a file or folder beside that of the project.
pub(crate) fn beside_the_project(path: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the project is in a folder");
    folder.join(path)
}

/// The path of the vendor's description; `None` where it is absent.
pub(crate) fn vendor_path() -> Option<PathBuf> {
    let path = beside_the_project(VENDOR);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: there is no {VENDOR} beside the project");
    None
}

/// The descriptions of `spec/`, all of which make one crate.
pub(crate) fn ours() -> &'static Document {
    &documents()[0]
}

fn read_ours() -> Document {
    let (folder, spec) = (Folder(workspace().join("spec")), Spec::load());
    let entries = spec.documents.keys().map(|name| folder.read(name).expect("the description can be read"));
    let output = generate(entries.collect(), &folder, &Target::options("ours")).expect("the descriptions are sound");
    Document::new("spec/", 5, spec, output, Vec::new())
}

/// The fixtures that consist of one file.
fn fixtures() -> Vec<Document> {
    let folder = workspace().join("codegen/tests/fixtures/ok");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("the fixtures are there")
        .filter_map(|entry| entry.expect("the folder can be read").file_name().into_string().ok())
        .filter(|name| name.rsplit_once('.').is_some_and(|(_, kind)| kind == "json" || kind == "yaml"))
        .collect();
    names.sort();
    names.iter().filter_map(|name| fixture(&folder, name)).collect()
}

fn fixture(folder: &Path, name: &str) -> Option<Document> {
    let source = Folder(folder.to_owned()).read(name).expect("the fixture can be read");
    if source.text.contains("parts/") {
        return None;
    }
    let stem = name.split('.').next().unwrap_or(name).replace('_', "-");
    let options = Target::options(&format!("fixture-{stem}"));
    let output = generate(vec![source], &NoFiles, &options).expect("the fixture is sound");
    let documents = [(name.to_owned(), spec::read(&folder.join(name)))].into();
    Some(Document::new(name, 25, Spec { documents }, output, Vec::new()))
}

fn vendor() -> Option<Document> {
    let text = fs::read_to_string(vendor_path()?).expect("the description can be read");
    let content: Value = serde_json::from_str(&text).expect("the description is JSON");
    let whole = Options { filter: Filter::default(), ..Target::options("vendor") };
    let emit = |options: &Options| {
        let source = Source::new("vendor.json", text.as_str());
        generate(vec![source], &Folder(PathBuf::new()), options)
    };
    let mut refused = Vec::new();
    let output = emit(&whole).or_else(|_| {
        // Leaves out the operations that the generator refuses.
        let mut filter = Filter::default();
        for id in operation_ids(&content) {
            let alone = Options { filter: Filter::default().operation(&id), ..whole.clone() };
            match emit(&alone) {
                Ok(_) => filter = filter.operation(id),
                Err(report) => refused.push((id, first_error(&report))),
            }
        }
        emit(&Options { filter, ..whole })
    });
    let output = output.unwrap_or_else(|report| panic!("operations that are sound alone are so together: {report:?}"));
    let documents = [("vendor.json".to_owned(), content)].into();
    println!("{VENDOR}: {} operations taken, {} refused", output.api.operations.len(), refused.len());
    for (operation, reason) in &refused {
        println!("refused: {operation}: {reason}");
    }
    assert!(!TAKES_ALL || refused.is_empty(), "all of {VENDOR} must be taken");
    Some(Document::new("the vendor's", 1, Spec { documents }, output, refused))
}

impl Document {
    fn new(name: &str, share: usize, spec: Spec, output: Output, refused: Vec<(String, String)>) -> Self {
        let bodies = bodies::find(&spec, &output.api);
        let kinds = kinds::find(&output, &bodies);
        Self { name: name.to_owned(), share, spec, output, bodies, kinds, refused }
    }

    /// The schemas of its bodies, each once.
    pub(crate) fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The locations of the schemas of all JSON requests, also of operations that are refused.
    pub(crate) fn request_schemas(&self) -> Vec<String> {
        bodies::request_schemas(&self.spec).into_iter().collect()
    }
}

/// The ids of all operations of a description, in order.
pub(crate) fn operation_ids(document: &Value) -> Vec<String> {
    let items = document["paths"].as_object().into_iter().flatten();
    let operations = items.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    operations.filter_map(|(_, operation)| operation["operationId"].as_str().map(str::to_owned)).collect()
}

/// The message of the first error.
pub(crate) fn first_error(report: &Report) -> String {
    let mut errors = report.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    errors.next().map(|finding| finding.message.clone()).unwrap_or_default()
}
