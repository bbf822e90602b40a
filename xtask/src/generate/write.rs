//! Putting changes into effect, all of them or none, and so that a run may be killed at any point.
//!
//! New files are written to a hidden folder in the crate, in the same file system, and are moved from there; what they
//! replace is moved there. So a full disk is noticed before anything is touched, and a failing move is undone by moving
//! back. While files are moved, the manifest names each with the hash before and after: whichever of the two the next run
//! meets is ours.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::changes::{Change, Changes};
use super::disk;
use super::manifest::MANIFEST;
use crate::error::{Error, Result};
use crate::paths;

/// The file in the hidden folder that a run locks while it is alive.
const LOCK: &str = "lock";

impl Changes<'_> {
    /// Makes the folder what it should be, and clears away what an interrupted run left. Files that need no change are
    /// not touched.
    pub(super) fn apply(&self) -> Result<()> {
        self.staging.clear()?;
        if self.is_empty() {
            return Ok(());
        }
        let known = paths::existing(self.target);
        let written = self.staging.create().and_then(|()| {
            let written = self.staging.lock().and_then(|_lock| self.stage().and_then(|()| self.put_in_place()));
            let cleared = self.staging.clear();
            written.and(cleared)
        });
        if written.is_err() {
            let added = self.list.iter().chain(&self.manifest).filter(|change| change.old.is_none());
            self.remove_empty_folders(added.map(|change| &change.path), known);
        }
        written
    }

    /// Writes everything that is to be moved.
    fn stage(&self) -> Result<()> {
        let staging = &self.staging;
        let write = |path: PathBuf, text: &str| disk::write(&path, text).map_err(Error::io("write", path));
        for (index, change) in self.list.iter().enumerate() {
            if let Some(text) = change.new {
                write(staging.slot(index, "new"), text)?;
            }
        }
        if !self.list.is_empty() {
            let pending = self.wanted.while_pending(&self.list, &self.vanished);
            write(staging.manifest("pending"), &pending.text)?;
            if let Some(found) = &self.found {
                write(staging.manifest("old"), &found.text)?;
            }
        }
        write(staging.manifest("new"), &self.wanted.text)
    }

    /// Moves the files between two manifests: the first says what is about to be moved, the second that it was.
    fn put_in_place(&self) -> Result<()> {
        if !self.list.is_empty() {
            self.move_manifest("pending")?;
        }
        for (index, change) in self.list.iter().enumerate() {
            if let Err(error) = Slot::new(self, index, change).swap() {
                self.undo(index + 1);
                return Err(error);
            }
        }
        let removed = self.list.iter().filter(|change| change.new.is_none()).map(|change| &change.path);
        self.remove_empty_folders(removed.chain(&self.vanished), self.target);
        self.move_manifest("new").inspect_err(|_| self.undo(self.list.len()))
    }

    fn move_manifest(&self, side: &str) -> Result<()> {
        let place = self.target.join(MANIFEST);
        disk::rename(&self.staging.manifest(side), &place).map_err(Error::io("write", place))
    }

    /// Takes back the first moves, and then the manifest. If one cannot be taken back, the manifest keeps saying what was
    /// about to be moved.
    fn undo(&self, moves: usize) {
        let slots = self.list.iter().enumerate().take(moves).rev();
        let failed = slots.filter(|(index, change)| Slot::new(self, *index, change).undo().is_err()).count();
        if failed > 0 || self.list.is_empty() {
            return;
        }
        let place = self.target.join(MANIFEST);
        let _ = match self.found {
            Some(_) => disk::rename(&self.staging.manifest("old"), &place),
            None => disk::remove_file(&place),
        };
    }

    /// Removes the folders of some files as far as they are empty, from the inside out, up to one that stays.
    fn remove_empty_folders<'a>(&self, paths: impl Iterator<Item = &'a String>, stays: &Path) {
        for path in paths {
            let place = self.target.join(path);
            // A folder that holds something else is no failure: it stays, and so do those around it.
            let folders = place.ancestors().skip(1).take_while(|folder| *folder != stays);
            for folder in folders {
                match disk::remove_folder(folder) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => break,
                    _ => {}
                }
            }
        }
    }
}

/// The hidden folder in the crate that holds what is about to be moved, and what was.
///
/// While a run is alive it holds a lock in there, so that the next one does not take it for one that was killed.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    /// Whether an interrupted run left it behind.
    pub(super) exists: bool,
    /// What is in it, or in its place, and was not put there by this tool.
    pub(super) foreign: Vec<String>,
}

impl Staging {
    pub(super) const NAME: &'static str = ".xtask";

