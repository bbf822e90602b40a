//! Access to the files that a description refers to.

use super::Source;

/// The folder of a description, from which referenced files are read.
pub trait Files {
    /// Reads the file at a path relative to the folder. The path uses `/` as the separator and does not leave the
    /// folder.
    ///
    /// # Errors
    ///
    /// Returns an error if the file does not exist or cannot be read. The error becomes part of a finding.
    fn read(&self, name: &str) -> std::io::Result<Source>;
}

/// A folder without any other files.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _name: &str) -> std::io::Result<Source> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}
