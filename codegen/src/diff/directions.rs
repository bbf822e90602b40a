//! The directions in which values travel.

use crate::api::{Direction, Field};

impl Direction {
    pub(super) const ALL: Self = Self { sent: true, returned: true, posted: true };
    pub(super) const NONE: Self = Self { sent: false, returned: false, posted: false };
    pub(super) const SENT: Self = Self { sent: true, ..Self::NONE };
    pub(super) const RETURNED: Self = Self { returned: true, ..Self::NONE };
    pub(super) const POSTED: Self = Self { posted: true, ..Self::NONE };

    /// The directions in which a property travels with the object that has it. The service sets every property of an event.
    pub(super) fn of(field: &Field) -> Self {
        Self { sent: !field.read_only, returned: !field.write_only, posted: true }
    }

    /// The directions in which an object must have a property.
    pub(super) fn requiring(field: &Field) -> Self {
        if field.listed_as_required { Self::of(field) } else { Self::NONE }
    }

    /// The directions that are in one of the sets.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            sent: self.sent || other.sent,
            returned: self.returned || other.returned,
            posted: self.posted || other.posted,
        }
    }

    /// The directions that are in both sets.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            sent: self.sent && other.sent,
            returned: self.returned && other.returned,
            posted: self.posted && other.posted,
        }
    }

    /// The directions that are not in another set.
    pub(super) fn without(self, other: Self) -> Self {
        self.and(Self { sent: !other.sent, returned: !other.returned, posted: !other.posted })
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// The directions, each as a set of its own.
    pub(super) fn each(self) -> impl Iterator<Item = Self> {
        [Self::SENT, Self::RETURNED, Self::POSTED].into_iter().filter(move |one| !self.and(*one).is_empty())
    }
}
