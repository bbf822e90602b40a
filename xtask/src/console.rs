//! Standard output and standard error; a closed pipe ends a command with an error, not with a panic.

use std::fmt::Display;
use std::io::{self, Write};

use crate::error::{Error, Result};

/// Puts a result on standard output.
pub(crate) fn print(text: impl Display) -> Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(Error::io("write", "standard output"))
}

/// Puts a remark on standard error.
pub(crate) fn note(text: impl Display) {
    // Where nobody listens there is nobody to tell that nobody listens.
    let _ = writeln!(io::stderr(), "{text}");
}
