//! Requests that the service sends to an address of the caller.

use super::{Docs, TypeId};
use crate::document::Origin;

/// What the service posts to an address of the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// Where it stands.
    pub origin: Origin,
    /// Its name in the description.
    pub name: String,
    /// Where the address comes from: `{$request.body#/notifyUrl}`; `None` where the description does not say it.
    pub expression: Option<String>,
    /// What it tells.
    pub docs: Docs,
    /// The posted value.
    pub ty: TypeId,
}

/// A kind of what the service posts: all callbacks with one body.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The name of its variant.
    pub name: String,
    /// What it tells.
    pub docs: Docs,
    /// The posted value.
    pub ty: TypeId,
    /// Paths of member names, straight through lists, that no other kind has.
    pub marks: Vec<Vec<String>>,
}
