//! Events that the filter excludes. The service posts them all the same, so their properties distinguish no other event.

use std::collections::HashSet;

use crate::document::{Cursor, locate};
use crate::resolve::Resolved;

/// The schemas of the excluded events, which have no types.
pub(super) struct Excluded<'a, 'd> {
    pub resolved: &'a Resolved<'d>,
    pub schemas: &'a [Cursor<'d>],
}

impl<'d> Excluded<'_, 'd> {
    /// Returns `true` if one of the events has a property at a path, regardless of lists.
    pub(super) fn have(&self, path: &[String]) -> bool {
        let found = path.iter().fold(self.schemas.to_vec(), |schemas, name| self.properties(schemas, name));
        !found.is_empty()
    }

    /// The schemas of a property in all schemas that may apply to the same value.
    fn properties(&self, mut waiting: Vec<Cursor<'d>>, name: &str) -> Vec<Cursor<'d>> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        while let Some(schema) = waiting.pop() {
            let schema = self.resolved.follow(&schema);
            if !seen.insert(schema.clone()) {
                continue;
            }
            found.extend(schema.descend(["properties", name]));
            waiting.extend(["allOf", "anyOf", "oneOf"].into_iter().flat_map(|keyword| schema.array(keyword)));
            waiting.extend(schema.get("items"));
            let mapping = schema.descend(["discriminator", "mapping"]);
            waiting.extend(mapping.iter().flat_map(Cursor::properties).filter_map(|(_, entry)| self.mapped(&entry)));
        }
        found
    }

    fn mapped(&self, entry: &Cursor<'d>) -> Option<Cursor<'d>> {
        self.resolved.cursor(&locate(entry.file(), entry.as_str()?).ok()?)
    }
}
