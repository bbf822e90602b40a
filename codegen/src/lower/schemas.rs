//! Schemas: the reader that finds the type of the values of each schema, and the type definitions that this requires.
//!
//! It does not depend on operations.

mod arrays;
mod components;
mod definitions;
mod enums;
mod json_type;
mod keywords;
mod limits;
mod lowered_type;
mod null;
mod numbers;
mod schema;
mod sets;
mod strings;
mod structs;
mod unions;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use self::components::Components;
pub(crate) use self::definitions::ShapeKind;
use self::definitions::{Definition, Pending};
use self::limits::Counts;
pub(crate) use self::lowered_type::LoweredType;
use self::sets::SchemaSet;
use self::unions::Tags;
use self::unions::mapping::Derived;
use crate::Diagnostics;
use crate::api::TypeId;
use crate::document::Cursor;
use crate::names::Casing;
use crate::resolve::Resolved;

/// A part could not be lowered, and has been reported.
#[derive(Debug)]
pub(crate) struct Reported;

/// The state of the reader.
pub(crate) struct SchemaReader<'a, 'd> {
    resolved: &'a Resolved<'d>,
    casing: &'a Casing,
    pub diagnostics: &'a mut Diagnostics,
    components: Components<'d>,
    derived: Derived<'d>,
    /// The types so far.
    types: Vec<Definition<'d>>,
    by_schema: HashMap<Cursor<'d>, TypeId>,
    by_set: HashMap<SchemaSet<'d>, TypeId>,
    /// The set of each schema; `None` for one that was refused.
    sets: HashMap<Cursor<'d>, Option<SchemaSet<'d>>>,
    /// The tags of the alternatives in each list.
    tags: HashMap<Cursor<'d>, Option<Tags>>,
    /// The values of each enumeration of tags.
    tag_values: HashMap<Cursor<'d>, Arc<[String]>>,
    /// The sets that accept `null`, and those that do not.
    allows_null: HashMap<SchemaSet<'d>, bool>,
    /// The values of each enumeration that has a default.
    listed: HashMap<Cursor<'d>, HashSet<serde_json::Value>>,
    /// The types whose schemas accept `null` as well.
    nullable: HashSet<TypeId>,
    pending: Vec<Pending<'d>>,
    /// The schemas that are being read, outermost first.
    open: Vec<Cursor<'d>>,
    /// The schemas that are used.
    used: HashSet<Cursor<'d>>,
    counts: Counts,
}

impl<'a, 'd> SchemaReader<'a, 'd> {
    pub(crate) fn new(resolved: &'a Resolved<'d>, casing: &'a Casing, diagnostics: &'a mut Diagnostics) -> Self {
        let derived = Derived::of(resolved);
        Self {
            resolved,
            casing,
            diagnostics,
            components: Components::of(resolved, &derived, casing),
            derived,
            types: Vec::new(),
            by_schema: HashMap::new(),
            by_set: HashMap::new(),
            sets: HashMap::new(),
            tags: HashMap::new(),
            tag_values: HashMap::new(),
            allows_null: HashMap::new(),
            listed: HashMap::new(),
            nullable: HashSet::new(),
            pending: Vec::new(),
            open: Vec::new(),
            used: HashSet::new(),
            counts: Counts::default(),
        }
    }

    /// The number of schemas under `components` that nothing uses.
    pub(crate) fn count_unused(&self) -> usize {
        components::count_unused(self.resolved.document, &self.used)
    }
}
