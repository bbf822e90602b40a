//! Settings that no client can be built with.

use std::error::Error;
use std::fmt;

/// The error of a client that could not be built. Contains no text that was given.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// The base URL cannot be used.
    BaseUrl(BaseUrlError),
    /// The credentials cannot be used.
    Credentials(CredentialsError),
    /// The user agent cannot be the value of a header.
    UserAgent,
    /// The base URL is `https`, but no TLS feature is enabled and no HTTP client was given.
    NoTls,
    /// The HTTP client could not be built.
    HttpClient(Box<reqwest::Error>),
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BaseUrl(_) => "the base URL cannot be used",
            Self::Credentials(_) => "the credentials cannot be used",
            Self::UserAgent => "the user agent contains a character that no header may have",
            Self::NoTls => "https needs the feature `rustls` or `native-tls`, or an HTTP client of your own",
            Self::HttpClient(_) => "the HTTP client could not be built",
        })
    }
}

impl Error for ConfigurationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::BaseUrl(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::HttpClient(error) => Some(error),
            Self::UserAgent | Self::NoTls => None,
        }
    }
}

/// The error of a base URL that cannot be used. Does not contain the text, which may include a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// The text consists of white space and slashes.
    Empty,
    /// The text is not a URL with a host.
    Malformed,
    /// The scheme is neither `https` nor `http`.
    Scheme,
    /// Plain `http` to another machine, which would expose the credentials to the network.
    PlainHttp,
    /// The base URL has a user name or password; credentials have their own setting.
    UserInfo,
    /// The base URL has a query or a fragment.
    QueryOrFragment,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the base URL is empty",
            Self::Malformed => "the base URL is not a URL with a host",
            Self::Scheme => "the scheme of the base URL is not https",
            Self::PlainHttp => "the base URL is plain http, which is only allowed to this machine",
            Self::UserInfo => "the base URL contains a user name or password",
            Self::QueryOrFragment => "the base URL contains a query or a fragment",
        })
    }
}

impl Error for BaseUrlError {}

/// The error of credentials that cannot be used. Does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The key, the token, the user name or the password is empty.
    Empty,
    /// A key or token contains a space, a control character or a character outside ASCII, or a
    /// user name or password contains a control character.
    Invisible,
    /// The user name contains a colon, which is the separator of the password.
    ColonInUserName,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the credentials are empty",
            Self::Invisible => "the credentials contain a character that is not visible",
            Self::ColonInUserName => "the user name contains a colon",
        })
    }
}

impl Error for CredentialsError {}
