//! Invalid headers and path parameters.

use std::error::Error;
use std::fmt;

/// An error returned when a header or a path parameter of a call is invalid. It does not contain any values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// A header name is invalid.
    HeaderName,
    /// The value of this header contains a character other than visible ASCII and space.
    HeaderValue(Box<str>),
    /// This header is set by the client and cannot be overridden.
    ReservedHeader(Box<str>),
    /// A path parameter is missing, or is empty, `.`, or `..`, which would change the path.
    PathParameter,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeaderName => f.write_str("a header name is invalid"),
            Self::HeaderValue(name) => {
                write!(f, "the value of the header `{name}` contains a character other than visible ASCII and space")
            }
            Self::ReservedHeader(name) => write!(f, "the header `{name}` is set by the client"),
            Self::PathParameter => f.write_str("a path parameter is missing, empty, `.`, or `..`"),
        }
    }
}

impl Error for RequestError {}
