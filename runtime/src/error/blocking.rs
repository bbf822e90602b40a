//! Blocking calls without their background thread.

use std::error::Error;
use std::fmt;
use std::io;

/// An error returned when the background thread for blocking calls could not be started.
#[derive(Debug)]
pub struct BlockingError(io::Error);

impl BlockingError {
    #[cfg(feature = "blocking")]
    pub(crate) fn new(cause: io::Error) -> Self {
        Self(cause)
    }
}

impl fmt::Display for BlockingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the thread for blocking calls could not be started")
    }
}

impl Error for BlockingError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}
