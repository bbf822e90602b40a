//! The verdicts of cargo-semver-checks.

use std::path::{Path, PathBuf};
use std::process::Command;

use infobip_tests::parallel;

/// `cargo-semver-checks`, as it is installed.
pub(super) struct Checker {
    program: &'static str,
    /// Its version, as it prints it.
    pub(super) version: String,
}

impl Checker {
    pub(super) const NAME: &str = "cargo-semver-checks";

    /// The version that the table was made with.
    const VERSION: &str = "0.51.0";

    pub(super) fn find() -> Result<Self, String> {
        let install = format!("`cargo install {} --version {} --locked` installs it", Self::NAME, Self::VERSION);
        let output = Command::new(Self::NAME).args(["semver-checks", "--version"]).output();
        let output = output.map_err(|error| format!("{} cannot be run ({error}); {install}", Self::NAME))?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if version.ends_with(Self::VERSION) {
            Ok(Self { program: Self::NAME, version })
        } else {
            Err(format!("{version:?} is another version; {install}"))
        }
    }

    /// The verdict on each pair, in order: `major`, `minor`, or `none`.
    pub(super) fn verdicts(&self, docs: &[PathBuf], pairs: &[(usize, usize)]) -> Vec<String> {
        parallel::map(pairs, |&(old, new)| self.verdict(&docs[old], &docs[new]))
    }

    fn verdict(&self, old: &Path, new: &Path) -> String {
        let output = Command::new(self.program)
            .args(["semver-checks", "--color", "never", "--release-type", "patch", "--baseline-rustdoc"])
            .arg(old)
            .arg("--current-rustdoc")
            .arg(new)
            .output()
            .expect("it was run before");
        let text = String::from_utf8_lossy(&output.stderr);
        let summary = text.lines().find(|line| line.trim_start().starts_with("Summary")).unwrap_or_default();
        let words =
            [("new major version", "major"), ("new minor version", "minor"), ("no semver update required", "none")];
        let word = words.iter().find(|(words, _)| summary.contains(words)).map(|(_, verdict)| *verdict);
        word.unwrap_or_else(|| panic!("no verdict in {text}")).to_owned()
    }
}
