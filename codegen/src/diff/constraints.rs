//! Constraints: which are tighter, which are looser.

use std::cmp::Ordering;

use indexmap::IndexMap;
use serde_json::Number;

use super::{At, Comparison, Holder, Rule, rules};
use crate::api::{Bounds, Check, NumberBound};

/// What a keyword limits, so that two limits can be compared.
#[derive(Debug, Clone, PartialEq)]
enum Limit {
    /// The least number or size; whether it is allowed itself.
    AtLeast(Number, bool),
    /// The greatest number or size; whether it is allowed itself.
    AtMost(Number, bool),
    /// What numbers are multiples of.
    Step(Number),
    /// Regular expressions, all of which must match.
    Patterns(Vec<String>),
    /// No item comes again.
    Unique,
}

/// A keyword, and the way from the value to the one that it limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    /// How many lists and maps are between, each as the piece of the path that leads into it.
    way: [Option<&'static str>; MAX_DEPTH],
    keyword: &'static str,
}

/// How deep lists and maps of limited values are looked into.
const MAX_DEPTH: usize = 4;

impl Comparison<'_> {
    /// Compares the constraints of a value.
    pub(super) fn limits(&mut self, at: &At, old: &[Check], new: &[Check]) {
        let (old, new) = (limits(old), limits(new));
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let (old, new) = (old.get(key), new.get(key));
            let is_same = old.zip(new).is_some_and(|(old, new)| compare(old, new) == Some(Ordering::Equal));
            if !is_same {
                self.limit(at, *key, old, new);
            }
        }
    }

    pub(super) fn property_counts(&mut self, at: &At, old: Option<Bounds>, new: Option<Bounds>) {
        let check = |bounds: Option<Bounds>| bounds.map(Check::PropertyCount).into_iter().collect::<Vec<_>>();
        self.limits(at, &check(old), &check(new));
    }

    fn limit(&mut self, at: &At, key: Key, old: Option<&Limit>, new: Option<&Limit>) {
        let way = || key.way.into_iter().flatten();
        let at = way().fold(at.clone(), |at, piece| at.inside(piece));
        let places = [(&self.old, &at.places[0]), (&self.new, &at.places[1])]
            .map(|(side, place)| way().fold(place.clone(), |place, piece| side.keyword(&place, keyword_into(piece))));
        let rule = self.limit_rule(&at, old, new);
        let words = |limit: Option<&Limit>| limit.map(|limit| words(key.keyword, limit));
        let at = At { places, ..at };
        let [old_at, new_at] = [(&self.old, &at.places[0], old), (&self.new, &at.places[1], new)]
            .map(|(side, place, limit)| limit.map(|_| side.keyword(place, key.keyword)));
        // Where there is no limit, what it would limit is shown.
        let places = [old_at.unwrap_or_else(|| at.places[0].clone()), new_at.unwrap_or_else(|| at.places[1].clone())];
        self.report(&at, rule, words(old), words(new), places.map(Some));
    }

    fn limit_rule(&self, at: &At, old: Option<&Limit>, new: Option<&Limit>) -> &'static Rule {
        let is_checked = |is_new: bool| match at.holder {
            Holder::Root(_) => true,
            Holder::Pair(pair) if is_new => self.new.api[self.pairs[pair].new].has_validate,
            Holder::Pair(pair) => self.old.api[self.pairs[pair].old].has_validate,
        };
        match (old, new) {
            (None, _) if !is_checked(false) && is_checked(true) => &rules::FIRST_LIMIT_ADDED,
            (_, None) if is_checked(false) && !is_checked(true) => &rules::LAST_LIMIT_REMOVED,
            (None, _) => &rules::LIMIT_TIGHTENED,
            (_, None) => &rules::LIMIT_LOOSENED,
            (Some(old), Some(new)) => match compare(old, new) {
                Some(Ordering::Less) => &rules::LIMIT_LOOSENED,
                Some(Ordering::Greater) => &rules::LIMIT_TIGHTENED,
                _ => &rules::LIMIT_CHANGED,
            },
        }
    }
}

