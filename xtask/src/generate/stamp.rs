//! What the last run was made of, so that one that would do the same again does nothing.
//!
//! The manifest cannot tell: its version stays the same while the generator is being changed. So a file under `target/`,
//! which is never committed, remembers the program itself, every option, every input and what was printed. Where it is
//! missing, unreadable or says anything else, the run is a full one.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Debug;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use wirecrate_codegen::Report;

use super::description::Folder;
use super::disk;
use super::hash::Hash;
use super::manifest::Manifest;
use super::tree;
use super::write::Staging;
use crate::error::Result;
use crate::paths;

/// Where the stamps of all crates are, in the workspace.
const FOLDER: &str = "target/xtask";

/// What a run that ended well leaves for the next one.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The program and its options.
    run: Hash,
    inputs: BTreeMap<String, Hash>,
    manifest: Hash,
    /// What it printed.
    pub(super) warnings: Warnings,
    pub(super) summary: String,
}

/// What deserves a look in a description, in both formats.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Warnings {
    pub(super) text: String,
    pub(super) json: serde_json::Value,
}

impl From<&Report> for Warnings {
    fn from(report: &Report) -> Self {
        Self { text: report.to_string(), json: serde_json::json!(report.diagnostics) }
    }
}

/// A run before its outcome is known.
#[derive(Debug)]
pub(super) struct Run {
    identity: Hash,
    place: PathBuf,
}

impl Run {
    /// A run of this program with certain options, which their `Debug` tells apart, for the crate in a folder; `None` where the
    /// program does not know itself.
    pub(super) fn new(target: &Path, options: &dyn Debug) -> Option<Self> {
        let program = program().ok()?;
        let name = format!("{}.json", Hash::of(target.as_os_str().as_encoded_bytes()).digits());
        let place = paths::workspace().join(FOLDER).join(name);
        let identity = Hash::of(format!("{:?}", (program, target, options)));
        Some(Self { identity, place })
    }

    /// What the last run printed, if this one would find nothing to do: the same program with the same options would read
    /// the same inputs, and all that it wrote is as it was.
    pub(super) fn recall(&self, inputs: &Folder, target: &Path) -> Option<Stamp> {
        let stamp: Stamp = serde_json::from_slice(&fs::read(&self.place).ok()?).ok()?;
        // Here the files that references led to are read for the first time.
        let same_input = |(name, known): (&String, &Hash)| inputs.hash(name).as_ref() == Some(known);
        let same = stamp.run == self.identity && stamp.inputs.iter().all(same_input);
        (same && stamp.fits(target).unwrap_or(false)).then_some(stamp)
    }

    /// Remembers a run. Where that cannot be, the next one is a full one.
    pub(super) fn remember(self, manifest: &Manifest, warnings: Warnings, summary: String) {
        let (inputs, manifest) = (manifest.inputs().clone(), Hash::of(&manifest.text));
        let stamp = Stamp { run: self.identity, inputs, manifest, warnings, summary };
        let text = serde_json::to_string_pretty(&stamp).expect("texts as keys and values are always JSON") + "\n";
        if fs::read(&self.place).ok().as_deref() != Some(text.as_bytes()) {
            let folder = self.place.parent().map_or(Ok(()), disk::create_folders);
            let _ = folder.and_then(|()| disk::write(&self.place, &text));
        }
    }
}

impl Stamp {
    /// Whether the crate is as its manifest says, and the manifest is the one of that run.
    fn fits(&self, target: &Path) -> Result<bool> {
        let Some(manifest) = Manifest::read(target, target)? else { return Ok(false) };
        if Hash::of(&manifest.text) != self.manifest || Staging::find(target, target)?.exists {
            return Ok(false);
        }
        let mut left = manifest.paths().count();
        let flow = tree::visit(target, |entry| {
            left = left.saturating_sub(1);
            let read = || fs::read(&entry.place).is_ok_and(|content| manifest.wrote(&entry.path, &Hash::of(content)));
            let same = entry.is_file && read();
            Ok(if same { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        Ok(flow.is_continue() && left == 0)
    }
}

/// This program as it was built, by path, length and time: a new build is another one, even where its version is the same.
fn program() -> io::Result<(PathBuf, u64, SystemTime)> {
    let path = env::current_exe()?;
    let metadata = path.metadata()?;
    Ok((path, metadata.len(), metadata.modified()?))
}
