//! The differences between a folder and the emitted files, and the ownership of the files in the folder.
//!
//! This module only reads. Ownership follows from the manifest in the folder: a file that it lists with the current hash
//! may be replaced or removed. All other files are left unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use similar::TextDiff;
use wirecrate_codegen::printable;

use super::hash::Hash;
use super::manifest::{MANIFEST, Manifest};
use super::staging::Staging;
use super::tree::{self, Entry, Kind};
use crate::error::{Error, Result};
use crate::read;

/// The maximum number of foreign files that are collected: the folder may be a whole home folder.
const MAX_FOREIGN: usize = 10;

/// The maximum number of edited files that are named: a tool that rewrites line breaks edits all of them.
const MAX_EDITED: usize = 10;

/// The end of the summary of a run without changes.
pub(super) const NONE: &str = "no change";

/// The changes that bring a folder up to date.
#[derive(Debug)]
pub(super) struct Changes<'a> {
    /// The folder, without symbolic links; it may not exist yet.
    pub(super) target: &'a Path,
    /// Files to be written or removed, sorted by path; the manifest is not among them.
    pub(super) list: Vec<Change<'a>>,
    /// The change of the manifest.
    pub(super) manifest: Option<Change<'a>>,
    /// The manifest found in the folder, and the expected one.
    pub(super) found: Option<Manifest>,
    pub(super) wanted: &'a Manifest,
    /// Files that an interrupted run was about to remove or to add, and that neither exist nor are emitted any more.
    pub(super) vanished: Vec<String>,
    /// The folders that were found, by their paths relative to the folder.
    pub(super) folders: BTreeSet<String>,
    /// The folder for the files that a run is about to move.
    pub(super) staging: Staging,
    /// Owned files that were edited, with their expected content.
    edited: Vec<Change<'a>>,
    /// The first few files that this tool did not write.
    foreign: Vec<String>,
}

/// A file to be written or removed.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// The path relative to the folder, with `/`.
    pub(super) path: String,
    /// The current content; `None` if there is no such file.
    pub(super) old: Option<Vec<u8>>,
    /// The expected content; `None` if the file is no longer emitted.
    pub(super) new: Option<&'a str>,
    /// `true` if the file existed after an earlier run.
    known: bool,
}

impl<'a> Changes<'a> {
    /// Compares a folder with the files that it should contain.
    pub(super) fn find(
        target: &'a Path,
        shown: &Path,
        files: &'a [wirecrate_codegen::File],
        wanted: &'a Manifest,
    ) -> Result<Self> {
        let found = Manifest::read(target, shown)?;
        let staging = Staging::find(target, shown)?;
        let expected = files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
        let mut scan = Scan {
            manifest: found.as_ref(),
            expected,
            list: Vec::new(),
            edited: Vec::new(),
            foreign: staging.foreign.clone(),
            folders: BTreeSet::new(),
        };
        if tree::visit(target, |entry| scan.entry(entry))?.is_continue() {
            scan.add_missing();
        }
        let Scan { mut list, edited, foreign, folders, .. } = scan;
        list.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let emitted: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
        let pending = found.iter().flat_map(Manifest::pending).filter(|path| !emitted.contains(path));
        let vanished = pending.filter(|path| !target.join(path).exists()).map(str::to_owned).collect();
        let manifest = change_manifest(found.as_ref(), wanted);
        Ok(Self { target, list, manifest, found, wanted, vanished, folders, staging, edited, foreign })
    }

    /// Returns the problems that the user must fix before anything is written, a sentence each.
    pub(super) fn problems(&self, shown: &Path) -> Vec<String> {
        let shown = shown.display();
        let mut problems = Vec::new();
        if !self.edited.is_empty() {
            let mut names = quote(self.edited.iter().take(MAX_EDITED).map(|change| &change.path));
            if self.edited.len() > MAX_EDITED {
                names.push(format!("{} more", self.edited.len() - MAX_EDITED));
            }
            problems.push(format!(
                "`{shown}` contains files that were edited by hand: {names}; move the edit into the description or an overlay, \
                 delete the file or restore it, and run again",
                names = names.join(", ")
            ));
        }
        if !self.foreign.is_empty() {
            let mut names = quote(&self.foreign);
            if names.len() >= MAX_FOREIGN {
                names.push("possibly more".to_owned());
            }
            problems.push(format!(
                "`{shown}` contains files that this tool did not write: {names}; move or delete them, or choose another folder",
                names = names.join(", ")
            ));
        }
        problems
    }

