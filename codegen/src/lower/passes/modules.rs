//! The files that types stand in: one for each request, response, error body and callback, one for what they share.

use std::collections::HashSet;

use crate::api::{Module, TypeId};
use crate::lower::draft::Draft;
use crate::lower::passes::directions::Directions;
use crate::lower::passes::names::TypeNames;
use crate::names;

/// The module of types that several others use.
const SHARED: &str = "shared";

/// Splits the types: a type that only one root reaches belongs to the module of that root.
pub(crate) fn modules(draft: &Draft, directions: &Directions, type_names: &TypeNames) -> Vec<Module> {
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
            let name = module_name(&type_names[*root], &mut taken);
            modules.push(Module { name, docs: module_docs(draft, directions, type_names, *root), types });
        }
    }
    let shared: Vec<_> = types.reachable(roots).into_iter().filter(|id| users[*id] > 1).collect();
    if !shared.is_empty() {
        let docs = "Parts that several requests, replies or reports have in common.".to_owned();
        modules.push(Module { name: SHARED.to_owned(), docs, types: shared });
    }
    modules
}

/// The name of a file; file systems may ignore the case that tells two types apart.
fn module_name(type_name: &str, taken: &mut HashSet<String>) -> String {
    let mut name = names::snake_name(type_name);
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

fn module_docs(draft: &Draft, directions: &Directions, type_names: &TypeNames, root: TypeId) -> String {
    let name = format!("[`{0}`](crate::models::{0})", &type_names[root]);
    if directions[root].sent {
        format!("{name}, which is sent, and its parts.")
    } else if draft.callbacks.iter().any(|callback| callback.ty == root) {
        format!("{name}, which the service posts to the caller, and its parts.")
    } else if draft.error_bodies.contains(&root) {
        format!("{name}, which tells why a call failed, and its parts.")
    } else {
        format!("{name}, which comes back, and its parts.")
    }
}
