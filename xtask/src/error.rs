//! Why a command ends with exit code 1.

use std::fmt;
use std::io;
use std::path::PathBuf;

use wirecrate_codegen::Position;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Error {
    /// The operating system refused something.
    Io {
        /// What was tried, as in "cannot read".
        verb: &'static str,
        /// What it was tried on.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// A configuration file is wrong.
    Configuration {
        /// The file, as it is shown.
        file: String,
        /// The location of the key or the value.
        position: Position,
        /// The problem, and what to write instead.
        message: String,
    },
    /// The command ran and this is what it found, in a sentence.
    Finding(String),
}

impl Error {
    /// For `map_err`: names the verb and the path.
    pub(crate) fn io(verb: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { verb, path, source }
    }

    /// The error and what caused it, on one line.
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
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Configuration { .. } | Self::Finding(_) => None,
        }
    }
}
