//! The files of a crate on disk, without those that the generator ignores.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::manifest::MANIFEST;
use crate::error::{Error, Result};

/// An entry of a folder.
#[derive(Debug)]
pub(super) struct Entry {
    /// The path relative to the folder, with `/`.
    pub(super) path: String,
    /// The full path.
    pub(super) place: PathBuf,
    pub(super) kind: Kind,
}

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A folder, whose entries follow.
    Folder,
    /// A symbolic link, a pipe, or a device.
    Other,
}

/// Visits the entries of a folder and its subfolders, sorted by name, until the visitor breaks; does nothing if the folder
/// does not exist.
///
/// Hidden files, `Cargo.lock`, `target/` and the manifest are skipped.
pub(super) fn visit(
    target: &Path,
    mut visitor: impl FnMut(Entry) -> Result<ControlFlow<()>>,
) -> Result<ControlFlow<()>> {
    match target.symlink_metadata() {
        Ok(_) => visit_folder(target, "", &mut visitor),
        Err(_) => Ok(ControlFlow::Continue(())),
    }
}

fn visit_folder(
    target: &Path,
    path: &str,
    visitor: &mut impl FnMut(Entry) -> Result<ControlFlow<()>>,
) -> Result<ControlFlow<()>> {
    let folder = target.join(path);
    let read = || fs::read_dir(&folder)?.collect::<io::Result<Vec<_>>>();
    let mut entries = read().map_err(Error::io("list", &folder))?;
    entries.sort_unstable_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let top = path.is_empty();
        if name.starts_with('.') || top && matches!(name.as_str(), "Cargo.lock" | "target" | MANIFEST) {
            continue;
        }
        let path = if top { name } else { format!("{path}/{name}") };
        let kind = entry.file_type().map_err(Error::io("inspect", entry.path()))?.into();
        let mut flow = visitor(Entry { path: path.clone(), place: entry.path(), kind })?;
        if flow.is_continue() && kind == Kind::Folder {
            flow = visit_folder(target, &path, visitor)?;
        }
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

impl From<fs::FileType> for Kind {
    fn from(found: fs::FileType) -> Self {
        if found.is_dir() {
            Self::Folder
        } else if found.is_file() {
            Self::File
        } else {
            Self::Other
        }
    }
}
