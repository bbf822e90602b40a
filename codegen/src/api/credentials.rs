//! Ways to authenticate.

use crate::document::Origin;

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
    /// The environment variables from which programs read the arguments of the constructor, one for each.
    pub variables: Vec<String>,
}

/// A scheme of authentication.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// A secret in the header `Authorization`.
    Key {
        /// The word before the secret, separated by a space.
        prefix: Option<String>,
    },
    /// A user name and a password (RFC 7617).
    Basic,
    /// A token (RFC 6750).
    Bearer,
}
