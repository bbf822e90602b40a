//! `x-throttling-info`: how often an operation may be called.
//!
//! One limit, or a list of limits that all apply, each per account:
//!
//! - `type: time`: `numberOfRequests` in any stretch of `numberOfTimeUnits` × `timeUnit`;
//! - `type: bucket`: `capacity` at once, and `numberOfRequests` tokens back, one by one, in `numberOfTimeUnits` × `timeUnit`.

use std::time::Duration;

use super::OperationReader;
use crate::api::RateLimit;
use crate::document::{Node, Origin, Value};
use crate::names;

const EXTENSION: &str = "x-throttling-info";

const TIME: &[&str] = &["type", "numberOfRequests", "timeUnit", "numberOfTimeUnits"];
const BUCKET: &[&str] = &["type", "capacity", "numberOfRequests", "timeUnit", "numberOfTimeUnits"];

/// The time units and their lengths in milliseconds.
const UNITS: &[(&str, u64)] = &[("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// The longest period in milliseconds, 366 days: no one waits longer, and sums of points in time stay far from overflow.
const LONGEST: u64 = 366 * 86_400_000;

impl OperationReader<'_, '_> {
    /// The limits of an operation; one that cannot be read is a finding.
    pub(crate) fn rate_limits(&mut self, operation: &Origin) -> Vec<RateLimit> {
        let place = operation.child(EXTENSION);
        let resolved = self.resolved;
        let Some(node) = resolved.node(&place) else { return Vec::new() };
        match node.as_array() {
            Some(limits) => {
                let read = |(index, limit): (usize, &Node)| self.rate_limit(&place.child(index.to_string()), limit);
                limits.iter().enumerate().filter_map(read).collect()
            }
            None => self.rate_limit(&place, node).into_iter().collect(),
        }
    }

    fn rate_limit(&mut self, place: &Origin, node: &Node) -> Option<RateLimit> {
        if node.as_object().is_none() {
            self.schemas.diagnostics.bad_rate_limit(place.clone(), node.kind());
            return None;
        }
        let is_bucket = self.word(place, node, "type", &["time", "bucket"])? == "bucket";
        self.report_unused_members(place, node, if is_bucket { BUCKET } else { TIME });
        // Everything is looked at before anything is given up, so that one run shows all findings.
        let capacity = is_bucket.then(|| self.count(place, node, "capacity"));
        let requests = self.count(place, node, "numberOfRequests");
        let period = self.period(place, node);
        let (requests, period) = (requests?, period?);
        match capacity {
            None => Some(RateLimit::Window { requests, period }),
            Some(capacity) => {
                // Rounded up, so that the rate is never higher than the description says.
                let nanoseconds = period.as_nanos().div_ceil(u128::from(requests));
                let refill = Duration::from_nanos(u64::try_from(nanoseconds).ok()?);
                Some(RateLimit::Bucket { capacity: capacity?, refill })
            }
        }
    }

    fn period(&mut self, place: &Origin, node: &Node) -> Option<Duration> {
        const UNITS_KEY: &str = "numberOfTimeUnits";
        let words: Vec<_> = UNITS.iter().map(|(word, _)| *word).collect();
        let unit = self.word(place, node, "timeUnit", &words);
        let units = match node.get(UNITS_KEY) {
            None => Some(1),
            Some(Node { value: Value::Number(number), .. }) if number.as_u64() == Some(0) => {
                self.limits_of_no_units.push(place.child(UNITS_KEY));
                Some(1)
            }
            Some(_) => self.count(place, node, UNITS_KEY),
        };
        let (_, milliseconds) = UNITS.iter().find(|(word, _)| Some(*word) == unit)?;
        let period = u64::from(units?) * milliseconds;
        if period > LONGEST {
            self.schemas.diagnostics.bad_extension(place.child(UNITS_KEY), "a period of at most 366 days");
            return None;
        }
        Some(Duration::from_millis(period))
    }

    /// A member that is one of some words.
    fn word<'n>(&mut self, place: &Origin, node: &'n Node, key: &str, words: &[&str]) -> Option<&'n str> {
        let Some(member) = node.get(key) else {
            self.schemas.diagnostics.incomplete_rate_limit(place.clone(), key);
            return None;
        };
        match member.as_str() {
            Some(word) if words.contains(&word) => return Some(word),
            Some(word) => self.schemas.diagnostics.unknown_value(place.child(key), word, words),
            None => self.schemas.diagnostics.wrong_kind(place.child(key), "a string", member.kind(), None),
        }
        None
    }

    /// A member that counts something.
    fn count(&mut self, place: &Origin, node: &Node, key: &str) -> Option<u32> {
        let Some(member) = node.get(key) else {
            self.schemas.diagnostics.incomplete_rate_limit(place.clone(), key);
            return None;
        };
        let count = match &member.value {
            Value::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
            _ => None,
        };
        let count = count.filter(|count| *count > 0);
        if count.is_none() {
            self.schemas.diagnostics.bad_extension(place.child(key), "a whole number from 1 to 4294967295");
        }
        count
    }

    fn report_unused_members(&mut self, place: &Origin, node: &Node, members: &[&str]) {
        for name in node.as_object().into_iter().flat_map(|object| object.keys()) {
            if !members.contains(&name.as_str()) {
                let nearest = names::nearest(name, members.iter().copied());
                self.schemas.diagnostics.unused_in_rate_limit(place.key(name), name, nearest);
            }
        }
    }

    /// A period of 0 units, as the vendor publishes it, is one unit. It does so everywhere, hence one note for all.
    pub(crate) fn note_limits_of_no_units(&mut self) {
        if let Some((first, others)) = self.limits_of_no_units.split_first() {
            self.schemas.diagnostics.limit_of_no_units(first.clone(), others.len());
        }
    }
}
