//! The parts of a description that each operation and each callback uses: its own text, and everything that references lead
//! to.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::document::{Cursor, Document, JsonPointer, Origin, locate};
use crate::lower::operations::{Found, METHODS, all_operations};
use crate::options::{Candidate, Filter, OperationKey};
use crate::resolve::Resolved;

/// The operations of a description, and the parts that lead to each other.
pub(super) struct Reach<'d> {
    document: &'d Document,
    operations: Vec<Reached>,
    parts: Vec<Part>,
    /// The parts by origin and kind.
    indices: HashMap<(Origin, PartKind), usize>,
}

/// An operation, a webhook or a callback.
pub(super) struct Reached {
    pub(super) key: OperationKey,
    pub(super) is_selected: bool,
    /// The operation that has it, if it is a callback.
    caller: Option<OperationKey>,
    /// The part that is its own text.
    part: usize,
}

/// A part of the text that operations and other parts lead to.
struct Part {
    origin: Origin,
    kind: PartKind,
    /// The parts that lead to this one.
    users: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum PartKind {
    /// A path item without its operations, which are parts of their own.
    PathItem,
    /// An operation without its callbacks, which are parts of their own.
    Operation,
    /// The whole value.
    Value,
}

impl<'d> Reach<'d> {
    /// Finds the parts that the operations lead to.
    pub(super) fn of(resolved: &Resolved<'d>, filter: &Filter) -> Self {
        let document = resolved.document;
        let mut reach = Self { document, operations: Vec::new(), parts: Vec::new(), indices: HashMap::new() };
        for found in &all_operations(resolved) {
            reach.add(found, filter);
        }
        let mut next = 0;
        while next < reach.parts.len() {
            reach.follow(next);
            next += 1;
        }
        reach
    }

    /// The operations that use the part at an origin. An error in a callback that has no request concerns the operation.
    pub(super) fn operations_at(&self, origin: &Origin) -> Vec<&Reached> {
        let users = self.users_of(|part| part.meets(origin));
        if users.is_empty() {
            return self.users_of(|part| part.kind == PartKind::Operation && part.contains(origin));
        }
        // A callback goes with its operation.
        let keys: Vec<_> = users.iter().map(|user| &user.key).collect();
        let is_apart = |user: &&&Reached| user.caller.as_ref().is_none_or(|caller| !keys.contains(&caller));
        users.iter().filter(is_apart).copied().collect()
    }

    /// The operations that lead to some of the parts.
    fn users_of(&self, is_wanted: impl Fn(&Part) -> bool) -> Vec<&Reached> {
        let parts = self.parts.iter().enumerate();
        let mut waiting: Vec<usize> = parts.filter(|(_, part)| is_wanted(part)).map(|(index, _)| index).collect();
        let mut users: HashSet<usize> = waiting.iter().copied().collect();
        while let Some(index) = waiting.pop() {
            waiting.extend(self.parts[index].users.iter().copied().filter(|user| users.insert(*user)));
        }
        self.operations.iter().filter(|operation| users.contains(&operation.part)).collect()
    }

    fn add(&mut self, Found { root, written, operation, candidate, caller, .. }: &Found<'d>, filter: &Filter) {
        let part = self.part(operation.origin(), PartKind::Operation);
        let is_selected = filter.selects(caller.as_ref().unwrap_or(candidate)) && !filter.leaves_out(candidate);
        let (key, caller_key) = (candidate.key(), caller.as_ref().map(Candidate::key));
        self.operations.push(Reached { key, is_selected, caller: caller_key, part });
        self.lead(part, written.origin(), PartKind::PathItem);
        if caller.is_some() {
            return;
        }
        // The requirements of the root file apply unless the operation has some.
        let holder = if operation.has("security") { operation } else { root };
        for requirement in holder.array("security") {
            self.lead(part, requirement.origin(), PartKind::Value);
            for (scheme, _) in requirement.properties() {
                self.lead(part, root.origin().descend(["components", "securitySchemes", scheme]), PartKind::Value);
            }
        }
    }

    fn part(&mut self, origin: Origin, kind: PartKind) -> usize {
        *self.indices.entry((origin.clone(), kind)).or_insert_with(|| {
            self.parts.push(Part { origin, kind, users: Vec::new() });
            self.parts.len() - 1
        })
    }