    /// Describes an interrupted run, and how it is resolved when the changes are applied.
    pub(super) fn interruption(&self, shown: &Path) -> Option<(String, &'static str)> {
        if self.found.as_ref().is_some_and(Manifest::is_pending) {
            let happened = format!("the last run was interrupted while it wrote `{}`", shown.display());
            Some((happened, "; this run completed it"))
        } else if self.staging.exists {
            let left = shown.join(Staging::NAME);
            Some((format!("the last run was interrupted and left `{}` behind", left.display()), "; it was removed"))
        } else {
            None
        }
    }

    /// Returns `true` if there is nothing to write or remove.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.manifest.is_none()
    }

    /// Returns all differences, including the edited files.
    pub(super) fn differences(&self) -> impl Iterator<Item = &Change<'a>> {
        self.list.iter().chain(&self.manifest).chain(&self.edited)
    }

    /// Summarizes the changes: `1 added, 2 changed`.
    pub(super) fn summary(&self) -> String {
        self.count(["added", "restored", "changed", "removed"])
    }

    /// Summarizes the differences: `1 missing, 2 different`.
    pub(super) fn drift(&self) -> String {
        self.count(["new", "missing", "different", "stale"])
    }

    fn count(&self, [added, restored, changed, removed]: [&str; 4]) -> String {
        let all = || self.list.iter().chain(&self.manifest);
        let count = |kind: fn(&Change<'_>) -> bool| all().filter(|change| kind(change)).count();
        let counts = [
            (count(|change| change.old.is_none() && !change.known), added),
            (count(|change| change.old.is_none() && change.known), restored),
            (count(|change| change.old.is_some() && change.new.is_some()), changed),
            (count(|change| change.new.is_none()), removed),
        ];
        let parts: Vec<_> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
        if parts.is_empty() { NONE.to_owned() } else { parts.join(", ") }
    }
}

fn change_manifest<'a>(found: Option<&Manifest>, wanted: &'a Manifest) -> Option<Change<'a>> {
    let old = found.map(|found| found.text.clone().into_bytes());
    let differs = old.as_deref() != Some(wanted.text.as_bytes());
    differs.then(|| Change { path: MANIFEST.to_owned(), old, new: Some(&wanted.text), known: false })
}

fn quote<'a>(names: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    names.into_iter().map(|name| format!("`{name}`")).collect()
}

impl Change<'_> {
    /// Returns the change as a diff for `patch -p1`, with the displayed path of the folder and without the last line
    /// break. Control characters in the path are escaped.
    pub(super) fn diff(&self, shown: &Path) -> String {
        let path = shown.join(&self.path).display().to_string();
        let path = printable(path.trim_start_matches('/'));
        let name = |side: &str, there: bool| if there { format!("{side}/{path}") } else { "/dev/null".to_owned() };
        let old = String::from_utf8_lossy(self.old.as_deref().unwrap_or_default());
        let new = self.new.unwrap_or_default();
        let diff = TextDiff::from_lines(old.as_ref(), new)
            .unified_diff()
            .header(&name("a", self.old.is_some()), &name("b", self.new.is_some()))
            .to_string();
        diff.strip_suffix('\n').map(str::to_owned).unwrap_or(diff)
    }
}

/// A walk through a folder; each file that is found is removed from the expected files.
struct Scan<'a, 'b> {
    manifest: Option<&'b Manifest>,
    expected: BTreeMap<&'a str, &'a str>,
    list: Vec<Change<'a>>,
    edited: Vec<Change<'a>>,
    foreign: Vec<String>,
    folders: BTreeSet<String>,
}

impl Scan<'_, '_> {
    fn entry(&mut self, Entry { path, place, kind }: Entry) -> Result<ControlFlow<()>> {
        if kind == Kind::Folder {
            self.folders.insert(path);
            return Ok(ControlFlow::Continue(()));
        }
        let new = self.expected.remove(path.as_str());
        let listed = self.manifest.filter(|manifest| manifest.lists(&path));
        if kind != Kind::File || listed.is_none() && new.is_none() {
            self.foreign.push(path);
        } else {
            let old = read::file(&place).map_err(Error::io("read", place))?;
            match listed {
                _ if new.is_some_and(|new| new.as_bytes() == old) => {}
                None => self.foreign.push(path),
                Some(manifest) => {
                    let ours = manifest.wrote(&path, &Hash::of(&old));
                    let list = if ours { &mut self.list } else { &mut self.edited };
                    list.push(Change { path, old: Some(old), new, known: true });
                }
            }
        }
        Ok(if self.foreign.len() < MAX_FOREIGN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    }

    /// Adds the expected files that were not found.
    fn add_missing(&mut self) {
        for (path, text) in std::mem::take(&mut self.expected) {
            let known = self.manifest.is_some_and(|manifest| manifest.held(path));
            self.list.push(Change { path: path.to_owned(), old: None, new: Some(text), known });
        }
    }
}
