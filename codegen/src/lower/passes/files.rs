//! The files of types and methods.
//!
//! Types have a file for each request, response, error body and callback, and one for those that several of them use;
//! methods have one for each tag.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::{Group, Module, TypeId};
use crate::lower::draft::{Draft, DraftOperation};
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;
use crate::names::{self, Casing};

/// The module of types that several others use.
const SHARED: &str = "shared";

/// The number of methods that one file holds well.
const FEW: usize = 12;

/// Splits the types: a type that only one root reaches belongs to the module of that root.
pub(crate) fn modules(draft: &Draft, directions: &Directions, type_names: &TypeNames, casing: &Casing) -> Vec<Module> {
    let types = &draft.types;
    let roots = draft.roots();
    let reached: Vec<Vec<TypeId>> = roots.iter().map(|root| types.reachable([*root])).collect();
    let mut users = types.table(|_| 0_usize);
    for id in reached.iter().flatten() {
        users[*id] += 1;
    }
    let mut modules = Vec::new();
    let mut taken = HashSet::from([SHARED, "required", "models", "builders"].map(str::to_owned));
    for (root, reached) in roots.iter().zip(&reached) {
        let types: Vec<_> = reached.iter().copied().filter(|id| users[*id] == 1).collect();
        if !types.is_empty() {
            let name = module_name(casing, &type_names[*root], &mut taken);
            modules.push(Module { name, docs: module_docs(draft, directions, type_names, *root), types });
        }
    }
    let shared: Vec<_> = types.reachable(roots).into_iter().filter(|id| users[*id] > 1).collect();
    if !shared.is_empty() {
        let docs = "Types that several requests, responses, or events share.".to_owned();
        modules.push(Module { name: SHARED.to_owned(), docs, types: shared });
    }
    modules
}

/// The name of a file; two types may differ only in their case, which some file systems ignore.
fn module_name(casing: &Casing, type_name: &str, taken: &mut HashSet<String>) -> String {
    let mut name = casing.snake_name(type_name);
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

fn module_docs(draft: &Draft, directions: &Directions, type_names: &TypeNames, root: TypeId) -> String {
    let name = format!("[`{0}`](crate::models::{0})", &type_names[root]);
    if directions[root].sent {
        format!("Types in requests: {name} and the types that it contains.")
    } else if draft.callbacks.iter().any(|callback| callback.ty == root) {
        format!("Types in requests to your webhook URL: {name} and the types that it contains.")
    } else if draft.error_bodies.contains(&root) {
        format!("Types in error responses: {name} and the types that it contains.")
    } else {
        format!("Types in responses: {name} and the types that it contains.")
    }
}

/// Groups operations by the first tag that not all of them have.
pub(crate) fn groups(operations: &[DraftOperation], casing: &Casing) -> Vec<Group> {
    if operations.len() <= FEW {
        return Vec::new();
    }
    let is_common = |tag: &String| operations.iter().all(|operation| operation.tags.contains(tag));
    let mut groups: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, operation) in operations.iter().enumerate() {
        if let Some(tag) = operation.tags.iter().find(|tag| !is_common(tag)) {
            groups.entry(tag).or_default().push(index);
        }
    }
    let mut taken: HashSet<String> = HashSet::new();
    let groups = groups.into_iter().map(|(tag, operations)| {
        let name = names::free(&casing.snake_name(tag), |name| !taken.contains(name));
        taken.insert(name.clone());
        Group { name, tag: tag.to_owned(), operations }
    });
    groups.collect()
}
