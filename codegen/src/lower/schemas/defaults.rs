//! The values of `default`, compared with the schema that states them.

use super::SchemaReader;
use super::sets::SchemaSet;
use crate::document::Cursor;

impl<'d> SchemaReader<'_, 'd> {
    /// Reports a default that is of another type, or that the enumeration does not list. Only the service uses it.
    pub(crate) fn check_default(&mut self, set: &SchemaSet<'d>) {
        let Some(default) = set.annotation("default") else { return };
        let value = default.node().to_json();
        let is_of_type = if value.is_null() {
            self.allows_null(set)
        } else {
            self.json_types(set).is_ok_and(|types| types.is_empty() || types.iter().any(|ty| ty.has(&value)))
        };
        if !is_of_type {
            self.diagnostics.default_of_other_type(&default, default.node().kind());
        } else if !value.is_null() && !is_listed(set, &default) {
            self.diagnostics.default_not_listed(&default);
        }
    }
}

/// Returns `true` if every enumeration lists the value.
fn is_listed(set: &SchemaSet<'_>, value: &Cursor<'_>) -> bool {
    let value = value.node().to_json();
    set.occurrences("enum").all(|(_, list)| list.items().any(|item| item.node().to_json() == value))
}
