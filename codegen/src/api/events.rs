//! Requests that the service sends to an address of the caller.

use super::{Docs, FeatureId, TypeId};
use crate::document::Origin;

/// A request of the service to an address of the caller.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// The location in the description.
    pub origin: Origin,
    /// Its name in the description.
    pub name: String,
    /// Its `operationId`.
    pub id: Option<String>,
    /// The expression for the address, such as `{$request.body#/notifyUrl}`; `None` for webhooks.
    pub expression: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
    /// The type of the body.
    pub ty: TypeId,
}

/// An event: all callbacks with the same type of body.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The name of its variant.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The type of the body.
    pub ty: TypeId,
    /// The paths of properties that no other event has, regardless of lists. An event without paths is not distinguished
    /// from others.
    pub discriminating_paths: Vec<Vec<String>>,
    /// `true` if every event of the type has all of these properties, because they are required.
    pub has_all: bool,
    /// The list that makes it a batch, if it is one.
    pub batch: Option<Batch>,
    /// The features that it needs beyond those of all events: any of them is sufficient.
    pub features: Vec<FeatureId>,
}

/// A list that is all there is in an event, besides counts. An item that cannot be decoded does not affect the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The name of the property in JSON.
    pub property: String,
    /// The type of the items.
    pub item: TypeId,
}
