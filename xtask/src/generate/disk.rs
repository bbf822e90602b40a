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

/// The environment variable with the number of the step at which the process aborts, from 1; 0 disables it.
#[cfg(test)]
pub(super) const KILLED_AT: &str = "XTASK_TEST_KILLED_AT";

/// Counts a change to the file system, and aborts the process at the requested one, without running destructors.
#[cfg(test)]
fn step() {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static KILLED: LazyLock<Option<usize>> = LazyLock::new(|| std::env::var(KILLED_AT).ok()?.parse().ok());
    static STEPS: AtomicUsize = AtomicUsize::new(0);
    if Some(STEPS.fetch_add(1, Ordering::Relaxed) + 1) == *KILLED {
        std::process::abort();
    }
}
