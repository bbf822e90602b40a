//! Expectations: texts in files beside the inputs that give them.
//!
//! A text that differs from its file fails the test with a diff. With `BLESS` in the environment, as `cargo xtask bless`
//! sets it, the files are written instead.

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// The expectations of one kind in one folder.
pub(crate) struct Expectations {
    folder: PathBuf,
    suffix: &'static str,
    checked: BTreeSet<PathBuf>,
    differences: String,
}

impl Expectations {
    /// The files of `folder` whose names end in `suffix`.
    pub(crate) fn new(folder: &Path, suffix: &'static str) -> Self {
        Self { folder: folder.to_owned(), suffix, checked: BTreeSet::new(), differences: String::new() }
    }

    /// Compares a text with the file of an input, which has the suffix in place of the extension. An empty text has no file.
    pub(crate) fn check(&mut self, input: &Path, text: &str) {
        let name = input.file_name().and_then(|name| name.to_str()).expect("inputs have plain names");
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        let path = self.folder.join(format!("{stem}{}", self.suffix));
        self.compare(&path, text);
        assert!(self.checked.insert(path), "two inputs are called `{stem}`");
    }

    /// Fails if a text differs from its file, or a file has no input.
    #[track_caller]
    pub(crate) fn finish(mut self) {
        for path in paths(&self.folder, self.suffix) {
            if !self.checked.contains(&path) {
                self.compare(&path, "");
            }
        }
        let differences = self.differences;
        assert!(
            differences.is_empty(),
            "{differences}\nIf this is right, run `cargo xtask bless` and read `git diff`."
        );
    }

    fn compare(&mut self, path: &Path, text: &str) {
        let expected = fs::read_to_string(path).unwrap_or_default();
        if expected == text {
            return;
        }
        if env::var_os("BLESS").is_none() {
            let (name, diff) = (path.display().to_string(), TextDiff::from_lines(&expected, text));
            let _ = write!(self.differences, "{}", diff.unified_diff().header(&name, "this run"));
        } else if text.is_empty() {
            fs::remove_file(path).expect("the file was read");
        } else {
            fs::write(path, text).expect("the folder of the tests can be written");
        }
    }
}

/// The files of a folder whose names end in `suffix`, sorted.
pub(crate) fn paths(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<_> = entries.filter(|path| path.to_str().is_some_and(|path| path.ends_with(suffix))).collect();
    paths.sort();
    paths
}
