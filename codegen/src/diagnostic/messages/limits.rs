//! Findings about descriptions that are too large.

use super::Diagnostics;
use crate::document::Location;

impl Diagnostics {
    pub(crate) fn too_many_schemas(&mut self, at: impl Into<Location>, most: usize) {
        self.error(super::TOO_LARGE, at, format!("more than {most} schemas apply to the same value"))
            .help("combine some of the schemas in `allOf`");
    }

    pub(crate) fn too_many_parts(&mut self, at: impl Into<Location>, most: usize) {
        self.error(super::TOO_LARGE, at, format!("there are more than {most} properties, values, or alternatives"))
            .help("split the schema, or replace it with one that accepts any value");
    }

    pub(crate) fn too_many_parts_in_all(&mut self, at: impl Into<Location>, most: usize) {
        let message = format!("the description has more than {most} properties, values, and alternatives in all");
        self.error(super::TOO_LARGE, at, message).help("select a part of the operations with a filter");
    }

    pub(crate) fn too_many_unions(&mut self, at: impl Into<Location>, most: usize) {
        self.error(super::TOO_LARGE, at, format!("unions are nested more than {most} levels deep"))
            .help("list the alternatives in one union");
    }

    pub(crate) fn too_many_actions(&mut self, at: impl Into<Location>) {
        self.error(super::TOO_LARGE, at, "there are too many actions for a description of this size")
            .help("combine actions with the same target");
    }

    pub(crate) fn too_many_combinations(&mut self, at: impl Into<Location>, most: usize) {
        let message = format!("the alternatives of several unions combine to more than {most} types");
        self.error(super::TOO_LARGE, at, message).help("list the combinations that occur as alternatives of one union");
    }

    pub(crate) fn too_many_required(&mut self, at: impl Into<Location>, required: usize, all: usize) {
        let message = format!("an object with {all} properties cannot be sent if {required} of them are required");
        self.error(super::TOO_LARGE, at, message).help("make some of them optional, or move them into objects");
    }
}
