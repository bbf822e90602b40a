//! The files that types and methods are split into.

use super::TypeId;

/// Operations that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name of the file.
    pub name: String,
    /// What the description calls them.
    pub tag: String,
    /// The operations, by their indices.
    pub operations: Vec<usize>,
}

/// Types that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// The name of the file.
    pub name: String,
    /// What its types are for.
    pub docs: String,
    /// The types, in order.
    pub types: Vec<TypeId>,
}
