//! The files that a description refers to.

use super::Source;

/// The folder of a description, with the files that references name.
pub trait Files {
    /// Reads a file by its path relative to the folder, with `/`. The path stays within the folder.
    ///
    /// # Errors
    ///
    /// Fails if the file does not exist or cannot be read; the error becomes part of a diagnostic.
    fn read(&self, name: &str) -> std::io::Result<Source>;
}

/// A description without other files.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _name: &str) -> std::io::Result<Source> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}
