//! Each description in `fixtures/ok` becomes a crate, and its expectation has the parts that the case shows. Each description
//! in `fixtures/err` is refused, and its expectation has the printed findings. Each folder in `fixtures/several` is a description
//! in several files.

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

fn source(path: &Path) -> Source {
    let name = path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    Source::new(name, fs::read_to_string(path).expect("fixtures are text"))
}

fn run(path: &Path) -> Result<Output, Report> {
    let folder = path.parent().expect("fixtures stand in a folder");
    generate(vec![source(path)], &Folder(folder), &Options::new("notes"))
}

/// Generates the crate of all descriptions in a folder.
fn run_folder(folder: &Path, options: &Options) -> Result<Output, Report> {
    generate(descriptions(folder).iter().map(|path| source(path)).collect(), &Folder(folder), options)
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
fn several_files_become_one_crate() {
    let folder = folder("several");
    let mut crates = Expectations::new(&folder, ".expected.rs");
    let mut findings = Expectations::new(&folder, ".findings.txt");
    let cases = fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    for case in cases.filter(|path| path.is_dir()) {
        let (text, report) = match run_folder(&case, &Options::new("notes")) {
            Ok(output) => {
                let heads: String = descriptions(&case).iter().map(|path| source(path).text).collect();
                (Shown::of(&heads).cut(&output.files).expect("it shows parts of the crate"), output.warnings)
            }
            Err(report) => (String::new(), report),
        };
        crates.check(&case, &text);
        findings.check(&case, &report.to_string());
    }
    crates.finish();
    findings.finish();
}

#[test]
fn the_options_give_a_crate_of_several_files_its_title() {
    let title = Some("All about notes".to_owned());
    let options = Options { title, description: Some("Notes and their readers.".to_owned()), ..Options::new("notes") };
    let output = run_folder(&folder("several/two_descriptions"), &options).expect("they are sound");
    assert_eq!(output.warnings.to_string(), "");
    let text = |path: &str| &output.files.iter().find(|file| file.path == path).expect("every crate has it").text;
    assert!(text("src/lib.rs").contains("//! All about notes\n//!\n//! Notes and their readers.\n"));
    assert!(text("Cargo.toml").contains("description = \"Notes and their readers.\"\n"));
}

#[test]
fn two_runs_give_the_same_bytes() {
    for path in descriptions(&folder("ok")) {
        let files = |output: Output| output.files;
        assert_eq!(run(&path).map(files), run(&path).map(files));
    }
}