fn keyword_into(piece: &str) -> &'static str {
    if piece == "[]" { "items" } else { "additionalProperties" }
}

/// Whether the new limit is tighter (greater) than the old one; `None` where neither contains the other.
fn compare(old: &Limit, new: &Limit) -> Option<Ordering> {
    match (old, new) {
        (old, new) if old == new => Some(Ordering::Equal),
        (Limit::AtLeast(old, old_in), Limit::AtLeast(new, new_in)) => {
            Some(compare_numbers(new, old)?.then(old_in.cmp(new_in)))
        }
        (Limit::AtMost(old, old_in), Limit::AtMost(new, new_in)) => {
            Some(compare_numbers(old, new)?.then(old_in.cmp(new_in)))
        }
        (Limit::Step(old), Limit::Step(new)) if is_multiple(new, old) => Some(Ordering::Greater),
        (Limit::Step(old), Limit::Step(new)) if is_multiple(old, new) => Some(Ordering::Less),
        (Limit::Patterns(old), Limit::Patterns(new)) if old.iter().all(|old| new.contains(old)) => {
            Some(Ordering::Greater)
        }
        (Limit::Patterns(old), Limit::Patterns(new)) if new.iter().all(|new| old.contains(new)) => Some(Ordering::Less),
        _ => None,
    }
}

fn compare_numbers(one: &Number, other: &Number) -> Option<Ordering> {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

fn is_multiple(of: &Number, step: &Number) -> bool {
    match (of.as_i128(), step.as_i128()) {
        (Some(of), Some(step)) => step != 0 && of % step == 0,
        _ => of.as_f64().zip(step.as_f64()).is_some_and(|(of, step)| (of / step).fract() == 0.0),
    }
}

/// A limit as the description has it: `maxLength 24`.
fn words(keyword: &str, limit: &Limit) -> String {
    match limit {
        Limit::AtLeast(number, false) => format!("exclusiveMinimum {number}"),
        Limit::AtMost(number, false) => format!("exclusiveMaximum {number}"),
        Limit::AtLeast(number, true) | Limit::AtMost(number, true) | Limit::Step(number) => {
            format!("{keyword} {number}")
        }
        Limit::Patterns(patterns) => format!("{keyword} {}", patterns.join(" and ")),
        Limit::Unique => keyword.to_owned(),
    }
}

fn limits(checks: &[Check]) -> IndexMap<Key, Limit> {
    let mut limits = IndexMap::new();
    gather(checks, &mut Vec::new(), &mut limits);
    limits
}

fn gather(checks: &[Check], way: &mut Vec<&'static str>, limits: &mut IndexMap<Key, Limit>) {
    let mut add = |keyword: &'static str, limit: Limit| {
        let way = std::array::from_fn(|index| way.get(index).copied());
        match limits.entry(Key { way, keyword }).or_insert_with(|| limit.clone()) {
            Limit::Patterns(known) if Limit::Patterns(known.clone()) != limit => {
                if let Limit::Patterns(more) = limit {
                    known.extend(more);
                    known.sort();
                }
            }
            _ => {}
        }
    };
    let mut sizes = |bounds: &Bounds, low: &'static str, high: &'static str| {
        if bounds.min > 0 {
            add(low, Limit::AtLeast(bounds.min.into(), true));
        }
        if let Some(max) = bounds.max {
            add(high, Limit::AtMost(max.into(), true));
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
            Check::UniqueItems => add("uniqueItems", Limit::Unique),
            Check::Range { low, high } => {
                if let Some(NumberBound { value, inclusive }) = low {
                    add("minimum", Limit::AtLeast(value.clone(), *inclusive));
                }
                if let Some(NumberBound { value, inclusive }) = high {
                    add("maximum", Limit::AtMost(value.clone(), *inclusive));
                }
            }
            Check::MultipleOf(step) => add("multipleOf", Limit::Step(step.clone())),
            Check::Pattern { stated, .. } => add("pattern", Limit::Patterns(vec![stated.clone()])),
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
        if way.len() < MAX_DEPTH {
            way.extend(piece);
            gather(inner, way, limits);
            way.truncate(way.len() - usize::from(piece.is_some()));
        }
    }
}
