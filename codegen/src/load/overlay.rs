//! Overlays (Overlay Specification 1.0 and 1.1): patches of a description in separate files.
//!
//! Overlays change the trees of the root files before any keyword is checked, so that all later stages read the patched
//! description. Values that an overlay adds keep their ranges of text in the overlay.

mod action;
mod merge;
mod query;
mod read;
mod scope;

use query::Query;

use crate::Diagnostics;
use crate::document::{Document, Location, Node, Origin, Source};

/// A valid overlay.
#[derive(Debug)]
struct Overlay {
    /// The document that the overlay is for.
    extends: Option<Extends>,
    /// The actions, in order.
    actions: Vec<Action>,
}

/// The text of `extends` and its location.
#[derive(Debug)]
struct Extends {
    text: String,
    location: Location,
}

/// One change of every node that the target selects.
#[derive(Debug)]
struct Action {
    target: Query,
    change: Change,
}

/// A change of a target.
#[derive(Debug)]
enum Change {
    /// No change; the target must exist nevertheless.
    Nothing,
    /// Removes the target from its object or list.
    Remove,
    /// Merges a value of the overlay into the target.
    Update(Node, Origin),
    /// Merges a value of the description into the target.
    Copy(Query),
}

/// Patches the root files with each overlay, in order.
///
/// All overlays are read before the first is applied. A failed action does not prevent the following ones, so that one run
/// reports every action that no longer applies.
pub(crate) fn patch(document: &mut Document, sources: Vec<Source>, diagnostics: &mut Diagnostics) {
    let mut overlays = Vec::new();
    for source in sources {
        let index = u32::try_from(document.overlays.len() + 1).expect("there are fewer than four billion overlays");
        overlays.extend(read::read(&source, index, diagnostics));
        document.overlays.push(source);
    }
    if diagnostics.has_errors() {
        return;
    }
    let mut patcher = action::Patcher::new(document, diagnostics);
    let changed_files = overlays.iter().map(|overlay| patcher.apply(overlay)).collect();
    document.patched = changed_files;
}

#[cfg(test)]
mod tests;
