//! Invalid settings of a client.

use std::error::Error;
use std::fmt;

/// An error returned when a client cannot be built. It does not contain any of the settings.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// The base URL is invalid.
    BaseUrl(BaseUrlError),
    /// The credentials are invalid.
    Credentials(CredentialsError),
    /// The user agent is not a valid header value.
    UserAgent,
    /// The base URL is `https`, but no TLS feature is enabled and no HTTP client is set.
    NoTls,
    /// The HTTP client could not be built.
    HttpClient(Box<reqwest::Error>),
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BaseUrl(_) => "the base URL is invalid",
            Self::Credentials(_) => "the credentials are invalid",
            Self::UserAgent => "the user agent is not a valid header value",
            Self::NoTls => "`https` requires the feature `rustls` or `native-tls`, or a custom HTTP client",
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

/// An error returned when a base URL is invalid. It does not contain the URL, which may include a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// The base URL is empty, or consists of whitespace and slashes only.
    Empty,
    /// The base URL cannot be parsed or has no host.
    Malformed,
    /// The scheme is neither `https` nor `http`.
    Scheme,
    /// The scheme is `http` and the host is not the local one, which would expose the credentials to the network.
    PlainHttp,
    /// The base URL contains a user name or a password. Credentials have a setting of their own.
    UserInfo,
    /// The base URL contains a query or a fragment.
    QueryOrFragment,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the base URL is empty",
            Self::Malformed => "the base URL cannot be parsed or has no host",
            Self::Scheme => "the scheme of the base URL is neither `https` nor `http`",
            Self::PlainHttp => "plain `http` is only allowed for the local host",
            Self::UserInfo => "the base URL contains a user name or a password",
            Self::QueryOrFragment => "the base URL contains a query or a fragment",
        })
    }
}

impl Error for BaseUrlError {}

/// An error returned when credentials are invalid. It does not contain them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The key or the token is empty, or the user name and the password are.
    Empty,
    /// A key or token contains a character other than visible ASCII, or a user name or password contains a control
    /// character.
    Invisible,
    /// The user name contains a colon, which separates it from the password.
    ColonInUserName,
    /// A secret that is sent in a cookie contains `"`, `,`, `;`, or `\`.
    Delimiter,
    /// The name of a header or a cookie is invalid.
    Name,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the credentials are empty",
            Self::Invisible => "the credentials contain a character that is not visible",
            Self::ColonInUserName => "the user name contains a colon",
            Self::Delimiter => "the credentials contain a character that a cookie cannot have",
            Self::Name => "the name of a header or a cookie is invalid",
        })
    }
}

impl Error for CredentialsError {}