    /// Records that one part leads to another.
    fn lead(&mut self, user: usize, origin: Origin, kind: PartKind) {
        let part = self.part(origin, kind);
        self.parts[part].users.push(user);
    }

    /// Finds the parts that a part leads to.
    fn follow(&mut self, index: usize) {
        let Part { origin, kind, .. } = &self.parts[index];
        let Some(part) = self.document.cursor(origin) else { return };
        let mut targets = HashSet::new();
        let apart = kind.apart();
        if *kind == PartKind::PathItem
            && let Some(target) = target(&part)
        {
            self.lead(index, target, PartKind::PathItem);
        }
        if apart.is_empty() {
            collect(self.document, &part, &mut targets);
        }
        for (_, inner) in part.properties().filter(|(key, _)| !apart.is_empty() && !apart.contains(key)) {
            collect(self.document, &inner, &mut targets);
        }
        for target in targets {
            self.lead(index, target, PartKind::Value);
        }
    }
}

impl PartKind {
    /// The keywords whose values are parts of their own.
    fn apart(self) -> &'static [&'static str] {
        match self {
            Self::PathItem => METHODS,
            Self::Operation => &["callbacks"],
            Self::Value => &[],
        }
    }
}

impl Part {
    /// Returns `true` if an error at an origin is inside the value of this part.
    fn contains(&self, origin: &Origin) -> bool {
        self.origin.file == origin.file && below(&self.origin.pointer, &origin.pointer).is_some()
    }

    /// Returns `true` if an error at an origin is inside this part or around it.
    fn meets(&self, origin: &Origin) -> bool {
        if self.origin.file != origin.file {
            return false;
        }
        let rest = below(&self.origin.pointer, &origin.pointer).map(|mut rest| rest.next());
        let is_inside = match (self.kind, rest) {
            (_, None) => false,
            (kind, Some(Some(key))) => !kind.apart().contains(&&*key),
            _ => true,
        };
        is_inside || below(&origin.pointer, &self.origin.pointer).is_some()
    }
}

/// The tokens of a pointer after those of another one; `None` if it does not start with them.
fn below<'p>(outer: &JsonPointer, inner: &'p JsonPointer) -> Option<impl Iterator<Item = Cow<'p, str>>> {
    let mut rest = inner.tokens();
    outer.tokens().all(|token| rest.next().is_some_and(|next| next == token)).then_some(rest)
}

/// The target of a reference.
fn target(holder: &Cursor<'_>) -> Option<Origin> {
    locate(holder.file(), holder.node().reference()?).ok()
}

/// Collects the targets of all references inside a value.
fn collect(document: &Document, value: &Cursor<'_>, targets: &mut HashSet<Origin>) {
    targets.extend(target(value));
    if let Some(discriminator) = value.get("discriminator") {
        targets.extend(discriminator.object("mapping").filter_map(|(_, entry)| mapped_schema(document, &entry)));
        if !discriminator.has("mapping") {
            targets.extend(derived_schemas(document, value));
        }
    }
    for inner in value.items().chain(value.properties().map(|(_, inner)| inner)) {
        collect(document, &inner, targets);
    }
}

/// The schema that an entry of a `mapping` names, as a reference or by its name.
fn mapped_schema(document: &Document, entry: &Cursor<'_>) -> Option<Origin> {
    let (file, text) = (entry.file(), entry.as_str()?);
    let named = Origin::file(file).descend(["components", "schemas", text]);
    if document.node(&named).is_some() { Some(named) } else { locate(file, text).ok() }
}

/// The schemas that build upon one with a discriminator: its alternatives if there is no `mapping`.
fn derived_schemas(document: &Document, base: &Cursor<'_>) -> Vec<Origin> {
    let Some(file) = document.files.get(&**base.file()) else { return Vec::new() };
    let (components, base) = (file.cursor().get("components"), Some(base.origin()));
    let schemas = components.into_iter().flat_map(|components| components.object("schemas"));
    let derived = schemas.filter(|(_, schema)| schema.array("allOf").any(|part| target(&part) == base));
    derived.map(|(_, schema)| schema.origin()).collect()
}
