//! Invalid headers, parameters, and streams, and missing credentials.

use std::error::Error;
use std::fmt;

/// An error returned when a header, a parameter, or a stream of a call is invalid, or when the client lacks credentials. It does not
/// contain any values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// A header name is invalid.
    HeaderName,
    /// The value of this header contains a character other than visible ASCII and space.
    HeaderValue(Box<str>),
    /// This header is set by the client and cannot be overridden.
    ReservedHeader(Box<str>),
    /// The body has a stream that another call has used. A stream can be sent once.
    StreamUsed,
    /// A path parameter is missing, or is empty, `.`, or `..`, which would change the path.
    PathParameter,
    /// The value of this parameter contains a list or an object inside another one, which its style has no form for, or
    /// it cannot be encoded at all.
    ParameterValue(Box<str>),
    /// The client has none of the credentials that the operation requires. The text names them: each alternative, and
    /// the constructors of the credentials that it requires together.
    MissingCredentials(Box<str>),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeaderName => f.write_str("a header name is invalid"),
            Self::HeaderValue(name) => {
                write!(f, "the value of the header `{name}` contains a character other than visible ASCII and space")
            }
            Self::ReservedHeader(name) => write!(f, "the header `{name}` is set by the client"),
            Self::StreamUsed => f.write_str("the stream in the body was used by another call"),
            Self::MissingCredentials(alternatives) => {
                write!(f, "the client has no credentials for the operation, which requires {alternatives}")
            }
            Self::PathParameter => f.write_str("a path parameter is missing, empty, `.`, or `..`"),
            Self::ParameterValue(name) => {
                write!(f, "the value of the parameter `{name}` cannot be encoded in its style")
            }
        }
    }
}

impl Error for RequestError {}
