//! Constraints, compared as tighter or looser.

use std::cmp::Ordering;

use indexmap::IndexMap;
use serde_json::Number;

use super::{At, Comparison, Owner, Rule, rules};
use crate::api::{Bounds, Check, NumberBound, compare_numbers, is_multiple};

/// The constraint of a keyword, so that two can be compared.
#[derive(Debug, Clone, PartialEq)]
enum Constraint {
    /// The smallest number or size, and `true` if it is allowed itself.
    AtLeast(Number, bool),
    /// The largest number or size, and `true` if it is allowed itself.
    AtMost(Number, bool),
    /// The number that values are multiples of.
    Step(Number),
    /// Regular expressions, all of which must match.
    Patterns(Vec<String>),
    /// No two items are equal.
    Unique,
}

/// A keyword, and the path from the value to the one that it constrains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    /// The lists and maps in between, each as the piece of the path that leads into it.
    path: [Option<&'static str>; MAX_DEPTH],
    keyword: &'static str,
}

/// The depth of nested lists and maps that are compared.
const MAX_DEPTH: usize = 4;

impl Comparison<'_> {
    /// Compares the constraints of a value.
    pub(super) fn constraints(&mut self, at: &At, old: &[Check], new: &[Check]) {
        let (old, new) = (constraints(old), constraints(new));
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let (old, new) = (old.get(key), new.get(key));
            let is_same = old.zip(new).is_some_and(|(old, new)| compare(old, new) == Some(Ordering::Equal));
            if !is_same {
                self.constraint(at, *key, old, new);
            }
        }
    }

    /// Compares the constraints that are stated beside the values of an enumeration. The values are compared with each other.
    pub(super) fn enum_constraints(&mut self, at: &At, old: &[Check], new: &[Check]) {
        let (old, new) = (constraints(old), constraints(new));
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let (old, new) = (old.get(key), new.get(key));
            if old != new {
                let words =
                    |constraint: Option<&Constraint>| constraint.map(|constraint| words(key.keyword, constraint));
                self.keyword(at, key.keyword, &rules::CONSTRAINT_WITHOUT_EFFECT, words(old), words(new));
            }
        }
    }

    pub(super) fn property_counts(&mut self, at: &At, old: Option<Bounds>, new: Option<Bounds>) {
        let check = |bounds: Option<Bounds>| bounds.map(Check::PropertyCount).into_iter().collect::<Vec<_>>();
        self.constraints(at, &check(old), &check(new));
    }

    fn constraint(&mut self, at: &At, key: Key, old: Option<&Constraint>, new: Option<&Constraint>) {
        let path = || key.path.into_iter().flatten();
        let at = path().fold(at.clone(), |at, piece| at.inside(piece));
        let origins = [(&self.old, &at.origins[0]), (&self.new, &at.origins[1])]
            .map(|(side, place)| path().fold(place.clone(), |place, piece| side.keyword(&place, keyword_into(piece))));
        let rule = self.constraint_rule(&at, old, new);
        let words = |constraint: Option<&Constraint>| constraint.map(|constraint| words(key.keyword, constraint));
        let at = At { origins, ..at };
        let [old_at, new_at] = [(&self.old, &at.origins[0], old), (&self.new, &at.origins[1], new)]
            .map(|(side, place, constraint)| constraint.map(|_| side.keyword(place, key.keyword)));
        // Without a constraint, the location is that of the value that it would constrain.
        let origins =
            [old_at.unwrap_or_else(|| at.origins[0].clone()), new_at.unwrap_or_else(|| at.origins[1].clone())];
        self.report(&at, rule, words(old), words(new), origins.map(Some));
    }

    fn constraint_rule(&self, at: &At, old: Option<&Constraint>, new: Option<&Constraint>) -> &'static Rule {
        let is_checked = |is_new: bool| match at.owner {
            Owner::Root(_) => true,
            Owner::Pair(pair) if is_new => self.new.api[self.pairs[pair].new].has_validate,
            Owner::Pair(pair) => self.old.api[self.pairs[pair].old].has_validate,
        };
        match (old, new) {
            (None, _) if !is_checked(false) && is_checked(true) => &rules::FIRST_CONSTRAINT_ADDED,
            (_, None) if is_checked(false) && !is_checked(true) => &rules::LAST_CONSTRAINT_REMOVED,
            (None, _) => &rules::CONSTRAINT_TIGHTENED,
            (_, None) => &rules::CONSTRAINT_LOOSENED,
            (Some(old), Some(new)) => match compare(old, new) {
                Some(Ordering::Less) => &rules::CONSTRAINT_LOOSENED,
                Some(Ordering::Greater) => &rules::CONSTRAINT_TIGHTENED,
                _ => &rules::CONSTRAINT_CHANGED,
            },
        }
    }
}

fn keyword_into(piece: &str) -> &'static str {
    if piece == "[]" { "items" } else { "additionalProperties" }
}

