//! References: each must lead to an object of the right kind, and none may lead back to itself.
//!
//! Every `$ref` is resolved once, into a table, so that [`Resolved::follow`] is a look-up that cannot fail.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use crate::document::{Cursor, Document, File, Node, Origin, Value, locate};
use crate::grammar::Version;
use crate::load::Reference;
use crate::{Diagnostics, Severity};

/// A document with the ends of its references.
#[derive(Debug)]
pub(crate) struct Resolved<'d> {
    pub(crate) document: &'d Document,
    ends: Table<'d>,
}

/// Nodes by the nodes whose `$ref` leads to them.
type Table<'d> = HashMap<Holder<'d>, Cursor<'d>>;

/// Resolves all references and reports those that lead nowhere, to another kind of object or back to themselves.
pub(crate) fn resolve<'d>(
    document: &'d Document,
    references: &[Reference],
    diagnostics: &mut Diagnostics,
) -> Resolved<'d> {
    for reference in references {
        check_target(document, reference, diagnostics);
    }
    let targets = targets(document);
    let ends = ends(&targets);
    for reference in references {
        let Some(holder) = document.node(&reference.holder).map(Holder) else { continue };
        if targets.contains_key(&holder) && !ends.contains_key(&holder) {
            diagnostics.reference_cycle(reference.location(), &reference.text);
        }
    }
    Resolved { document, ends }
}

fn check_target(document: &Document, reference: &Reference, diagnostics: &mut Diagnostics) {
    let Reference { holder, text, expected, .. } = reference;
    let Ok(target) = locate(&holder.file, text) else { return };
    let Some(file) = document.files.get(&*target.file) else { return };
    if document.node(&target).is_none() {
        let is_shown = diagnostics.has_room(Severity::Error);
        let nearest = if is_shown { nearest_sibling(document, &target) } else { None };
        return diagnostics.dangling_reference(reference.location(), text, nearest.as_deref());
    }
    // In a file without a version, references alone give the parts their kinds.
    let Some(version) = file.root.get("openapi").and_then(Node::as_str).and_then(Version::parse) else { return };
    let found = version.object_at(target.pointer.tokens());
    if found != Some(*expected) {
        let name = |object| version.table(object).name;
        diagnostics.reference_to_other_kind(reference.location(), text, name(*expected), found.map(name));
    }
}

/// The existing name closest to the last token of an origin that does not exist.
fn nearest_sibling(document: &Document, target: &Origin) -> Option<String> {
    let name = target.pointer.last()?;
    let mut parent = target.clone();
    parent.pointer.pop();
    let siblings = document.node(&parent)?.as_object()?;
    let nearest = crate::names::nearest(&name, siblings.keys().map(String::as_str))?;
    Some(parent.child(nearest).pointer.to_string())
}

/// The nodes that references name, which may be references themselves.
fn targets(document: &Document) -> Table<'_> {
    let mut targets = Table::new();
    for file in document.files.values() {
        let mut finder = Finder { document, file, known: HashMap::new(), targets: &mut targets };
        finder.visit(&file.root);
    }
    targets
}

/// The nodes where chains of references end; a chain without end has no entry.
fn ends<'d>(targets: &Table<'d>) -> Table<'d> {
    // `None` for a chain that is being followed, and for one without end.
    let mut ends: HashMap<Holder<'d>, Option<Cursor<'d>>> = HashMap::new();
    for (holder, target) in targets {
        let (mut chain, mut next) = (Vec::new(), (*holder, target));
        let end = loop {
            if let Some(known) = ends.get(&next.0) {
                break known.clone();
            }
            ends.insert(next.0, None);
            chain.push(next.0);
            let holder = Holder(next.1.node());
            let Some(target) = targets.get(&holder) else { break Some(next.1.clone()) };
            next = (holder, target);
        };
        ends.extend(chain.into_iter().map(|holder| (holder, end.clone())));
    }
    ends.into_iter().filter_map(|(holder, end)| Some((holder, end?))).collect()
}

/// Finds the references of a file.
struct Finder<'a, 'd> {
    document: &'d Document,
    file: &'d File,
    /// The targets by the texts of the references seen before.
    known: HashMap<&'d str, Option<Cursor<'d>>>,
    targets: &'a mut Table<'d>,
}

impl<'d> Finder<'_, 'd> {
    fn visit(&mut self, node: &'d Node) {
        match &node.value {
            Value::Array(items) => items.iter().for_each(|item| self.visit(item)),
            Value::Object(object) => {
                if let Some(target) = node.reference().and_then(|text| self.target(text)) {
                    self.targets.insert(Holder(node), target);
                }
                object.values().for_each(|property| self.visit(&property.node));
            }
            _ => {}
        }
    }

    fn target(&mut self, text: &'d str) -> Option<Cursor<'d>> {
        let find = || self.document.cursor(&locate(&self.file.name, text).ok()?);
        self.known.entry(text).or_insert_with(find).clone()
    }
}

/// A node with a `$ref`, compared by identity.
#[derive(Debug, Clone, Copy)]
struct Holder<'d>(&'d Node);

impl PartialEq for Holder<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Holder<'_> {}

impl Hash for Holder<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.0, state);
    }
}

impl<'d> Resolved<'d> {
    /// Resolves the references of a document without reporting any.
    pub(crate) fn of(document: &'d Document) -> Self {
        Self { document, ends: ends(&targets(document)) }
    }

    /// The node where the references of a node end; the node itself if it is not a reference.
    pub(crate) fn follow(&self, node: &Cursor<'d>) -> Cursor<'d> {
        self.ends.get(&Holder(node.node())).unwrap_or(node).clone()
    }

    /// A cursor to the node at an origin.
    pub(crate) fn cursor(&self, origin: &Origin) -> Option<Cursor<'d>> {
        self.document.cursor(origin)
    }

    /// The value of a property, behind its references.
    pub(crate) fn get(&self, object: &Cursor<'d>, key: &str) -> Option<Cursor<'d>> {
        Some(self.follow(&object.get(key)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::parse::parse_yaml;

    const TEXT: &str = "
end: {type: string}
near: {$ref: '#/end'}
far: {$ref: '#/near'}
loop: {$ref: '#/pool'}
pool: {$ref: '#/loop'}
none: {$ref: '#/missing'}
";

    #[track_caller]
    fn check(from: &str, expected: &str) {
        let source = Source::new("a.yaml", TEXT);
        let root = parse_yaml(&source, 0, &mut Diagnostics::new()).expect("the text is YAML");
        let mut document = Document::default();
        document.files.insert(source.name.clone(), File::new(source, root));
        let resolved = Resolved::of(&document);
        let start = document.roots().next().and_then(|root| root.get(from)).expect("the property exists");
        assert_eq!(resolved.follow(&start).name(), Some(expected));
    }

    #[test]
    fn references_are_followed_to_their_end() {
        check("end", "end");
        check("near", "end");
        check("far", "end");
    }

    #[test]
    fn references_without_end_lead_nowhere() {
        check("loop", "loop");
        check("none", "none");
    }
}
