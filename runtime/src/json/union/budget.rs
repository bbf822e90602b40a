//! The work that unions may do for one document.
//!
//! A value inside a union is decoded once for each alternative around it, and copied by each union around it. So the
//! work grows exponentially with the depth of a recursive union, which a malicious sender could exploit. Therefore
//! visits of values are counted. Each union that is in no other one may use the visits of its document in proportion to
//! its size, so the work for a document is bounded however many unions it has, and a malicious value takes nothing from
//! the values beside it. If no visits are left, a value matches no alternative.

use std::cell::Cell;

use crate::value::JsonValue;

/// The visits in a small document. They take well under a second.
const VISITS: usize = 4 << 20;

/// The visits for each value of a large document.
const LEAST_RATE: usize = 8;

/// The visits for each value that is not decoded as part of a document, such as one that is about to be sent.
const RATE_OF_VALUES: usize = 4096;

/// The length of a text that is as much work as a value.
const TEXT: usize = 16;

/// The work of a union in addition to the copy of its value, in visits.
const UNION: usize = 4;

/// The visits for each value of a union in which the location of an error is searched: it is printed and parsed.
const SEARCH: usize = 4;

thread_local! {
    static BUDGET: Cell<Budget> = const { Cell::new(Budget { rate: None, depth: 0, left: 0, searches: false }) };
}

#[derive(Clone, Copy)]
struct Budget {
    /// The visits for each value of the document that is being decoded.
    rate: Option<usize>,
    /// The number of unions that are being decoded, each inside the previous one.
    depth: u32,
    /// The visits that are left for the outermost of them.
    left: usize,
    /// `true` while a value is decoded again to find the location of an error.
    searches: bool,
}

impl Budget {
    /// Gives the outermost union its visits.
    fn fill(&mut self, weight: usize) {
        self.left = weight.saturating_mul(self.rate.unwrap_or(RATE_OF_VALUES));
    }
}

/// A guard: until it is dropped, unions share the visits of one document.
pub(crate) struct Document(Option<usize>);

impl Document {
    /// Begins a document with a size in bytes. Within another document, it is a part of that one.
    pub(crate) fn start(bytes: usize) -> Self {
        let budget = BUDGET.get();
        // Two bytes have at most one value.
        let rate = || (VISITS / (bytes / 2 + 1)).max(LEAST_RATE);
        BUDGET.set(Budget { rate: budget.rate.or_else(|| Some(rate())), ..budget });
        Self(budget.rate)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        BUDGET.set(Budget { rate: self.0, ..BUDGET.get() });
    }
}

/// A guard: until it is dropped, a union is being decoded.
pub(super) struct Reading(Budget);

impl Reading {
    /// Begins a union whose variant is selected by a property.
    pub(super) fn tagged() -> Self {
        let budget = BUDGET.get();
        BUDGET.set(Budget { depth: budget.depth + 1, ..budget });
        Self(budget)
    }

    /// Begins a union whose alternatives are tried. An error in one of them is not reported, so that its location is not
    /// needed.
    pub(super) fn tried() -> Self {
        let budget = BUDGET.get();
        BUDGET.set(Budget { depth: budget.depth + 1, searches: false, ..budget });
        Self(budget)
    }

    /// Begins to decode the value of a union again, to find the location of an error in it.
    pub(super) fn again(value: &JsonValue) -> Self {
        let mut budget = BUDGET.get();
        let reading = Self(budget);
        if !budget.searches {
            budget.fill(weight(value));
        }
        BUDGET.set(Budget { searches: true, ..budget });
        reading
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let Budget { depth, searches, .. } = self.0;
        BUDGET.set(Budget { depth, searches, ..BUDGET.get() });
    }
}

/// Counts the copy of a value by the innermost union. Returns the visits of an attempt to decode it.
pub(super) fn copy(value: &JsonValue) -> usize {
    let weight = weight(value);
    let mut budget = BUDGET.get();
    if budget.depth == 1 {
        budget.fill(weight);
        BUDGET.set(budget);
    } else {
        visit((weight + UNION).saturating_mul(if budget.searches { SEARCH } else { 1 }));
    }
    weight
}

/// Counts visits. The outermost union is free, because each of its alternatives is tried only once.
pub(super) fn visit(count: usize) {
    let budget = BUDGET.get();
    if budget.depth > 1 {
        BUDGET.set(Budget { left: budget.left.saturating_sub(count), ..budget });
    }
}

/// Returns `true` if there are visits left.
pub(super) fn is_left() -> bool {
    let budget = BUDGET.get();
    budget.depth <= 1 || budget.left > 0
}

/// Returns `true` if an error in the innermost union is reported with its location: if no union is around it, or if this
/// is the search for the location.
pub(super) fn is_reported() -> bool {
    let budget = BUDGET.get();
    budget.depth <= 1 || budget.searches
}

/// Returns `true` during the search for the location of an error.
pub(super) fn is_search() -> bool {
    BUDGET.get().searches
}

/// The number of values in a value, with an addition for long texts.
fn weight(value: &JsonValue) -> usize {
    let of_parts: usize = match value {
        JsonValue::String(text) => text.len() / TEXT,
        JsonValue::Array(items) => items.iter().map(weight).sum(),
        JsonValue::Object(properties) => properties.iter().map(|(name, value)| name.len() / TEXT + weight(value)).sum(),
        _ => 0,
    };
    1 + of_parts
}

#[cfg(test)]
mod tests;
