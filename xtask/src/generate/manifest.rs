//! The record in a crate of who wrote what: `manifest.json`.
//!
//! It tells a file that this tool wrote from one that somebody edited, and one that nobody wrote from one that is
//! missing. It names no time and no path outside the crate, so that the same input gives the same bytes anywhere.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::changes::Change;
use super::hash::Hash;
use crate::error::{Error, Result};

/// Where it stands in the crate.
pub(super) const MANIFEST: &str = "manifest.json";

/// A manifest and its text, which is what is compared and hashed.
#[derive(Debug)]
pub(super) struct Manifest {
    record: Record,
    pub(super) text: String,
}

/// The members, in the order of the file. A file with others belongs to somebody else.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    generator: Generator,
    /// The files that were read, by their names in the folder of the description.
    inputs: BTreeMap<String, Hash>,
    /// The configuration of the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    configuration: Option<NamedFile>,
    /// The overlays, in the order in which they were applied.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    overlays: Vec<NamedFile>,
    /// The files that are in place, by their paths in the crate, with `/`. The manifest is not among them.
    files: BTreeMap<String, Hash>,
    /// The files that a run is about to replace, to add or to remove. A run that ends leaves none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pending: BTreeMap<String, Pending>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Generator {
    name: String,
    version: String,
}

/// A file by its name, which others may have as well.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedFile {
    pub(super) name: String,
    pub(super) hash: Hash,
}

/// What a file holds before and after a change; `null` where there is none.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pending {
    old: Option<Hash>,
    new: Option<Hash>,
}

impl Manifest {
    /// What a run that goes well leaves behind.
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

    /// The same while files are being moved. What is gone already is named as well: its folder may have to go, too.
    pub(super) fn while_pending(&self, changes: &[Change<'_>], vanished: &[String]) -> Self {
        let mut record = self.record.clone();
        for path in vanished {
            record.pending.insert(path.clone(), Pending { old: None, new: None });
        }
        for change in changes {
            let new = record.files.remove(&change.path);
            record.pending.insert(change.path.clone(), Pending { old: change.old.as_ref().map(Hash::of), new });
        }
        Self::print(record)
    }

    /// Reads the manifest of a crate, if there is one.
    ///
    /// One that cannot be read stops the run: without it an edited file looks like any other.
    pub(super) fn read(target: &Path, shown: &Path) -> Result<Option<Self>> {
        let (place, shown) = (target.join(MANIFEST), shown.join(MANIFEST));
        match place.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(damaged(&shown, "it is not a file")),
            Err(error) if is_absence(&error) => return Ok(None),
            Err(error) => return Err(Error::io("inspect", shown)(error)),
        }
        let content = fs::read(&place).map_err(Error::io("read", &shown))?;
        let text = String::from_utf8(content).map_err(|error| damaged(&shown, error))?;
        let record: Record = serde_json::from_str(&text).map_err(|error| damaged(&shown, error))?;
        let manifest = Self { record, text };
        if let Some(path) = manifest.paths().find(|path| !is_inside(path)) {
            return Err(damaged(&shown, format_args!("`{path}` is no path in the crate")));
        }
        Ok(Some(manifest))
    }

    fn print(record: Record) -> Self {
        let text = serde_json::to_string_pretty(&record).expect("texts as keys and values are always JSON") + "\n";
        Self { record, text }
    }

    /// Whether a run was interrupted while it moved files.
    pub(super) fn is_pending(&self) -> bool {
        !self.record.pending.is_empty()
    }

    /// Whether this is a file of ours, whatever it holds by now.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.record.files.contains_key(path) || self.record.pending.contains_key(path)
    }

    /// Whether the file stood there when the last run began, or ended.
    pub(super) fn held(&self, path: &str) -> bool {
        let before = |pending: &Pending| pending.old.is_some();
        self.record.files.contains_key(path) || self.record.pending.get(path).is_some_and(before)
    }

    /// Whether the file holds what this tool wrote; of a pending one, the old or the new content.
    pub(super) fn wrote(&self, path: &str, content: &Hash) -> bool {
        let pending = self.record.pending.get(path).into_iter().flat_map(|pending| [&pending.old, &pending.new]);
        pending.flatten().chain(self.record.files.get(path)).any(|known| known == content)
    }

    /// Every path that it lists.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.record.files.keys().chain(self.record.pending.keys()).map(String::as_str)
    }

    /// The files that were read.
    pub(super) fn inputs(&self) -> &BTreeMap<String, Hash> {
        &self.record.inputs
    }
}

/// Whether a path leads to something in the crate, by its text.
fn is_inside(path: &str) -> bool {
    let mut components = Path::new(path).components().peekable();
    components.peek().is_some() && components.all(|component| matches!(component, Component::Normal(_)))
}

/// Neither the file nor, perhaps, the folder that it would be in.
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
