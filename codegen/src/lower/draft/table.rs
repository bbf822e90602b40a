//! A fact about each type.

use std::ops::{Index, IndexMut};

use crate::api::TypeId;

/// A value for each type.
pub(crate) struct ByType<T>(Vec<T>);

impl<T> ByType<T> {
    /// The values in the order of the types.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T> FromIterator<T> for ByType<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T> IntoIterator for ByType<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> Index<TypeId> for ByType<T> {
    type Output = T;

    fn index(&self, id: TypeId) -> &T {
        &self.0[id.0]
    }
}

impl<T> IndexMut<TypeId> for ByType<T> {
    fn index_mut(&mut self, id: TypeId) -> &mut T {
        &mut self.0[id.0]
    }
}