    /// Looks for what an interrupted run left; another run that is still at work is an error.
    pub(super) fn find(target: &Path, shown: &Path) -> Result<Self> {
        let mut staging = Self { folder: target.join(Self::NAME), exists: false, foreign: Vec::new() };
        if let Ok(metadata) = staging.folder.symlink_metadata() {
            if metadata.is_dir() {
                staging.exists = true;
                let lock = File::open(staging.folder.join(LOCK));
                if lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock))) {
                    let shown = shown.display();
                    return Err(Error::Finding(format!(
                        "another run is writing `{shown}`; wait for its end and run again"
                    )));
                }
                let foreign = staging.names()?.into_iter().filter(|name| !is_staged(name));
                staging.foreign = foreign.map(|name| format!("{}/{name}", Self::NAME)).collect();
            } else {
                staging.foreign.push(Self::NAME.to_owned());
            }
        }
        Ok(staging)
    }

    fn names(&self) -> Result<Vec<String>> {
        let list = || -> io::Result<Vec<String>> {
            fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
        };
        list().map_err(Error::io("list", &self.folder))
    }

    /// Makes it. Where two runs meet, one of them fails here.
    fn create(&self) -> Result<()> {
        let create = || {
            self.folder.parent().map_or(Ok(()), disk::create_folders)?;
            disk::create_folder(&self.folder)
        };
        create().map_err(Error::io("create", &self.folder))
    }

    /// Says that this run is alive, until the file is closed, which the end of the program does at the latest.
    fn lock(&self) -> Result<File> {
        let path = self.folder.join(LOCK);
        let file = disk::create(&path).map_err(Error::io("write", &path))?;
        // A file system without locks is no reason to write nothing.
        let _ = file.try_lock();
        Ok(file)
    }

    /// Removes it, and of what it holds that which this tool put there.
    fn clear(&self) -> Result<()> {
        if !self.folder.exists() {
            return Ok(());
        }
        for name in self.names()?.iter().filter(|name| is_staged(name)) {
            let path = self.folder.join(name);
            disk::remove_file(&path).map_err(Error::io("remove", path))?;
        }
        disk::remove_folder(&self.folder).map_err(Error::io("remove", &self.folder))
    }

    fn slot(&self, index: usize, side: &str) -> PathBuf {
        self.folder.join(format!("{index}.{side}"))
    }

    fn manifest(&self, side: &str) -> PathBuf {
        self.folder.join(format!("manifest.{side}"))
    }
}

/// Whether a run gives a file in the hidden folder this name.
fn is_staged(name: &str) -> bool {
    if name == LOCK {
        return true;
    }
    let Some((file, side)) = name.split_once('.') else { return false };
    match file {
        "manifest" => matches!(side, "new" | "old" | "pending"),
        number => matches!(side, "new" | "old") && number.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

/// A file in its place, and its new and old content in the hidden folder.
struct Slot<'a> {
    change: &'a Change<'a>,
    place: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl<'a> Slot<'a> {
    fn new(changes: &'a Changes<'a>, index: usize, change: &'a Change<'a>) -> Self {
        let staged = |side: &str| changes.staging.slot(index, side);
        Self { change, place: changes.target.join(&change.path), new: staged("new"), old: staged("old") }
    }

    /// Moves the old content out and the new content in, unless somebody else was faster.
    fn swap(&self) -> Result<()> {
        if let Some(old) = &self.change.old {
            let verb = if self.change.new.is_some() { "replace" } else { "remove" };
            disk::rename(&self.place, &self.old).map_err(Error::io(verb, &self.place))?;
            if fs::read(&self.old).map_err(Error::io("read", &self.old))? != *old {
                return Err(self.meanwhile());
            }
        }
        if self.change.new.is_some() {
            let folder = self.place.parent().map_or(Ok(()), disk::create_folders);
            folder.map_err(Error::io("write", &self.place))?;
            let taken = || self.place.symlink_metadata().is_ok_and(|there| !there.is_dir());
            if self.change.old.is_none() && taken() {
                return Err(self.meanwhile());
            }
            disk::rename(&self.new, &self.place).map_err(Error::io("write", &self.place))?;
        }
        Ok(())
    }

    fn meanwhile(&self) -> Error {
        Error::Finding(format!("`{}` was changed during the run; run again", self.place.display()))
    }

    /// Takes back as much of [`swap`](Self::swap) as was done, which the hidden folder tells.
    ///
    /// What cannot be moved back is left to the next run: every byte of it comes from the description.
    fn undo(&self) -> io::Result<()> {
        if self.old.exists() {
            disk::rename(&self.old, &self.place)
        } else if self.change.new.is_some() && !self.new.exists() {
            disk::remove_file(&self.place)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use wirecrate_codegen::File;

    use super::*;
    use crate::generate::manifest::Manifest;

    fn files(text: &str) -> [File; 3] {
        ["a.rs", "b/c.rs", "d.rs"].map(|path| File { path: path.to_owned(), text: text.to_owned() })
    }

    /// Writes a crate, compares it with another one, changes it by hand only then, and writes.
    #[track_caller]
    fn check(edited: &str) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (target, shown) = (folder.path(), Path::new("shown"));
        let apply = |files: &[File], meanwhile: &dyn Fn()| {
            let manifest = Manifest::new(BTreeMap::new(), None, Vec::new(), files);
            let changes = Changes::find(target, shown, files, &manifest).expect("a folder of ours");
            meanwhile();
            changes.apply().map(|()| manifest.text)
        };
        let manifest = apply(&files("old")[..2], &|| ()).expect("nothing is in the way");
        let error = apply(&files("new"), &|| fs::write(target.join(edited), "by hand").expect("a file"))
            .expect_err("something was changed");
        assert!(error.to_string().ends_with(" was changed during the run; run again"), "{error}");
        let read = |path: &str| fs::read_to_string(target.join(path)).expect("a file");
        assert_eq!(read(MANIFEST), manifest);
        assert_eq!(read("a.rs"), "old");
        assert_eq!(read(edited), "by hand");
        assert!(!target.join(Staging::NAME).exists());
    }

    #[test]
    fn what_is_edited_during_a_run_is_kept() {
        check("b/c.rs");
        check("d.rs");
    }
}
