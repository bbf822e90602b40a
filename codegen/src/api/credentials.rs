//! Ways to authenticate.

use super::Slot;
use crate::document::Origin;

/// The header of most secrets.
pub(crate) const AUTHORIZATION: &str = "Authorization";

/// A way to authenticate.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// The location in the description.
    pub origin: Origin,
    /// Its name in the description.
    pub wire_name: String,
    /// The name of the constructor.
    pub name: String,
    /// Its documentation.
    pub description: Option<String>,
    /// The scheme by which it is sent.
    pub scheme: Scheme,
    /// The URLs and scopes of its OAuth flows, each with its keyword, such as `clientCredentials.tokenUrl`. They are not emitted.
    pub flows: Vec<(String, String)>,
    /// The slot of a credential that every operation requires beside others.
    pub slot: Option<Slot>,
    /// The environment variables from which programs read the arguments of the constructor, one for each.
    pub variables: Vec<String>,
}

/// A scheme of authentication.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// A secret in a header.
    Header {
        /// The name of the header; `Authorization` in this spelling.
        name: String,
        /// The word before the secret, separated by a space; only in `Authorization`.
        prefix: Option<String>,
    },
    /// A secret in the query.
    Query {
        /// The name of the parameter.
        name: String,
    },
    /// A secret in a cookie.
    Cookie {
        /// The name of the cookie.
        name: String,
    },
    /// A user name and a password (RFC 7617).
    Basic,
    /// A token (RFC 6750).
    Bearer,
    /// Another HTTP authentication scheme (RFC 9110).
    Http {
        /// The word at the start of the `Authorization` header.
        scheme: String,
    },
}

impl Scheme {
    /// The part of the request that the secret is: its kind, and its name in the spelling in which names are compared.
    pub(crate) fn slot(&self) -> (&'static str, String) {
        match self {
            Self::Header { name, .. } if name != AUTHORIZATION => ("header", name.to_ascii_lowercase()),
            Self::Query { name } => ("query", name.clone()),
            Self::Cookie { name } => ("cookie", name.clone()),
            Self::Header { .. } | Self::Basic | Self::Bearer | Self::Http { .. } => {
                ("header", AUTHORIZATION.to_owned())
            }
        }
    }

    /// The word before the secret. That of an HTTP scheme is not case-sensitive.
    fn word(&self) -> Option<String> {
        match self {
            Self::Header { prefix, .. } => prefix.clone(),
            Self::Query { .. } | Self::Cookie { .. } => None,
            Self::Basic => Some("Basic".to_owned()),
            Self::Bearer => Some("Bearer".to_owned()),
            Self::Http { scheme } => Some(scheme.to_ascii_lowercase()),
        }
    }

    /// Returns `true` if both send the same arguments in the same form.
    pub(crate) fn sends_like(&self, other: &Self) -> bool {
        let is_same_pair = (*self == Self::Basic) == (*other == Self::Basic);
        is_same_pair && self.slot() == other.slot() && self.word() == other.word()
    }
}

/// Credentials that a request needs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// The credentials; none if the client sends none.
    pub credentials: Vec<RequiredCredential>,
    /// `true` if the service asks the HTTP client for a certificate as well.
    pub certificate: bool,
}

impl SecurityRequirement {
    /// The names of the credentials.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.credentials.iter().map(|credential| &*credential.name).collect()
    }
}

/// A credential in a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredCredential {
    /// The name of the [`Credential`].
    pub name: String,
    /// The scopes that an OAuth token must have, sorted. They are not emitted.
    pub scopes: Vec<String>,
}
