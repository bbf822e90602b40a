//! Limits of what one description may describe, because schemas that are combined multiply: a short text must not fill the
//! memory.

use super::SchemaReader;
use super::sets::SchemaSet;
use crate::document::Cursor;

/// The number of properties, values or alternatives of one type.
const MOST_PARTS: usize = 20_000;

/// The number of all types with their properties, values and alternatives.
const MOST_IN_ALL: usize = 300_000;

/// The number of combinations of alternatives of different unions.
const MOST_COMBINATIONS: usize = 2000;

/// The parts that were counted so far.
#[derive(Default)]
pub(crate) struct Counts {
    parts: usize,
    combinations: usize,
}

impl<'d> SchemaReader<'_, 'd> {
    /// Counts a type or an operation with its parts. Returns `false` if there are too many, after the first of them is
    /// reported.
    pub(crate) fn has_room(&mut self, at: &Cursor<'d>, parts: usize) -> bool {
        if parts > MOST_PARTS {
            self.diagnostics.too_many_parts(at, MOST_PARTS);
            return false;
        }
        let had_room = !self.is_full();
        self.counts.parts += parts + 1;
        if self.is_full() && had_room {
            self.diagnostics.too_many_parts_in_all(at, MOST_IN_ALL);
        }
        !self.is_full()
    }

    /// Returns `true` once there are too many parts.
    pub(crate) fn is_full(&self) -> bool {
        self.counts.parts > MOST_IN_ALL
    }

    /// Counts a combination of alternatives of different unions, if the set is one. Returns `false` if there are too many.
    pub(crate) fn may_combine(&mut self, set: &SchemaSet<'d>) -> bool {
        if !set.is_combination() {
            return true;
        }
        self.counts.combinations += 1;
        if self.counts.combinations == MOST_COMBINATIONS + 1 {
            self.diagnostics.too_many_combinations(set.own(), MOST_COMBINATIONS);
        }
        self.counts.combinations <= MOST_COMBINATIONS
    }
}
