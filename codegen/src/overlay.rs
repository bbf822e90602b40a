//! Overlays (Overlay Specification 1.0 and 1.1): patches of a description, in files of their own.
//!
//! They change the trees of the files that were asked for before a keyword is looked at, so that everything behind sees
//! the patched description. What they put there keeps its place in the overlay. What the result means is for others.

mod action;
mod merge;
mod query;
mod read;
mod scope;

use query::Query;

use crate::Diagnostics;
use crate::document::{Document, Location, Node, Origin, Source};

/// An overlay that was read and is sound by itself.
#[derive(Debug)]
struct Overlay {
    /// The document that it was written for, as it says.
    extends: Option<Extends>,
    /// What to do, in this order.
    actions: Vec<Action>,
}

/// The text of `extends`, and where it stands.
#[derive(Debug)]
struct Extends {
    text: String,
    location: Location,
}

/// One change, at every place that its target selects.
#[derive(Debug)]
struct Action {
    target: Query,
    change: Change,
}

/// What an action does with a target.
#[derive(Debug)]
enum Change {
    /// Nothing; the target has to be there all the same.
    Nothing,
    /// Takes it out of the object or the list that it is in.
    Remove,
    /// Merges a value of the overlay into it.
    Update(Node, Origin),
    /// Merges a value of the description into it.
    Copy(Query),
}

/// Patches the files that were asked for with each overlay, in order.
///
/// All overlays are read before one is applied. An action that fails does not stop those behind it, so that one run
/// shows every patch that does not fit any more.
pub(crate) fn patch(document: &mut Document, sources: Vec<Source>, diagnostics: &mut Diagnostics) {
    let mut overlays = Vec::new();
    for source in sources {
        let index =
            u32::try_from(document.overlays.len() + 1).expect("there are fewer overlays than bytes in one text");
        overlays.extend(read::read(&source, index, diagnostics));
        document.overlays.push(source);
    }
    if diagnostics.has_errors() {
        return;
    }
    let mut patcher = action::Patcher::new(document, diagnostics);
    for overlay in &overlays {
        patcher.apply(overlay);
    }
}

#[cfg(test)]
mod tests;
