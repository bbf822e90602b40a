//! Standard output and standard error; a closed pipe ends a command with an error, not with a panic.

use std::fmt::Display;
use std::io::{self, Write};

use crate::error::{Error, Result};

/// Prints a result to standard output.
pub(crate) fn print(text: impl Display) -> Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(Error::io("write", "standard output"))
}

/// Prints a note to standard error.
pub(crate) fn note(text: impl Display) {
    // If standard error is closed, the failure cannot be reported.
    let _ = writeln!(io::stderr(), "{text}");
}
