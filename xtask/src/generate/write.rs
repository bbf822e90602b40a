//! Applies changes, all of them or none, in such a way that a run may be killed at any point.
//!
//! New files are written to the [staging folder](super::staging) and are moved from there; the files that they replace
//! are moved there. A full disk is therefore detected before any file is changed, and a failed move is undone by moving
//! the files back. While files are moved, the manifest lists the hashes of each before and after the move, so that the
//! next run recognizes both as its own.

use std::io;
use std::iter;
use std::path::{Path, PathBuf};

use super::changes::{Change, Changes};
use super::disk;
use super::hash::Hash;
use super::manifest::{MANIFEST, Manifest};
use crate::error::{Error, Result};
use crate::{paths, read};

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
            self.remove_new_folders(known);
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
            write(staging.manifest("pending"), &self.pending_manifest().text)?;
            if let Some(found) = &self.found {
                write(staging.manifest("old"), &found.text)?;
            }
        }
        write(staging.manifest("new"), &self.wanted.text)
    }

    /// Returns the manifest while files are being moved. Includes files that were already removed, because their folders
    /// may have to be removed as well.
    fn pending_manifest(&self) -> Manifest {
        let changed = self.list.iter().map(|change| (&change.path, change.old.as_ref().map(Hash::of)));
        self.wanted.while_pending(changed.chain(self.vanished.iter().map(|path| (path, None))))
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
        self.remove_empty_folders(removed.chain(&self.vanished), |folder| self.folders.contains(folder));
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

    /// Removes the empty folders of files if a condition holds, from the innermost outwards.
    ///
    /// The paths may come from a manifest that another program wrote. So the condition must be about folders that were
    /// found in the crate, because a path may lead through a hidden folder or a symbolic link.
    fn remove_empty_folders<'a>(&self, paths: impl Iterator<Item = &'a String>, is_removable: impl Fn(&str) -> bool) {
        for path in paths {
            let parents = iter::successors(parent(path), |folder| parent(folder));
            let folders = parents.take_while(|folder| is_removable(folder)).map(|folder| self.target.join(folder));
            remove_while_empty(folders);
        }
    }

    /// Removes the folders that a failed run created, up to a folder that existed before.
    fn remove_new_folders(&self, known: &Path) {
        let added = self.list.iter().filter(|change| change.old.is_none()).map(|change| &change.path);
        self.remove_empty_folders(added, |folder| !self.folders.contains(folder));
        remove_while_empty(self.target.ancestors().take_while(|folder| *folder != known));
    }
}

/// Returns the folder of a file or a folder in the crate; `None` for the folder of the crate itself.
fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

/// Removes folders, from the innermost outwards. One with other content is kept, together with its parents.
fn remove_while_empty(folders: impl Iterator<Item = impl AsRef<Path>>) {
    for folder in folders {
        match disk::remove_folder(folder.as_ref()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => break,
            _ => {}
        }
    }
}

/// A file, and the paths of its new and old content in the staging folder.
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
            if read::file(&self.old).map_err(Error::io("read", &self.old))? != *old {
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

    /// Undoes the completed part of [`swap`](Self::swap), according to the content of the staging folder.
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
    use std::fs;

    use wirecrate_codegen::File;

    use super::*;
    use crate::generate::staging::Staging;

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
