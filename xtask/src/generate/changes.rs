//! How a folder differs from the files that it should hold, and whose files are in it.
//!
//! Reads only; putting the changes into effect is for [`write`](super::write). Whose a file is, the manifest in the folder
//! tells: what it lists, with the hash that it lists, is ours to replace or to remove. Everything else is left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use similar::TextDiff;

use super::hash::Hash;
use super::manifest::{MANIFEST, Manifest};
use super::tree::{self, Entry};
use super::write::Staging;
use crate::error::{Error, Result};

/// How many foreign files are looked for before the search ends: it may be somebody's whole home folder.
const FOREIGN_LIMIT: usize = 10;

/// How many edited files are named; a tool that rewrites line breaks edits all of them.
const EDITED_LIMIT: usize = 10;

/// How the summary of a run without changes ends.
pub(super) const NONE: &str = "no change";

/// What is to be done to a folder.
#[derive(Debug)]
pub(super) struct Changes<'a> {
    /// The folder, without symbolic links; it may not exist yet.
    pub(super) target: &'a Path,
    /// Files to be written or removed, sorted by path; the manifest is not among them.
    pub(super) list: Vec<Change<'a>>,
    /// The change of the manifest.
    pub(super) manifest: Option<Change<'a>>,
    /// The manifest that was found, and the one that should be there.
    pub(super) found: Option<Manifest>,
    pub(super) wanted: &'a Manifest,
    /// Files of ours that are gone by themselves, as they should be.
    pub(super) vanished: Vec<String>,
    /// Where a run keeps what it is about to move.
    pub(super) staging: Staging,
    /// Files of ours that somebody edited, with what should stand there.
    edited: Vec<Change<'a>>,
    /// Files that this tool did not write, the first few.
    foreign: Vec<String>,
}

/// A file to be written or removed.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// The path in the folder, with `/`.
    pub(super) path: String,
    /// What stands there; `None` if there is no such file.
    pub(super) old: Option<Vec<u8>>,
    /// What should stand there; `None` if the file is no longer emitted.
    pub(super) new: Option<&'a str>,
    /// Whether it stood there after an earlier run.
    known: bool,
}

impl<'a> Changes<'a> {
    /// Compares a folder with the files that it should hold.
    pub(super) fn find(
        target: &'a Path,
        shown: &Path,
        files: &'a [wirecrate_codegen::File],
        wanted: &'a Manifest,
    ) -> Result<Self> {
        let found = Manifest::read(target, shown)?;
        let staging = Staging::find(target, shown)?;
        let expected = files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
        let mut scan =
            Scan { manifest: found.as_ref(), expected, list: Vec::new(), edited: Vec::new(), foreign: Vec::new() };
        scan.foreign.extend_from_slice(&staging.foreign);
        if tree::visit(target, |entry| scan.entry(entry))?.is_continue() {
            scan.add_missing();
        }
        let Scan { mut list, edited, foreign, .. } = scan;
        list.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let emitted: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
        let known = found.iter().flat_map(Manifest::paths).filter(|path| !emitted.contains(path));
        let vanished = known.filter(|path| !target.join(path).exists()).map(str::to_owned).collect();
        let manifest = change_manifest(found.as_ref(), wanted);
        Ok(Self { target, list, manifest, found, wanted, vanished, staging, edited, foreign })
    }

    /// What must be put right by hand before anything is written, a sentence each.
    pub(super) fn problems(&self, shown: &Path) -> Vec<String> {
        let shown = shown.display();
        let mut problems = Vec::new();
        if !self.edited.is_empty() {
            let mut names = quote(self.edited.iter().take(EDITED_LIMIT).map(|change| &change.path));
            if self.edited.len() > EDITED_LIMIT {
                names.push(format!("{} more", self.edited.len() - EDITED_LIMIT));
            }
            problems.push(format!(
                "`{shown}` holds what was edited by hand: {names}; move the edit into the description or an overlay, \
                 delete the file or restore it, and run again",
                names = names.join(", ")
            ));
        }
        if !self.foreign.is_empty() {
            let mut names = quote(&self.foreign);
            if names.len() >= FOREIGN_LIMIT {
                names.push("perhaps more".to_owned());
            }
            problems.push(format!(
                "`{shown}` holds what this tool did not write: {names}; move it away, delete it or choose another folder",
                names = names.join(", ")
            ));
        }
        problems
    }

    /// What is known of a run that did not come to its end, and what becomes of it when the changes are applied.
    pub(super) fn interruption(&self, shown: &Path) -> Option<(String, &'static str)> {
        if self.found.as_ref().is_some_and(Manifest::is_pending) {
            let happened = format!("the last run was interrupted while it wrote `{}`", shown.display());
            Some((happened, "; this one completed what it began"))
        } else if self.staging.exists {
            let left = shown.join(Staging::NAME);
            Some((format!("the last run was interrupted and left `{}` behind", left.display()), "; it is removed"))
        } else {
            None
        }
    }

    /// Whether nothing is to be written or removed.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.manifest.is_none()
    }

    /// Whatever differs, the edited files included.
    pub(super) fn differences(&self) -> impl Iterator<Item = &Change<'a>> {
        self.list.iter().chain(&self.manifest).chain(&self.edited)
    }

    /// What is done, and to how many files: `1 added, 2 changed`.
    pub(super) fn summary(&self) -> String {
        self.count(["added", "restored", "changed", "removed"])
    }

    /// What is wrong with the folder: `1 missing, 2 different`.
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
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
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
    /// The change as `patch -p1` reads it, the folder under the path that is shown; without the last line break.
    pub(super) fn diff(&self, shown: &Path) -> String {
        let path = shown.join(&self.path).display().to_string();
        let path = path.trim_start_matches('/');
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

/// A walk through a folder; what it meets is taken off the expected files.
struct Scan<'a, 'b> {
    manifest: Option<&'b Manifest>,
    expected: BTreeMap<&'a str, &'a str>,
    list: Vec<Change<'a>>,
    edited: Vec<Change<'a>>,
    foreign: Vec<String>,
}

impl Scan<'_, '_> {
    fn entry(&mut self, Entry { path, place, is_file }: Entry) -> Result<ControlFlow<()>> {
        let new = self.expected.remove(path.as_str());
        let listed = self.manifest.filter(|manifest| manifest.lists(&path));
        if !is_file || listed.is_none() && new.is_none() {
            self.foreign.push(path);
        } else {
            let old = fs::read(&place).map_err(Error::io("read", place))?;
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
        Ok(if self.foreign.len() < FOREIGN_LIMIT { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    }

    /// What was expected and not met is to be written.
    fn add_missing(&mut self) {
        for (path, text) in std::mem::take(&mut self.expected) {
            let known = self.manifest.is_some_and(|manifest| manifest.held(path));
            self.list.push(Change { path: path.to_owned(), old: None, new: Some(text), known });
        }
    }
}
