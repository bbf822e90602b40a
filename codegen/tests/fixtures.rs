//! Each description in `fixtures/ok` becomes a crate, and its expectation has the parts that the case shows. Each description
//! in `fixtures/err` is refused, and its expectation has the printed findings.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use wirecrate_codegen::{Files, Options, Output, Report, Source, generate};

use crate::support::expectations::{Expectations, paths};
use crate::support::shown::Shown;

/// The folder of a fixture.
struct Folder<'a>(&'a Path);

impl Files for Folder<'_> {
    fn read(&self, name: &str) -> io::Result<Source> {
        fs::read_to_string(self.0.join(name)).map(|text| Source::new(name, text))
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn descriptions(folder: &Path) -> Vec<PathBuf> {
    [paths(folder, ".json"), paths(folder, ".yaml")].concat()
}

fn run(path: &Path) -> Result<Output, Report> {
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    let text = fs::read_to_string(path).expect("fixtures are text");
    let folder = path.parent().expect("fixtures stand in a folder");
    generate(vec![Source::new(name, text)], &Folder(folder), &Options::new("notes"))
}

#[test]
fn descriptions_become_crates() {
    let folder = folder("ok");
    let mut crates = Expectations::new(&folder, ".expected.rs");
    let mut findings = Expectations::new(&folder, ".findings.txt");
    for path in descriptions(&folder) {
        let name = path.display();
        let output = run(&path).unwrap_or_else(|report| panic!("{name}:\n{report}"));
        let shown = Shown::of(&fs::read_to_string(&path).expect("it was read"));
        let text = shown.cut(&output.files).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        let report = output.warnings.to_string();
        assert!(!text.is_empty() || !report.is_empty(), "{name} shows nothing: say what in a line `# shows: `");
        crates.check(&path, &text);
        findings.check(&path, &report);
    }
    crates.finish();
    findings.finish();
}

#[test]
fn mistakes_are_reported_with_their_places() {
    let folder = folder("err");
    let mut findings = Expectations::new(&folder, ".findings.txt");
    for path in descriptions(&folder) {
        let report = run(&path).expect_err("the description is wrong");
        findings.check(&path, &report.to_string());
    }
    findings.finish();
}

#[test]
fn two_runs_give_the_same_bytes() {
    for path in descriptions(&folder("ok")) {
        let files = |output: Output| output.files;
        assert_eq!(run(&path).map(files), run(&path).map(files));
    }
}
