//! All operations that change the file system, so that a test can abort the program before each of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Creates a folder and its missing parents.
pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    step();
    fs::create_dir_all(path)
}

/// Creates a folder, which must not exist yet.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    step();
    fs::create_dir(path)
}

/// Creates an empty file.
pub(super) fn create(path: &Path) -> io::Result<File> {
    step();
    File::create(path)
}

/// Writes a file in two steps: creates it empty, then writes the text.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = create(path)?;
    step();
    file.write_all(text.as_bytes())
}

/// Moves a file, and atomically replaces an existing one.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step();
    fs::rename(from, to)
}

pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    step();
    fs::remove_file(path)
}

/// Removes an empty folder.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    step();
    fs::remove_dir(path)
}

#[cfg(not(test))]
fn step() {}

#[cfg(test)]
use super::crash::step;
