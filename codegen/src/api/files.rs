//! The files that types and methods are split into.

use super::TypeId;

/// Operations whose methods share a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name of the file.
    pub name: String,
    /// The tag that they have in common.
    pub tag: String,
    /// The indices of the operations.
    pub operations: Vec<usize>,
}

/// Types that share a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// The name of the file.
    pub name: String,
    /// The documentation of the module.
    pub docs: String,
    /// The types, in order.
    pub types: Vec<TypeId>,
}
