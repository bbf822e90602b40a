//! Ways to authenticate.

use crate::document::Origin;

/// A way to prove who is calling.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in the description.
    pub wire_name: String,
    /// The name of the constructor.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// How it is sent.
    pub scheme: Scheme,
    /// The environment variables that programs read the arguments of the constructor from, one for each.
    pub variables: Vec<String>,
}

/// How credentials are sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// A secret in the header `Authorization`.
    Key {
        /// The word that stands before the secret, with a space.
        prefix: Option<String>,
    },
    /// A user name and a password, as RFC 7617 has it.
    Basic,
    /// A token, as RFC 6750 has it.
    Bearer,
}
