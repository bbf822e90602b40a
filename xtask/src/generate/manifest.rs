//! The record of the emitted files in a crate: `manifest.json`.
//!
//! It distinguishes emitted files from edited ones, and missing files from new ones. It contains neither times nor
//! paths outside the crate, so that the same input always gives the same bytes.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::hash::Hash;
use crate::error::{Error, Result};
use crate::read;

/// The path of the manifest in the crate.
pub(super) const MANIFEST: &str = "manifest.json";

/// A manifest and its text, which is compared and hashed.
#[derive(Debug)]
pub(super) struct Manifest {
    record: Record,
    pub(super) text: String,
}

/// The properties, in the order of the file. A file with other properties is not a manifest of this tool.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    generator: Generator,
    /// The input files, by their paths in the folder of the description.
    inputs: BTreeMap<String, Hash>,
    /// The configuration of the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    configuration: Option<NamedFile>,
    /// The overlays, in the order in which they were applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    overlays: Vec<NamedFile>,
    /// The emitted files, by their paths in the crate, with `/`, without the manifest.
    files: BTreeMap<String, Hash>,
    /// The files that a run is about to replace, add or remove; empty after a completed run.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pending: BTreeMap<String, Pending>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Generator {
    name: String,
    version: String,
}

/// A file by its name, which need not be unique.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedFile {
    pub(super) name: String,
    pub(super) hash: Hash,
}

/// The hashes of a file before and after a change; `null` if the file does not exist.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pending {
    old: Option<Hash>,
    new: Option<Hash>,
}

impl Manifest {
    /// Returns the manifest of a completed run.
    pub(super) fn new(
        inputs: BTreeMap<String, Hash>,
        configuration: Option<NamedFile>,
        overlays: Vec<NamedFile>,
        files: &[wirecrate_codegen::File],
    ) -> Self {
        let generator =
            Generator { name: "wirecrate-codegen".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
        let files = files.iter().map(|file| (file.path.clone(), Hash::of(&file.text))).collect();
        Self::print(Record { generator, inputs, configuration, overlays, files, pending: BTreeMap::new() })
    }

    /// Returns the manifest while files are being moved: their paths, each with the hash of the present content, if there
    /// is such a file.
    pub(super) fn while_pending<'p>(&self, files: impl Iterator<Item = (&'p String, Option<Hash>)>) -> Self {
        let mut record = self.record.clone();
        for (path, old) in files {
            let new = record.files.remove(path);
            record.pending.insert(path.clone(), Pending { old, new });
        }
        Self::print(record)
    }

    /// Reads the manifest of a crate, if there is one.
    ///
    /// An unreadable manifest is an error, because edited files cannot be recognized without it.
    pub(super) fn read(target: &Path, shown: &Path) -> Result<Option<Self>> {
        let (place, shown) = (target.join(MANIFEST), shown.join(MANIFEST));
        match place.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(damaged(&shown, "it is not a file")),
            Err(error) if is_absence(&error) => return Ok(None),
            Err(error) => return Err(Error::io("inspect", shown)(error)),
        }
        let content = read::file(&place).map_err(Error::io("read", &shown))?;
        let text = String::from_utf8(content).map_err(|error| damaged(&shown, error))?;
        let record: Record = serde_json::from_str(&text).map_err(|error| damaged(&shown, error))?;
        let manifest = Self { record, text };
        if let Some(path) = manifest.paths().find(|path| !is_inside(path)) {
            return Err(damaged(&shown, format_args!("`{path}` is not a path in the crate")));
        }
        Ok(Some(manifest))
    }

    fn print(record: Record) -> Self {
        let text = serde_json::to_string_pretty(&record)
            .expect("strings as keys and values can always be encoded as JSON")
            + "\n";
        Self { record, text }
    }

    /// Returns `true` if a run was interrupted while it moved files.
    pub(super) fn is_pending(&self) -> bool {
        !self.record.pending.is_empty()
    }

    /// Returns `true` if the manifest lists a file, regardless of its current content.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.record.files.contains_key(path) || self.record.pending.contains_key(path)
    }

    /// Returns `true` if the file existed before or after the last run.
    pub(super) fn held(&self, path: &str) -> bool {
        let before = |pending: &Pending| pending.old.is_some();
        self.record.files.contains_key(path) || self.record.pending.get(path).is_some_and(before)
    }

    /// Returns `true` if this tool wrote the content; for a pending file, this is the old or the new content.
    pub(super) fn wrote(&self, path: &str, content: &Hash) -> bool {
        let pending = self.record.pending.get(path).into_iter().flat_map(|pending| [&pending.old, &pending.new]);
        pending.flatten().chain(self.record.files.get(path)).any(|known| known == content)
    }

    /// Returns the paths of the pending files.
    pub(super) fn pending(&self) -> impl Iterator<Item = &str> {
        self.record.pending.keys().map(String::as_str)
    }

    /// Returns all listed paths.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.record.files.keys().chain(self.record.pending.keys()).map(String::as_str)
    }

    /// Returns the input files.
    pub(super) fn inputs(&self) -> &BTreeMap<String, Hash> {
        &self.record.inputs
    }
}

/// Returns `true` if the text of a path points to a location in the crate.
fn is_inside(path: &str) -> bool {
    let mut components = Path::new(path).components().peekable();
    components.peek().is_some() && components.all(|component| matches!(component, Component::Normal(_)))
}

/// Returns `true` if an error means that the file, or a folder of its path, does not exist.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn damaged(shown: &Path, why: impl std::fmt::Display) -> Error {
    let shown = shown.display();
    Error::Finding(format!(
        "`{shown}` is not a manifest of this tool: {why}; restore it, or delete it and run again, \
         which names every file that is not as it would be written"
    ))
}
