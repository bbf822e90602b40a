//! Each description in `fixtures/ok` gives a snapshot of the emitted files; each in `fixtures/err` gives one of what
//! is printed. Adding a case is adding a file.

use std::fs;
use std::io;
use std::path::Path;

use wirecrate_codegen::{Files, Options, Output, Report, Source, generate};

/// The folder of a fixture.
struct Folder<'a>(&'a Path);

impl Files for Folder<'_> {
    fn read(&self, name: &str) -> io::Result<Source> {
        fs::read_to_string(self.0.join(name)).map(|text| Source::new(name, text))
    }
}

fn run(path: &Path) -> Result<Output, Report> {
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    let text = fs::read_to_string(path).expect("fixtures are text");
    let folder = path.parent().expect("fixtures stand in a folder");
    generate(vec![Source::new(name, text)], &Folder(folder), &Options::new("notes"))
}

fn in_one_text(output: &Output) -> String {
    let files = output.files.iter().filter(|file| !matches!(&*file.path, "Cargo.toml" | "rustfmt.toml"));
    files.flat_map(|file| ["=== ", &file.path, "\n", &file.text, "\n"]).collect()
}

#[test]
fn descriptions_become_crates() {
    insta::glob!("fixtures/ok/*.*", |path| {
        let output = run(path).unwrap_or_else(|report| panic!("{}:\n{report}", path.display()));
        insta::assert_snapshot!("files", in_one_text(&output));
        if !output.warnings.diagnostics.is_empty() {
            insta::assert_snapshot!("warnings", output.warnings.to_string());
        }
    });
}

#[test]
fn mistakes_are_reported_with_their_places() {
    insta::glob!("fixtures/err/*.*", |path| {
        let report = run(path).expect_err("the description is wrong");
        insta::assert_snapshot!(report.to_string());
    });
}

#[test]
fn two_runs_give_the_same_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok");
    let entries = fs::read_dir(folder).expect("the folder of fixtures is there");
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_file());
    for path in paths {
        let files = |output: Output| output.files;
        assert_eq!(run(&path).map(files), run(&path).map(files));
    }
}
