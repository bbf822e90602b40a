//! Which type stands in which file: one file for each request, reply, error and report, one for what they share.

use std::collections::HashSet;

use super::reach::{reachable, roots};
use crate::api::{Api, Direction, Module, TypeId};
use crate::names;

/// The module of types that several others use.
const SHARED: &str = "shared";

/// Splits the types; what only one root reaches stands with that root.
pub(in crate::lower) fn split_modules(api: &mut Api) {
    let roots = roots(api);
    let reached: Vec<Vec<TypeId>> = roots.iter().map(|root| reachable(api, [*root])).collect();
    let mut users = vec![0_usize; api.types.len()];
    for id in reached.iter().flatten() {
        users[id.0] += 1;
    }
    let mut modules = Vec::new();
    let mut taken = HashSet::from([SHARED, "required", "models", "builders"].map(str::to_owned));
    for (root, reached) in roots.iter().zip(&reached) {
        let types: Vec<_> = reached.iter().copied().filter(|id| users[id.0] == 1).collect();
        if !types.is_empty() {
            let name = module_name(&api[*root].name, &mut taken);
            modules.push(Module { name, docs: module_docs(api, *root), types });
        }
    }
    let shared: Vec<_> = reachable(api, roots).into_iter().filter(|id| users[id.0] > 1).collect();
    if !shared.is_empty() {
        let docs = "Parts that several requests, replies or reports have in common.".to_owned();
        modules.push(Module { name: SHARED.to_owned(), docs, types: shared });
    }
    api.modules = modules;
}

/// Two names of types can be one in the case of files.
fn module_name(type_name: &str, taken: &mut HashSet<String>) -> String {
    let mut name = names::snake_name(type_name);
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}

fn module_docs(api: &Api, root: TypeId) -> String {
    let name = format!("[`{0}`](crate::models::{0})", api[root].name);
    let Direction { sent, .. } = api[root].direction;
    if sent {
        format!("{name}, which is sent, and its parts.")
    } else if api.callbacks.iter().any(|callback| callback.ty == root) {
        format!("{name}, which the service posts to the caller, and its parts.")
    } else if api.error_bodies.iter().any(|body| body.ty == root) {
        format!("{name}, which tells why a call failed, and its parts.")
    } else {
        format!("{name}, which comes back, and its parts.")
    }
}
