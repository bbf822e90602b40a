//! Reading of files, of limited size: the size is known before the content is read.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use wirecrate_codegen::{Defect, Source};

/// Reads a regular file. Anything else is an error, because reading a pipe or a device may never end.
pub(crate) fn file(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    file_or_pipe(path)
}

/// Reads a file or a pipe that the user named.
pub(crate) fn file_or_pipe(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    check_size(metadata.len())?;
    let mut content = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    check_size(content.len() as u64)?;
    Ok(content)
}

/// Fails if a file of this size is too large to be read.
pub(crate) fn check_size(bytes: u64) -> io::Result<()> {
    if bytes > MAX_BYTES {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, Defect::TooLarge.to_string()))
    } else {
        Ok(())
    }
}

const MAX_BYTES: u64 = Source::MAX_BYTES as u64;
