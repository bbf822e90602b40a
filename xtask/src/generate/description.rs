//! The folder of a description; files outside it are never read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use wirecrate_codegen::{Files, Source, printable};

use super::hash::Hash;
use crate::error::{Error, Result};
use crate::read;

/// The extensions of description files.
const ENDINGS: &[&str] = &["yaml", "yml", "json"];

/// The subfolder with the overlays of a folder of descriptions.
pub(crate) const OVERLAYS: &str = "overlays";

/// A folder with descriptions and the files that they refer to.
#[derive(Debug)]
pub(crate) struct Folder {
    /// The path without symbolic links.
    real: PathBuf,
    /// The displayed path, empty for the current folder.
    shown: PathBuf,
    /// The hashes of the files that were read so far.
    hashes: RefCell<BTreeMap<String, Hash>>,
}

impl Folder {
    /// Opens a folder, with a separate displayed path.
    pub(crate) fn open(path: &Path, shown: impl Into<PathBuf>) -> Result<Self> {
        let real = path.canonicalize().map_err(Error::io("open", path))?;
        Ok(Self { real, shown: shown.into(), hashes: RefCell::default() })
    }

    /// Reads a file that the user named, and opens its folder.
    ///
    /// The user may name a symbolic link or a pipe, but references in the file may not point to one.
    pub(crate) fn with_file(path: &Path) -> Result<(Self, Source)> {
        // Read before the folder is opened, so that a missing folder is reported as a missing file.
        let (source, hash) = read_file(path)?;
        let shown = path.parent().unwrap_or(Path::new(""));
        let folder = Self::open(if shown.as_os_str().is_empty() { Path::new(".") } else { shown }, shown)?;
        folder.hashes.borrow_mut().insert(source.name.clone(), hash);
        Ok((folder, source))
    }

    /// Reads every description directly in the folder, sorted by name. Hidden files are ignored.
    pub(crate) fn descriptions(&self) -> Result<Vec<Source>> {
        let names = Self::list(&self.real).map_err(Error::io("list", &self.shown))?;
        if names.is_empty() {
            let shown = self.shown.display();
            return Err(Error::Finding(format!(
                "`{shown}` contains no description, which is a `.yaml`, `.yml` or `.json` file"
            )));
        }
        self.read_all(&names)
    }

    /// Reads every overlay in the folder `overlays`, sorted by name; the folder is optional.
    pub(crate) fn overlays(&self) -> Result<Vec<Source>> {
        match Self::list(&self.real.join(OVERLAYS)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Error::io("list", self.shown_path(OVERLAYS))(error)),
            Ok(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("{OVERLAYS}/{name}")).collect();
                self.read_all(&names)
            }
        }
    }

    /// Returns the names of the YAML and JSON files in a folder, sorted.
    fn list(folder: &Path) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = entries.collect::<io::Result<Vec<String>>>()?;
        names.retain(|name| is_entry(name));
        names.sort_unstable();
        Ok(names)
    }

    fn read_all(&self, names: &[String]) -> Result<Vec<Source>> {
        names.iter().map(|name| self.read(name).map_err(Error::io("read", self.shown_path(name)))).collect()
    }

    /// Returns the displayed path of a file.
    pub(crate) fn shown_path(&self, name: &str) -> PathBuf {
        self.shown.join(name)
    }

    /// Returns the hash of a file, which is read if it was not read yet.
    pub(super) fn hash(&self, name: &str) -> Option<Hash> {
        if !self.hashes.borrow().contains_key(name) {
            self.read(name).ok()?;
        }
        self.hashes.borrow().get(name).cloned()
    }

    /// Returns the hashes of files, by name.
    pub(super) fn hashes(&self, names: &[String]) -> BTreeMap<String, Hash> {
        names.iter().filter_map(|name| Some((name.clone(), self.hash(name)?))).collect()
    }

    /// Returns the real and the displayed path, which identify this folder.
    pub(super) fn paths(&self) -> (&Path, &Path) {
        (&self.real, &self.shown)
    }

    fn source(&self, name: &str, bytes: Vec<u8>) -> io::Result<Source> {
        let (source, hash) = source(name, &self.shown_path(name), bytes)?;
        self.hashes.borrow_mut().insert(name.to_owned(), hash);
        Ok(source)
    }
}

/// Reads a file that the user named, at any location.
pub(super) fn read_file(path: &Path) -> Result<(Source, Hash)> {
    let read = || {
        let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
        let name = name.to_str().ok_or_else(unprintable)?;
        source(name, path, read::file_or_pipe(path)?)
    };
    read().map_err(Error::io("read", path))
}

/// Returns a file and the hash of its bytes.
fn source(name: &str, shown: &Path, bytes: Vec<u8>) -> io::Result<(Source, Hash)> {
    // The name appears in comments of the emitted files, where a line break would end the comment.
    if printable(name) != name {
        return Err(unprintable());
    }
    let hash = Hash::of(&bytes);
    Ok((Source::from_bytes(name, shown.to_string_lossy(), bytes), hash))
}

impl Files for Folder {
    /// Compares real paths, so that neither `..` nor a symbolic link can leave the folder.
    fn read(&self, name: &str) -> io::Result<Source> {
        let path = self.real.join(name).canonicalize()?;
        if !path.starts_with(&self.real) {
            let outside = "it is outside the folder of the description";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, outside));
        }
        self.source(name, read::file(&path)?)
    }
}

/// Returns `true` if a file of this name in a folder of descriptions is a description.
pub(crate) fn is_entry(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    !name.starts_with('.') && ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

fn unprintable() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "its name contains unprintable characters")
}
