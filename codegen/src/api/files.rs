//! The files that types and methods are split into, and the features that they need.

use super::TypeId;

/// A Cargo feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The tag of the operations and callbacks that need it.
    pub tag: String,
    /// The description of the tag.
    pub description: Option<String>,
    /// `true` if regular expressions are checked in what it adds.
    pub has_patterns: bool,
}

/// The position of a [`Feature`] in the `Api`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureId(pub usize);

/// A file that the crate was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The name of the file.
    pub name: String,
    /// Its purpose.
    pub role: InputRole,
}

/// The purpose of a file that the crate was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputRole {
    /// A description with operations or webhooks.
    Description,
    /// A file with parts that others refer to.
    Parts,
    /// An overlay that patches these files.
    Overlay(Vec<String>),
}

impl Input {
    /// Returns `true` for an overlay.
    pub fn is_overlay(&self) -> bool {
        matches!(self.role, InputRole::Overlay(_))
    }
}

/// Operations whose methods share a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name of the file.
    pub name: String,
    /// The tag that they have in common.
    pub tag: String,
    /// The indices of the operations.
    pub operations: Vec<usize>,
    /// The feature that the file needs.
    pub feature: Option<FeatureId>,
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
    /// The features that the file needs: any of them is sufficient.
    pub features: Vec<FeatureId>,
}
