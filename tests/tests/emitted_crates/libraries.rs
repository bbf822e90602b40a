//! The libraries below emitted crates, as the workspace has built them.
//!
//! Compiling reqwest, tokio and serde again for emitted crates takes longer than all tests. So each name that an emitted
//! manifest depends on is a package of one line, which re-exports the library that this test program was linked with.

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde::Deserialize;

use super::cargo::{cargo, run, workspace, write};

/// A library, and the features that manifests may name. The workspace has built it with those and more.
struct Library {
    package: &'static str,
    version: &'static str,
    features: &'static [&'static str],
}

const RUNTIME: Library = Library {
    package: "wirecrate-runtime",
    version: "0.1.0",
    features: &["rustls", "native-tls", "blocking", "pattern", "tracing"],
};

/// The libraries from the registry.
const REGISTRY: [Library; 3] = [
    Library { package: "serde", version: "1.99.0", features: &["derive"] },
    Library { package: "serde_json", version: "1.99.0", features: &[] },
    Library { package: "tokio", version: "1.99.0", features: &["macros", "rt"] },
];

impl Library {
    fn folder(&self) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("libraries").join(self.package)
    }

    /// The name in Rust.
    fn name(&self) -> String {
        self.package.replace('-', "_")
    }

    /// The name under which the compiler is given the built library.
    fn built_name(&self) -> String {
        format!("built_{}", self.name())
    }

    /// Writes the package that replaces the library.
    fn write(&self, built: &Path) {
        let Self { package, version, features } = self;
        let mut manifest = format!("[package]\nname = {package:?}\nversion = {version:?}\nedition = \"2024\"\n\n");
        manifest += "[features]\ndefault = []\n";
        manifest.extend(features.iter().map(|feature| format!("{feature} = []\n")));
        write(&self.folder().join("Cargo.toml"), &manifest);
        // The same path may hold another library after a change.
        let changed = built.metadata().and_then(|file| file.modified()).expect("cargo has just built it");
        let source = format!("// {changed:?}\npub use {}::*;\n", self.built_name());
        write(&self.folder().join("src/lib.rs"), &source);
    }
}

/// The path of the runtime, for the options of the generator.
pub(super) fn runtime() -> String {
    RUNTIME.folder().display().to_string()
}

/// The section of a workspace's manifest that puts the built libraries in place of those in the registry.
pub(crate) fn patch() -> String {
    let mut section = "[patch.crates-io]\n".to_owned();
    for library in &REGISTRY {
        // Writing to a string cannot fail.
        let folder = library.folder().display().to_string();
        let _ = writeln!(section, "{} = {{ path = {folder:?} }}", library.package);
    }
    section
}

/// A command of cargo in a workspace of emitted crates.
pub(crate) fn cargo_with_libraries(folder: &Path, arguments: &[&str]) -> Command {
    static FLAGS: OnceLock<String> = OnceLock::new();
    let flags = FLAGS.get_or_init(prepare);
    let mut command = cargo(folder, arguments);
    command
        .envs([("CARGO_ENCODED_RUSTFLAGS", flags), ("CARGO_ENCODED_RUSTDOCFLAGS", flags)])
        .env("CARGO_TARGET_DIR", built_crates())
        // Neither debugged nor built in small steps.
        .envs([("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")]);
    command
}

/// The target folder of all batches.
pub(super) fn built_crates() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("emitted-target")
}

/// A report of cargo on a library that is built.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Writes the packages, and returns the flags by which the compiler finds what they re-export.
fn prepare() -> String {
    let artifacts = artifacts();
    let mut flags = Vec::new();
    for library in REGISTRY.iter().chain([&RUNTIME]) {
        let mut found = artifacts.iter().filter(|artifact| artifact.target.name == library.name());
        let files = found.find_map(|artifact| artifact.filenames.iter().find(|file| has_ending(file, "rlib")));
        let built = files.unwrap_or_else(|| panic!("the tests are linked with {}", library.package));
        library.write(built);
        let folder = built.parent().expect("a file is in a folder").display();
        flags.extend(["--extern".to_owned(), format!("{}={}", library.built_name(), built.display())]);
        flags.push(format!("-Ldependency={folder}"));
    }
    flags.join("\u{1f}")
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|extension| extension == ending)
}

/// Every library that this test program consists of: cargo has built them, and reports where they are.
fn artifacts() -> Vec<Artifact> {
    let arguments = ["test", "--no-run", "--package", "infobip-tests", "--test", "main", "--message-format", "json"];
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the folder is in the target folder");
    let output = run(cargo(&workspace(), &arguments).args(profile()).env("CARGO_TARGET_DIR", target));
    let lines = output.split(|byte| *byte == b'\n');
    lines.filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

/// The option that selects the profile of this program, which cargo names its folder after.
fn profile() -> Option<String> {
    let program = env::current_exe().expect("a program knows its path");
    let folder = program.ancestors().nth(2).and_then(Path::file_name).and_then(|name| name.to_str());
    folder.filter(|name| *name != "debug").map(|name| format!("--profile={name}"))
}

/// Otherwise the tests would build the workspace a second time.
#[test]
fn the_package_shares_its_libraries_with_the_workspace() {
    let tree = |selection: &[&str]| {
        let format = ["--edges", "normal,build,dev", "--prefix", "none", "--no-dedupe", "--format", "{p} [{f}]"];
        let tree = run(cargo(&workspace(), &["tree"]).args(format).args(selection));
        String::from_utf8(tree).expect("names of packages are text")
    };
    let (all, alone) = (tree(&["--workspace"]), tree(&["--package", "infobip-tests"]));
    let all: BTreeSet<_> = all.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    let differences: Vec<_> = alone.lines().filter(|line| !all.contains(line.trim_end_matches(" (*)"))).collect();
    assert!(differences.is_empty(), "turn on the same features in tests/Cargo.toml: {differences:#?}");
}
