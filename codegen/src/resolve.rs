//! References: that each leads somewhere, to the right kind of object, and that none leads back to itself.
//!
//! Afterwards [`Resolved`] answers where a place is, and what stands there, without fail.

use std::collections::HashSet;

use serde::de::DeserializeOwned;

use crate::Diagnostics;
use crate::document::{Document, Node, Origin, locate};
use crate::grammar::Version;
use crate::load::Reference;

/// A document whose references all lead to an end.
#[derive(Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) document: &'a Document,
}

/// Checks every reference.
pub(crate) fn resolve<'a>(
    document: &'a Document,
    references: &[Reference],
    diagnostics: &mut Diagnostics,
) -> Resolved<'a> {
    for reference in references {
        check_target(document, reference, diagnostics);
    }
    for reference in references {
        check_end(document, reference, diagnostics);
    }
    Resolved { document }
}

fn check_target(document: &Document, reference: &Reference, diagnostics: &mut Diagnostics) {
    let Ok(target) = locate(&reference.holder, &reference.text) else { return };
    let Some(file) = document.files.get(&*target.file) else { return };
    if document.node(&target).is_none() {
        let nearest = nearest_sibling(document, &target);
        return diagnostics.dangling_reference(&reference.holder, &reference.text, nearest.as_deref());
    }
    // What a file without a version holds is told by its references alone.
    let Some(version) = file.root.get("openapi").and_then(Node::as_str).and_then(Version::parse) else { return };
    let found = version.object_at(target.pointer.tokens());
    if found != Some(reference.expected) {
        let name = |object| version.table(object).name;
        diagnostics.reference_to_other_kind(
            &reference.holder,
            &reference.text,
            name(reference.expected),
            found.map(name),
        );
    }
}

/// The existing name closest to the last token of a place that does not exist.
fn nearest_sibling(document: &Document, target: &Origin) -> Option<String> {
    let name = target.pointer.last()?;
    let mut parent = target.clone();
    parent.pointer.pop();
    let siblings = document.node(&parent)?.as_object()?;
    let nearest = crate::names::nearest(&name, siblings.keys().map(String::as_str))?;
    Some(parent.child(nearest).pointer.to_string())
}

/// Walks from reference to reference until something else stands there.
fn check_end(document: &Document, reference: &Reference, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::from([reference.holder.clone()]);
    let mut holder = reference.holder.clone();
    while let Some(text) = document.node(&holder).and_then(Node::reference) {
        let Ok(target) = locate(&holder, text) else { return };
        if !seen.insert(target.clone()) {
            return diagnostics.reference_cycle(&reference.holder, &reference.text);
        }
        holder = target;
    }
}

impl<'a> Resolved<'a> {
    /// The place where the references that start here end; the place itself if it holds none.
    pub(crate) fn follow(&self, origin: &Origin) -> Origin {
        let mut place = origin.clone();
        while let Some(text) = self.document.node(&place).and_then(Node::reference) {
            match locate(&place, text) {
                Ok(target) => place = target,
                Err(_) => break,
            }
        }
        place
    }

    /// The node at a place.
    pub(crate) fn node(&self, origin: &Origin) -> Option<&'a Node> {
        self.document.node(origin)
    }

    /// The object at a place, as `openapiv3` types it; what it cannot take is a finding.
    pub(crate) fn read<T: DeserializeOwned>(&self, origin: &Origin, diagnostics: &mut Diagnostics) -> Option<T> {
        match self.node(origin)?.read() {
            Ok(value) => Some(value),
            Err(error) => {
                diagnostics.unreadable_object(origin.clone(), &error.to_string());
                None
            }
        }
    }
}
