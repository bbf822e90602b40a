//! Every change that a run makes to the file system, so that a test can end the program before each of them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Makes a folder and those around it.
pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    step();
    fs::create_dir_all(path)
}

/// Makes a folder that is not there yet.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    step();
    fs::create_dir(path)
}

/// Makes an empty file.
pub(super) fn create(path: &Path) -> io::Result<File> {
    step();
    File::create(path)
}

/// Writes a file: first it is empty, then it holds the text.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = create(path)?;
    step();
    file.write_all(text.as_bytes())
}

/// Moves a file; one that stands there already is replaced, and there is no moment without either.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step();
    fs::rename(from, to)
}

pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    step();
    fs::remove_file(path)
}

/// Removes a folder that is empty.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    step();
    fs::remove_dir(path)
}

#[cfg(not(test))]
fn step() {}

#[cfg(test)]
use super::crash::step;
