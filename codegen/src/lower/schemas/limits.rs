//! Limits of what one description may describe, because schemas that are combined multiply: a short text must not fill the
//! memory.

use super::SchemaReader;
use super::sets::SchemaSet;
use crate::document::Cursor;

/// The number of properties, values or alternatives of one type.
const MOST_PARTS: usize = 10_000;

/// The number of all types with their properties, values and alternatives.
const MOST_IN_ALL: usize = 300_000;

/// The number of combinations of alternatives of different unions.
const MOST_COMBINATIONS: usize = 2000;

/// The number of properties that take as much work as an alternative with everything beside its union.
const PARTS_OF_ALTERNATIVE: usize = 15;

/// The number of schemas in a set that take as much memory as a property.
const SCHEMAS_OF_PART: usize = 16;

/// The depth of unions that are alternatives of other unions.
const MOST_UNIONS: usize = 64;

/// The work for all patterns: the length of each, times its repetitions.
const MOST_PATTERNS: usize = 10_000_000;

/// The work for one pattern, at which its size is refused.
const MOST_FOR_PATTERN: usize = 200_000;

/// The parts that were counted so far.
#[derive(Default)]
pub(crate) struct Counts {
    parts: usize,
    combinations: usize,
    patterns: usize,
    /// The unions around the current one.
    unions: usize,
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

    /// Counts the schemas of a set.
    pub(crate) fn count_schemas(&mut self, at: &Cursor<'d>, schemas: usize) {
        if schemas >= SCHEMAS_OF_PART && !self.is_full() {
            self.has_room(at, schemas / SCHEMAS_OF_PART);
        }
    }

    /// Reads a union inside another one; `None` if too many are around it, which is reported.
    pub(crate) fn within_union<T>(&mut self, at: &Cursor<'d>, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.counts.unions == MOST_UNIONS {
            self.diagnostics.too_many_unions(at, MOST_UNIONS);
            return None;
        }
        self.counts.unions += 1;
        let found = read(self);
        self.counts.unions -= 1;
        Some(found)
    }

    /// Counts a pattern that is compiled. Returns `false` if the patterns are too large in all.
    pub(crate) fn may_compile(&mut self, pattern: &str) -> bool {
        let work = pattern.len().saturating_mul(repetitions(pattern));
        self.counts.patterns += work.min(MOST_FOR_PATTERN);
        self.counts.patterns <= MOST_PATTERNS
    }

    /// Returns `true` once there are too many parts.
    pub(crate) fn is_full(&self) -> bool {
        self.counts.parts > MOST_IN_ALL
    }

    /// Counts an alternative with everything beside its union, and a combination of alternatives of different unions.
    /// Returns `false` if there are too many.
    pub(crate) fn may_combine(&mut self, set: &SchemaSet<'d>) -> bool {
        match set.chosen_alternatives() {
            0 => return true,
            1 => return self.has_room(set.own(), PARTS_OF_ALTERNATIVE),
            _ => {}
        }
        self.counts.combinations += 1;
        if self.counts.combinations == MOST_COMBINATIONS + 1 {
            self.diagnostics.too_many_combinations(set.own(), MOST_COMBINATIONS);
        }
        self.counts.combinations <= MOST_COMBINATIONS
    }
}

/// The product of the repetitions in a pattern, which may be inside each other.
fn repetitions(pattern: &str) -> usize {
    let counts = pattern.split('{').skip(1).filter_map(|piece| {
        let (count, _) = piece.split_once('}')?;
        count.split(',').filter_map(|number| number.parse::<usize>().ok()).max()
    });
    counts.fold(1, |product, count| product.saturating_mul(count.max(1)))
}
