//! Cargo, run by a test as a person would run it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Variables that cargo sets for the tests it runs. Build scripts that read them would run again.
const SET_FOR_TESTS: [&str; 3] = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_PRIMARY_PACKAGE"];

/// A command of the cargo that runs this test.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).args(["--quiet", "--offline"]).current_dir(folder);
    for (name, _) in env::vars_os() {
        if SET_FOR_TESTS.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command that must succeed; returns its standard output.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().expect("cargo can be run");
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The folder of the workspace under test.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are in a folder of the workspace").to_owned()
}

/// Writes a file, unless it has that text already: cargo goes by the time of the last change.
pub(super) fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be created");
        fs::write(path, text).expect("the file can be written");
    }
}
