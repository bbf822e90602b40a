//! The files that methods of the client stand in: one for each tag, if there are many methods.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::Group;
use crate::lower::draft::DraftOperation;
use crate::names;

/// The number of methods that one file holds well.
const FEW: usize = 12;

/// Groups operations by the first tag that not all of them have.
pub(crate) fn groups(operations: &[DraftOperation]) -> Vec<Group> {
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
        let name = names::free(&names::snake_name(tag), |name| !taken.contains(name));
        taken.insert(name.clone());
        Group { name, tag: tag.to_owned(), operations }
    });
    groups.collect()
}
