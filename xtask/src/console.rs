//! Standard output and standard error; a closed pipe ends a command with an error, not with a panic.
//!
//! Control characters are escaped here whatever the text is. Its parts that must stay on one line are made
//! [`printable`] where they are put together.

use std::fmt::Display;
use std::io::{self, Write};

use wirecrate_codegen::{printable, printable_json, printable_lines};

use crate::error::{Error, Result};

/// Prints a text of one or several lines to standard output.
pub(crate) fn print(text: impl Display) -> Result<()> {
    print_safe(&printable_lines(&text.to_string()))
}

/// Prints a JSON value to standard output.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<()> {
    print_safe(&printable_json(&value.to_string()))
}

fn print_safe(text: &str) -> Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}").and_then(|()| output.flush()).map_err(Error::io("write", "standard output"))
}

/// Prints a line to standard error.
pub(crate) fn note(line: impl Display) {
    note_safe(&printable(&line.to_string()));
}

/// Prints a text of several lines to standard error.
pub(crate) fn report(text: impl Display) {
    note_safe(&printable_lines(&text.to_string()));
}

fn note_safe(text: &str) {
    // If standard error is closed, the failure cannot be reported.
    let _ = writeln!(io::stderr(), "{text}");
}