/// The order of two constraints, tighter ones being greater; `None` if neither contains the other.
fn compare(old: &Constraint, new: &Constraint) -> Option<Ordering> {
    match (old, new) {
        (old, new) if old == new => Some(Ordering::Equal),
        (Constraint::AtLeast(old, old_in), Constraint::AtLeast(new, new_in)) => {
            Some(compare_numbers(new, old)?.then(old_in.cmp(new_in)))
        }
        (Constraint::AtMost(old, old_in), Constraint::AtMost(new, new_in)) => {
            Some(compare_numbers(old, new)?.then(old_in.cmp(new_in)))
        }
        (Constraint::Step(old), Constraint::Step(new)) if is_multiple(new, old) => Some(Ordering::Greater),
        (Constraint::Step(old), Constraint::Step(new)) if is_multiple(old, new) => Some(Ordering::Less),
        (Constraint::Patterns(old), Constraint::Patterns(new)) => {
            match (old.iter().all(|old| follows(old, new)), new.iter().all(|new| follows(new, old))) {
                (true, true) => Some(Ordering::Equal),
                (true, false) => Some(Ordering::Greater),
                (false, true) => Some(Ordering::Less),
                (false, false) => None,
            }
        }
        _ => None,
    }
}

/// Returns `true` if every text that matches some patterns is known to match another one.
fn follows(pattern: &str, from: &[String]) -> bool {
    let is_any_line = ["^.*$", "^(.*)$", "^.{0,}$"].contains(&pattern);
    from.iter().any(|other| other == pattern || is_any_line && is_one_line(other))
}

/// Returns `true` if a pattern is known to match whole texts without line breaks only.
fn is_one_line(pattern: &str) -> bool {
    let is_whole = pattern.starts_with('^') && pattern.ends_with('$') && !pattern.ends_with("\\$");
    let may_match_breaks = ["[^", "|", "\\s", "\\n", "\\r", "\\D", "\\W", "\\S", "\\x", "\\u", "\\c", "\\p", "\\P"];
    is_whole && !may_match_breaks.iter().any(|text| pattern.contains(text))
}

/// Returns `true` if every value that satisfies some constraints is known to satisfy others.
pub(super) fn contain(wide: &[Check], narrow: &[Check]) -> bool {
    let narrow = constraints(narrow);
    constraints(wide).iter().all(|(key, wide)| {
        let order = narrow.get(key).and_then(|narrow| compare(narrow, wide));
        matches!(order, Some(Ordering::Equal | Ordering::Less))
    })
}

/// A constraint in the terms of the description: `maxLength 24`.
fn words(keyword: &str, constraint: &Constraint) -> String {
    match constraint {
        Constraint::AtLeast(number, false) => format!("exclusiveMinimum {number}"),
        Constraint::AtMost(number, false) => format!("exclusiveMaximum {number}"),
        Constraint::AtLeast(number, true) | Constraint::AtMost(number, true) | Constraint::Step(number) => {
            format!("{keyword} {number}")
        }
        Constraint::Patterns(patterns) => format!("{keyword} {}", patterns.join(" and ")),
        Constraint::Unique => keyword.to_owned(),
    }
}

fn constraints(checks: &[Check]) -> IndexMap<Key, Constraint> {
    let mut found = IndexMap::new();
    gather(checks, &mut Vec::new(), &mut found);
    found
}

fn gather(checks: &[Check], path: &mut Vec<&'static str>, found: &mut IndexMap<Key, Constraint>) {
    let mut add = |keyword: &'static str, constraint: Constraint| {
        let path = std::array::from_fn(|index| path.get(index).copied());
        match found.entry(Key { path, keyword }).or_insert_with(|| constraint.clone()) {
            Constraint::Patterns(known) if Constraint::Patterns(known.clone()) != constraint => {
                if let Constraint::Patterns(more) = constraint {
                    known.extend(more);
                    known.sort();
                }
            }
            _ => {}
        }
    };
    let mut sizes = |bounds: &Bounds, low: &'static str, high: &'static str| {
        if bounds.min > 0 {
            add(low, Constraint::AtLeast(bounds.min.into(), true));
        }
        if let Some(max) = bounds.max {
            add(high, Constraint::AtMost(max.into(), true));
        }
    };
    for check in checks {
        match check {
            Check::Length(bounds) => sizes(bounds, "minLength", "maxLength"),
            Check::ItemCount(bounds) => sizes(bounds, "minItems", "maxItems"),
            Check::PropertyCount(bounds) => sizes(bounds, "minProperties", "maxProperties"),
            _ => {}
        }
    }
    for check in checks {
        match check {
            Check::UniqueItems => add("uniqueItems", Constraint::Unique),
            Check::Range { low, high } => {
                if let Some(NumberBound { value, inclusive }) = low {
                    add("minimum", Constraint::AtLeast(value.clone(), *inclusive));
                }
                if let Some(NumberBound { value, inclusive }) = high {
                    add("maximum", Constraint::AtMost(value.clone(), *inclusive));
                }
            }
            Check::MultipleOf(step) => add("multipleOf", Constraint::Step(step.clone())),
            Check::Pattern { stated, .. } => add("pattern", Constraint::Patterns(vec![stated.clone()])),
            _ => {}
        }
    }
    for check in checks {
        let (piece, inner) = match check {
            Check::Present(inner) => (None, inner),
            Check::Items(inner) => (Some("[]"), inner),
            Check::Values(inner) => (Some(".*"), inner),
            _ => continue,
        };
        if path.len() < MAX_DEPTH {
            path.extend(piece);
            gather(inner, path, found);
            path.truncate(path.len() - usize::from(piece.is_some()));
        }
    }
}
