//! Applies changes, all of them or none, in such a way that a run may be killed at any point.
//!
//! New files are written to a hidden folder in the crate, in the same file system, and are moved from there; the files
//! that they replace are moved there. A full disk is therefore detected before any file is changed, and a failed move
//! is undone by moving the files back. While files are moved, the manifest lists the hashes of each before and after
//! the move, so that the next run recognizes both as its own.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::changes::{Change, Changes};
use super::disk;
use super::manifest::MANIFEST;
use crate::error::{Error, Result};
use crate::paths;

/// The file in the hidden folder that is locked during a run.
const LOCK: &str = "lock";

impl Changes<'_> {
    /// Brings the folder up to date, and removes the remains of an interrupted run. Unchanged files are not
    /// written.
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

    /// Writes all files that are to be moved.
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

    /// Moves the files, after a manifest that lists them as pending, and before the final manifest.
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

    /// Undoes the first moves, and then the change of the manifest. If a move cannot be undone, the manifest with the
    /// pending files stays.
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

    /// Removes the empty folders of files, from the innermost outwards, up to a folder that is kept.
    fn remove_empty_folders<'a>(&self, paths: impl Iterator<Item = &'a String>, kept: &Path) {
        for path in paths {
            let place = self.target.join(path);
            // A folder with other content is not an error: it is kept, together with its parents.
            let folders = place.ancestors().skip(1).take_while(|folder| *folder != kept);
            for folder in folders {
                match disk::remove_folder(folder) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => break,
                    _ => {}
                }
            }
        }
    }
}

/// The hidden folder in the crate for the new and the old content of files that are moved.
///
/// A run holds a lock on a file in it, so that another run can distinguish it from a killed one.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    /// `true` if an interrupted run left the folder behind.
    pub(super) exists: bool,
    /// Files in the folder, or at its path, that this tool did not write.
    pub(super) foreign: Vec<String>,
}

impl Staging {
    pub(super) const NAME: &'static str = ".xtask";

    /// Finds the remains of an interrupted run. Fails if another run is in progress.
    pub(super) fn find(target: &Path, shown: &Path) -> Result<Self> {
        let mut staging = Self { folder: target.join(Self::NAME), exists: false, foreign: Vec::new() };
        if let Ok(metadata) = staging.folder.symlink_metadata() {
            if metadata.is_dir() {
                staging.exists = true;
                let lock = File::open(staging.folder.join(LOCK));
                if lock.is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock))) {
                    let shown = shown.display();
                    return Err(Error::Finding(format!(
                        "another run is writing `{shown}`; wait until it has finished and run again"
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

    /// Creates the folder. Fails if another run creates it at the same time.
    fn create(&self) -> Result<()> {
        let create = || {
            self.folder.parent().map_or(Ok(()), disk::create_folders)?;
            disk::create_folder(&self.folder)
        };
        create().map_err(Error::io("create", &self.folder))
    }

    /// Locks the folder until the file is closed, at the latest by the end of the program.
    fn lock(&self) -> Result<File> {
        let path = self.folder.join(LOCK);
        let file = disk::create(&path).map_err(Error::io("write", &path))?;
        // A file system without support for locks is not an error.
        let _ = file.try_lock();
        Ok(file)
    }

    /// Removes the folder and the files in it that this tool wrote.
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

/// Returns `true` if this is the name of a file that a run writes to the hidden folder.
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

/// A file, and the paths of its new and old content in the hidden folder.
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

    /// Moves the old content out and the new content in, unless the file was changed in the meantime.
    fn swap(&self) -> Result<()> {
        if let Some(old) = &self.change.old {
            let verb = if self.change.new.is_some() { "replace" } else { "remove" };
            disk::rename(&self.place, &self.old).map_err(Error::io(verb, &self.place))?;
            if fs::read(&self.old).map_err(Error::io("read", &self.old))? != *old {
                return Err(self.changed_meanwhile());
            }
        }
        if self.change.new.is_some() {
            let folder = self.place.parent().map_or(Ok(()), disk::create_folders);
            folder.map_err(Error::io("write", &self.place))?;
            let taken = || self.place.symlink_metadata().is_ok_and(|there| !there.is_dir());
            if self.change.old.is_none() && taken() {
                return Err(self.changed_meanwhile());
            }
            disk::rename(&self.new, &self.place).map_err(Error::io("write", &self.place))?;
        }
        Ok(())
    }

    fn changed_meanwhile(&self) -> Error {
        Error::Finding(format!("`{}` was changed during the run; run again", self.place.display()))
    }

    /// Undoes the completed part of [`swap`](Self::swap), according to the content of the hidden folder.
    ///
    /// A file that cannot be moved back is restored by the next run, because it can be generated again.
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

    /// Writes a crate, compares it with a new version, edits a file, and then applies the changes, which must fail.
    #[track_caller]
    fn check(edited: &str) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (target, shown) = (folder.path(), Path::new("shown"));
        let apply = |files: &[File], meanwhile: &dyn Fn()| {
            let manifest = Manifest::new(BTreeMap::new(), None, Vec::new(), files);
            let changes = Changes::find(target, shown, files, &manifest).expect("the folder can be compared");
            meanwhile();
            changes.apply().map(|()| manifest.text)
        };
        let manifest = apply(&files("old")[..2], &|| ()).expect("the folder is empty");
        let error = apply(&files("new"), &|| fs::write(target.join(edited), "by hand").expect("a file"))
            .expect_err("a file was changed");
        assert!(error.to_string().ends_with(" was changed during the run; run again"), "{error}");
        let read = |path: &str| fs::read_to_string(target.join(path)).expect("a file");
        assert_eq!(read(MANIFEST), manifest);
        assert_eq!(read("a.rs"), "old");
        assert_eq!(read(edited), "by hand");
        assert!(!target.join(Staging::NAME).exists());
    }

    #[test]
    fn an_edit_during_a_run_is_kept() {
        check("b/c.rs");
        check("d.rs");
    }
}
