//! The record of the last run, which allows an identical run to be skipped.
//!
//! The manifest is not sufficient, because its version stays the same while the generator is being changed. Therefore a
//! file under `target/`, which is never committed, identifies the program, all options and all inputs, and contains the
//! printed output. If it is missing, unreadable or different, the run is not skipped.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Debug;
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
use super::staging::Staging;
use super::tree::{self, Kind};
use crate::error::Result;
use crate::{paths, read};

/// The folder of all stamps, relative to the root of the workspace.
const FOLDER: &str = "target/xtask";

/// The record of a successful run.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The program and its options.
    run: Hash,
    inputs: BTreeMap<String, Hash>,
    manifest: Hash,
    /// The printed summary.
    pub(super) warnings: Warnings,
    pub(super) summary: String,
}

/// The warnings and notes on a description, in both formats.
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

/// A run whose outcome is not known yet.
#[derive(Debug)]
pub(super) struct Run {
    identity: Hash,
    place: PathBuf,
}

impl Run {
    /// Creates a run of this program for the crate in a folder; the options are identified by their `Debug` output.
    /// Returns
    /// `None` if the program cannot be inspected.
    pub(super) fn new(target: &Path, options: &dyn Debug) -> Option<Self> {
        let program = program().ok()?;
        let name = format!("{}.json", Hash::of(target.as_os_str().as_encoded_bytes()).digits());
        let place = paths::workspace().join(FOLDER).join(name);
        let identity = Hash::of(format!("{:?}", (program, target, options)));
        Some(Self { identity, place })
    }

    /// Returns the record of the last run, if this run would do nothing: the program, the options, the inputs and the
    /// crate are unchanged.
    pub(super) fn recall(&self, inputs: &Folder, target: &Path) -> Option<Stamp> {
        let stamp: Stamp = serde_json::from_slice(&read::file(&self.place).ok()?).ok()?;
        // This reads the referenced files for the first time.
        let same_input = |(name, known): (&String, &Hash)| inputs.hash(name).as_ref() == Some(known);
        let same = stamp.run == self.identity && stamp.inputs.iter().all(same_input);
        (same && stamp.fits(target).unwrap_or(false)).then_some(stamp)
    }

    /// Records a run. If this fails, the next run is not skipped.
    pub(super) fn remember(self, manifest: &Manifest, warnings: Warnings, summary: String) {
        let (inputs, manifest) = (manifest.inputs().clone(), Hash::of(&manifest.text));
        let stamp = Stamp { run: self.identity, inputs, manifest, warnings, summary };
        let text = serde_json::to_string_pretty(&stamp)
            .expect("strings as keys and values can always be encoded as JSON")
            + "\n";
        // Writing to a pipe may never end, and a link may lead anywhere.
        if self.place.symlink_metadata().is_ok_and(|metadata| !metadata.is_file())
            || read::file(&self.place).is_ok_and(|known| known == text.as_bytes())
        {
            return;
        }
        let folder = self.place.parent().map_or(Ok(()), disk::create_folders);
        let _ = folder.and_then(|()| disk::write(&self.place, &text));
    }
}

impl Stamp {
    /// Returns `true` if the manifest is the one of the recorded run and the crate matches it.
    fn fits(&self, target: &Path) -> Result<bool> {
        let Some(manifest) = Manifest::read(target, target)? else { return Ok(false) };
        if Hash::of(&manifest.text) != self.manifest || Staging::find(target, target)?.exists {
            return Ok(false);
        }
        let mut left = manifest.paths().count();
        let flow = tree::visit(target, |entry| {
            if entry.kind == Kind::Folder {
                return Ok(ControlFlow::Continue(()));
            }
            left = left.saturating_sub(1);
            let read = || read::file(&entry.place).is_ok_and(|content| manifest.wrote(&entry.path, &Hash::of(content)));
            let same = entry.kind == Kind::File && read();
            Ok(if same { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        Ok(flow.is_continue() && left == 0)
    }
}

/// Returns the path, length and modification time of this program, which identify its build.
fn program() -> io::Result<(PathBuf, u64, SystemTime)> {
    let path = env::current_exe()?;
    let metadata = path.metadata()?;
    Ok((path, metadata.len(), metadata.modified()?))
}
