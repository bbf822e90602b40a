//! Emitted crates build without a warning, also under clippy: the fixtures of the generator, the contact endpoint, and the cases
//! beside the project.

use std::fs;
use std::path::{Path, PathBuf};

use wirecrate_codegen::{Files as _, Output, generate};

use crate::cases;
use crate::documents::Folder;
use crate::emitted_crates::{Batch, Target, cargo_with_libraries, run, workspace};

/// The descriptions of the crates.
fn descriptions() -> Vec<PathBuf> {
    let fixtures = fs::read_dir(workspace().join("codegen/tests/fixtures/ok")).expect("the fixtures are there");
    let fixtures = fixtures.map(|entry| entry.expect("the folder can be read").path());
    let is_description = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "json" || kind == "yaml");
    let mut descriptions: Vec<_> = fixtures.filter(is_description).collect();
    descriptions.push(workspace().join("spec/contact.yaml"));
    descriptions.sort();
    descriptions
}

/// Generates the crate of a description.
fn emit(description: &Path) -> Output {
    let stem = description.file_stem().and_then(|stem| stem.to_str()).expect("fixtures have plain names");
    let folder = Folder(description.parent().expect("a file is in a folder").to_owned());
    let file = description.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    let entry = folder.read(file).expect("the description can be read");
    let options = Target::options(&format!("emitted-{}", stem.replace('_', "-")));
    generate(vec![entry], &folder, &options).expect("the description is valid")
}

#[test]
fn every_emitted_crate_is_clean() {
    let mut batch = Batch::new("clean");
    for description in descriptions() {
        batch.add(&emit(&description), []);
    }
    for output in cases::crates() {
        batch.add(&output, []);
    }
    batch.lint();
}

/// Cargo must load the workspace after `rm -r generated/src generated/examples`, or no command could restore them.
#[test]
fn a_manifest_loads_without_its_sources() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manifest-alone");
    let output = emit(&workspace().join("spec/contact.yaml"));
    let manifest = output.files.iter().find(|file| file.path == "Cargo.toml").expect("a crate has a manifest");
    fs::create_dir_all(&folder).expect("the folder can be created");
    fs::write(folder.join("Cargo.toml"), format!("{}\n[workspace]\n", manifest.text)).expect("the file can be written");
    run(cargo_with_libraries(&folder, &["metadata"]).args(["--no-deps", "--format-version", "1"]));
}
