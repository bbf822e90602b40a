//! Headers and parameters that cannot be sent.

use std::error::Error;
use std::fmt;

/// A header or a path parameter of the caller that cannot be sent. Contains no value that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// A text is not a valid header name.
    HeaderName,
    /// The value of this header contains a control character or one outside ASCII.
    HeaderValue(Box<str>),
    /// This header is set by the client itself.
    ReservedHeader(Box<str>),
    /// A path parameter is missing, empty, `.` or `..`, and would lead to another path.
    PathParameter,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeaderName => f.write_str("the name of a header is not a valid header name"),
            Self::HeaderValue(name) => {
                write!(f, "the value of the header `{name}` contains a character that is not visible ASCII")
            }
            Self::ReservedHeader(name) => write!(f, "the header `{name}` is set by the client"),
            Self::PathParameter => f.write_str("a path parameter is missing, empty, `.` or `..`"),
        }
    }
}

impl Error for RequestError {}
