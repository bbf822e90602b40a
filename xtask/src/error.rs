//! The error of a command that ends with exit code 1.

use std::fmt;
use std::io;
use std::path::PathBuf;

use wirecrate_codegen::Position;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// The error of a failed command.
#[derive(Debug)]
pub(crate) enum Error {
    /// An operation of the operating system failed.
    Io {
        /// The attempted operation, as in "cannot read".
        verb: &'static str,
        /// The path that the operation was applied to.
        path: PathBuf,
        /// The cause of the failure.
        source: io::Error,
    },
    /// A configuration file is invalid.
    Configuration {
        /// The displayed path of the file.
        file: String,
        /// The location of the key or the value.
        position: Position,
        /// The problem and a correction.
        message: String,
    },
    /// A problem that the command found, as a sentence.
    Finding(String),
    /// Several problems, a sentence each.
    Findings(Vec<String>),
}

impl Error {
    /// Returns a closure for `map_err` that adds the operation and the path.
    pub(crate) fn io(verb: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { verb, path, source }
    }

    /// Returns an error with these problems, if there are any.
    pub(crate) fn check(problems: Vec<String>) -> Result<()> {
        if problems.is_empty() { Ok(()) } else { Err(Self::Findings(problems)) }
    }

    /// Returns the problems, each with its causes.
    pub(crate) fn problems(&self) -> Vec<String> {
        match self {
            Self::Findings(problems) => problems.clone(),
            _ => vec![self.chain()],
        }
    }

    /// Returns the error and its causes.
    pub(crate) fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut error: &dyn std::error::Error = self;
        while let Some(source) = error.source() {
            text.push_str(": ");
            text.push_str(&source.to_string());
            error = source;
        }
        text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { verb, path, .. } => write!(f, "cannot {verb} `{}`", path.display()),
            Self::Configuration { file, position, message } => write!(f, "{file}:{position}: {message}"),
            Self::Finding(text) => f.write_str(text),
            Self::Findings(problems) => f.write_str(&problems.join("; ")),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Configuration { .. } | Self::Finding(_) | Self::Findings(_) => None,
        }
    }
}
