//! The staging folder of a run: a hidden folder in the crate, and so in the same file system.

use std::fs::{self, DirEntry, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::disk;
use crate::error::{Error, Result};

/// The file in the folder that is locked during a run.
const LOCK: &str = "lock";

/// The folder for the new and the old content of files that are moved.
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
                if staging.is_locked() {
                    let shown = shown.display();
                    return Err(Error::Finding(format!(
                        "another run is writing `{shown}`; wait until it has finished and run again"
                    )));
                }
                let foreign = staging.entries()?.into_iter().filter(|(_, is_ours)| !is_ours);
                staging.foreign = foreign.map(|(name, _)| format!("{}/{name}", Self::NAME)).collect();
            } else {
                staging.foreign.push(Self::NAME.to_owned());
            }
        }
        Ok(staging)
    }

    /// Returns `true` if another run holds the lock.
    fn is_locked(&self) -> bool {
        let path = self.folder.join(LOCK);
        // Opening a pipe may never end.
        let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let lock = is_file.then(|| File::open(path).ok()).flatten();
        lock.is_some_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// Returns the names of the entries, each with `true` if it is a file that a run wrote.
    fn entries(&self) -> Result<Vec<(String, bool)>> {
        let inspect = |entry: io::Result<DirEntry>| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_ours = is_staged(&name) && entry.file_type()?.is_file();
            Ok((name, is_ours))
        };
        let list = || fs::read_dir(&self.folder)?.map(inspect).collect::<io::Result<_>>();
        list().map_err(Error::io("list", &self.folder))
    }

    /// Creates the folder. Fails if another run creates it at the same time.
    pub(super) fn create(&self) -> Result<()> {
        let create = || {
            self.folder.parent().map_or(Ok(()), disk::create_folders)?;
            disk::create_folder(&self.folder)
        };
        create().map_err(Error::io("create", &self.folder))
    }

    /// Locks the folder until the file is closed, at the latest by the end of the program.
    pub(super) fn lock(&self) -> Result<File> {
        let path = self.folder.join(LOCK);
        let file = disk::create(&path).map_err(Error::io("write", &path))?;
        // A file system without support for locks is not an error.
        let _ = file.try_lock();
        Ok(file)
    }

    /// Removes the folder and the files in it that this tool wrote.
    pub(super) fn clear(&self) -> Result<()> {
        if !self.folder.exists() {
            return Ok(());
        }
        for (name, _) in self.entries()?.into_iter().filter(|(_, is_ours)| *is_ours) {
            let path = self.folder.join(name);
            disk::remove_file(&path).map_err(Error::io("remove", path))?;
        }
        disk::remove_folder(&self.folder).map_err(Error::io("remove", &self.folder))
    }

    pub(super) fn slot(&self, index: usize, side: &str) -> PathBuf {
        self.folder.join(format!("{index}.{side}"))
    }

    pub(super) fn manifest(&self, side: &str) -> PathBuf {
        self.folder.join(format!("manifest.{side}"))
    }
}

/// Returns `true` if this is the name of a file that a run writes to the folder.
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
