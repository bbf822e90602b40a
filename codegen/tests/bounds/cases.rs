//! The cases: generators of large and deep descriptions.

mod changes;
mod operations;
mod schemas;
mod texts;
mod unions;

use std::io;

use wirecrate_codegen::Source;

/// A generator of descriptions of about a size in bytes.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) input: fn(usize) -> Input,
}

/// The texts of a run.
pub(crate) struct Input {
    /// The description, and the files that it refers to.
    pub(crate) files: Vec<Source>,
    pub(crate) overlays: Vec<Source>,
    /// The description that it is compared with; without one, a crate is generated.
    pub(crate) new: Option<Vec<Source>>,
}

impl Input {
    pub(crate) fn size(&self) -> usize {
        let all = self.files.iter().chain(&self.overlays).chain(self.new.iter().flatten());
        all.map(|source| source.text.len()).sum()
    }
}

/// The files that a description refers to.
pub(crate) struct Files<'a>(pub(crate) &'a [Source]);

impl wirecrate_codegen::Files for Files<'_> {
    fn read(&self, name: &str) -> io::Result<Source> {
        self.0.iter().find(|file| file.name == name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

const fn case(name: &'static str, input: fn(usize) -> Input) -> Case {
    Case { name, input }
}

/// All cases.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [schemas::CASES, unions::CASES, texts::CASES, operations::CASES, changes::CASES].into_iter().flatten()
}
