//! Where a type of ours and the suite may disagree, and why.

use super::suite::Dialect;

/// An instance that a type judges otherwise than its schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accepted {
    pub(super) dialect: Dialect,
    pub(super) keyword: &'static str,
    /// The description of the group.
    pub(super) group: &'static str,
    /// The description of the instance.
    pub(super) instance: &'static str,
    pub(super) reason: &'static str,
}

/// Each must occur.
const ACCEPTED: [Accepted; 1] = [Accepted {
    dialect: Dialect::OpenApi31,
    keyword: "type",
    group: "integer type matches integers",
    instance: "a float with zero fractional part is an integer",
    reason: "serde_json reads an integer of Rust from digits alone, and draft 4 takes 1.0 for no integer either",
}];

/// The list for a dialect.
pub(super) fn of(dialect: Dialect) -> Vec<Accepted> {
    ACCEPTED.into_iter().filter(|accepted| accepted.dialect == dialect).collect()
}
