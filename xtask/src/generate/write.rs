//! Putting changes into effect, all of them or none.
//!
//! New files are written to a temporary folder beside the target, in the same file system, and are moved from there;
//! what they replace is moved there. So a full disk is noticed before anything is touched, and a failing move is undone
//! by moving back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::changes::{Change, Changes};
use crate::error::{Error, Result};
use crate::paths;

impl Changes<'_> {
    /// Makes the folder what it should be. Files that need no change are not touched.
    pub(super) fn apply(&self) -> Result<()> {
        if self.list.is_empty() {
            return Ok(());
        }
        let staging = self.stage()?;
        let known = paths::existing(&self.target).to_path_buf();
        for (index, change) in self.list.iter().enumerate() {
            let slot = Slot::new(&staging, index, &self.target, change);
            if let Err(error) = slot.swap() {
                let slots = self.list.iter().enumerate().take(index + 1);
                slots.rev().for_each(|(index, change)| Slot::new(&staging, index, &self.target, change).undo());
                self.remove_empty_folders(|change| change.old.is_none(), &known);
                return Err(error);
            }
        }
        self.remove_empty_folders(|change| change.new.is_none(), &self.target);
        Ok(())
    }

    fn stage(&self) -> Result<TempDir> {
        let beside = paths::existing(self.target.parent().unwrap_or(&self.target));
        let create = || tempfile::Builder::new().prefix(".xtask-").tempdir_in(beside);
        let staging = create().map_err(Error::io("create a temporary folder in", beside))?;
        for (index, change) in self.list.iter().enumerate() {
            let slot = Slot::new(&staging, index, &self.target, change);
            if let Some(text) = change.new {
                fs::write(&slot.new, text).map_err(Error::io("write", &slot.new))?;
            }
        }
        Ok(staging)
    }

    /// Removes the folders that certain changes leave empty, from the inside out, up to one that stays.
    fn remove_empty_folders(&self, emptied: fn(&Change<'_>) -> bool, stays: &Path) {
        for change in self.list.iter().filter(|change| emptied(change)) {
            let place = self.target.join(&change.path);
            let folders = place.ancestors().skip(1).take_while(|folder| *folder != stays);
            for folder in folders {
                // A folder that holds something else is no failure: it stays, and so do those around it.
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

/// A file in its place, and its new and old content in the temporary folder.
struct Slot<'a> {
    change: &'a Change<'a>,
    place: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl<'a> Slot<'a> {
    fn new(staging: &TempDir, index: usize, target: &Path, change: &'a Change<'a>) -> Self {
        let staged = |side: &str| staging.path().join(format!("{index}.{side}"));
        Self { change, place: target.join(&change.path), new: staged("new"), old: staged("old") }
    }

    /// Moves the old content out and the new content in.
    fn swap(&self) -> Result<()> {
        if self.change.old.is_some() {
            let verb = if self.change.new.is_some() { "replace" } else { "remove" };
            fs::rename(&self.place, &self.old).map_err(Error::io(verb, &self.place))?;
        }
        if self.change.new.is_some() {
            let create = || -> io::Result<()> {
                self.place.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::rename(&self.new, &self.place)
            };
            create().map_err(Error::io("write", &self.place))?;
        }
        Ok(())
    }

    /// Takes back as much of [`swap`](Self::swap) as was done, which the temporary folder tells.
    ///
    /// What cannot be moved back is left to the next run: every byte of it comes from the description.
    fn undo(&self) {
        if self.old.exists() {
            let _ = fs::rename(&self.old, &self.place);
        } else if self.change.new.is_some() && !self.new.exists() {
            let _ = fs::remove_file(&self.place);
        }
    }
}
