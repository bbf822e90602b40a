//! Whatever the generator emits builds without a warning, also under clippy.
//!
//! The fixtures of the generator and the contact endpoint become crates of one empty workspace, checked in one run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wirecrate_codegen::{Files as _, generate};

use crate::documents::Folder;
use crate::emitted_crates::{Target, workspace};

/// The fixtures that become crates, and the endpoint.
fn descriptions() -> Vec<PathBuf> {
    let fixtures = fs::read_dir(workspace().join("codegen/tests/fixtures/ok")).expect("the fixtures are there");
    let fixtures = fixtures.map(|entry| entry.expect("the folder can be read").path());
    let is_description = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "json" || kind == "yaml");
    let fixtures = fixtures.filter(is_description);
    let mut descriptions: Vec<_> = fixtures.chain([workspace().join("spec/contact.yaml")]).collect();
    descriptions.sort();
    descriptions
}

/// Writes the crate of a description; gives its name.
fn emit(description: &Path, target: &Path) -> String {
    let stem = description.file_stem().and_then(|stem| stem.to_str()).expect("fixtures have plain names");
    let name = format!("emitted-{}", stem.replace('_', "-"));
    let folder = Folder(description.parent().expect("a file stands in a folder").to_owned());
    let file = description.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names");
    let entry = folder.read(file).expect("the description can be read");
    let output = generate(vec![entry], &folder, &Target::options(&name)).expect("the description is sound");
    for file in output.files {
        let path = target.join(&name).join(file.path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("the folder can be made");
        fs::write(path, file.text).expect("the file can be written");
    }
    name
}

#[test]
fn every_emitted_crate_is_clean() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted");
    if target.exists() {
        fs::remove_dir_all(&target).expect("crates of an earlier run can go");
    }
    let names: Vec<_> = descriptions().iter().map(|description| emit(description, &target)).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n");
    fs::write(target.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::copy(workspace().join("Cargo.lock"), target.join("Cargo.lock")).expect("the lock file can be copied");

    // Without TLS, which takes most of the time and is the same for all.
    let arguments = ["clippy", "--workspace", "--all-targets", "--no-default-features", "--features", "symmetric"];
    let run = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline", "--", "-D", "warnings"])
        .current_dir(&target)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted-target"))
        .output()
        .expect("cargo can be run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    println!("{} emitted crates are clean", names.len());
}

/// `rm -r generated/src generated/examples` must leave a workspace that cargo still loads, or nothing could restore them.
#[test]
fn a_manifest_loads_without_its_sources() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manifest-alone");
    let name = emit(&workspace().join("spec/contact.yaml"), &target);
    for folder in ["src", "examples"] {
        fs::remove_dir_all(target.join(&name).join(folder)).expect("the sources can go");
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{name:?}]\n");
    fs::write(target.join("Cargo.toml"), manifest).expect("the manifest can be written");
    let run = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(&target)
        .output()
        .expect("cargo can be run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
