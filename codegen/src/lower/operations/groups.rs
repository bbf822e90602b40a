//! Which methods of the client stand in which file: those with one tag together, where there are many.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::{Group, Operation};
use crate::document::Node;
use crate::lower::Lowering;
use crate::names;

/// As many methods as one file holds well.
const FEW: usize = 12;

impl Lowering<'_, '_> {
    /// Groups operations by the first tag that not all of them have; none where that makes no two groups.
    pub(in crate::lower) fn groups(&self, operations: &[Operation]) -> Vec<Group> {
        if operations.len() <= FEW {
            return Vec::new();
        }
        let tags: Vec<Vec<&str>> = operations.iter().map(|operation| self.tags_of(operation)).collect();
        let is_common = |tag: &str| tags.iter().all(|tags| tags.contains(&tag));
        let mut groups: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (index, tags) in tags.iter().enumerate() {
            if let Some(tag) = tags.iter().find(|tag| !is_common(tag)) {
                groups.entry(tag).or_default().push(index);
            }
        }
        let mut taken: HashSet<String> = HashSet::new();
        let groups = groups.into_iter().map(|(tag, operations)| {
            let name = names::free(&names::snake_name(tag), |name| !taken.contains(name));
            taken.insert(name.clone());
            Group { name, tag: tag.to_owned(), operations }
        });
        groups.collect()
    }

    fn tags_of(&self, operation: &Operation) -> Vec<&str> {
        let tags = self.resolved.node(&operation.origin).and_then(|node| node.get("tags")).and_then(Node::as_array);
        tags.unwrap_or_default().iter().filter_map(Node::as_str).collect()
    }
}
