//! Rate limits, from `x-throttling-info`.
//!
//! The value is one rate limit, or a list of rate limits that all apply, each to an account:
//!
//! - `type: time`: `numberOfRequests` in any window of `numberOfTimeUnits` × `timeUnit`;
//! - `type: bucket`: `capacity` at once; `numberOfRequests` tokens are refilled, one by one, in `numberOfTimeUnits` × `timeUnit`.

use std::time::Duration;

use super::OperationReader;
use crate::api::RateLimit;
use crate::document::{Cursor, Value};
use crate::names;

const EXTENSION: &str = "x-throttling-info";

const TIME: &[&str] = &["type", "numberOfRequests", "timeUnit", "numberOfTimeUnits"];
const BUCKET: &[&str] = &["type", "capacity", "numberOfRequests", "timeUnit", "numberOfTimeUnits"];

/// The time units and their lengths in milliseconds.
const UNITS: &[(&str, u64)] = &[("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// The maximum period in milliseconds, 366 days, so that sums of instants cannot overflow.
const LONGEST: u64 = 366 * 86_400_000;

impl<'d> OperationReader<'_, 'd> {
    /// Reads the rate limits of an operation.
    pub(crate) fn rate_limits(&mut self, operation: &Cursor<'d>) -> Vec<RateLimit> {
        let Some(stated) = operation.get(EXTENSION) else { return Vec::new() };
        match stated.value() {
            Value::Array(_) => stated.items().filter_map(|limit| self.rate_limit(&limit)).collect(),
            _ => self.rate_limit(&stated).into_iter().collect(),
        }
    }

    fn rate_limit(&mut self, limit: &Cursor<'d>) -> Option<RateLimit> {
        if limit.node().as_object().is_none() {
            self.schemas.diagnostics.bad_rate_limit(limit, limit.node().kind());
            return None;
        }
        let is_bucket = self.word(limit, "type", &["time", "bucket"])? == "bucket";
        self.report_unused_properties(limit, if is_bucket { BUCKET } else { TIME });
        // Every part is read before the first failure returns, so that one run reports all findings.
        let capacity = is_bucket.then(|| self.count(limit, "capacity"));
        let requests = self.count(limit, "numberOfRequests");
        let period = self.period(limit);
        let (requests, period) = (requests?, period?);
        match capacity {
            None => Some(RateLimit::Window { requests, period }),
            Some(capacity) => {
                // Rounded up, so that the rate is never higher than that of the description.
                let nanoseconds = period.as_nanos().div_ceil(u128::from(requests));
                let refill = Duration::from_nanos(u64::try_from(nanoseconds).ok()?);
                Some(RateLimit::Bucket { capacity: capacity?, refill })
            }
        }
    }

    fn period(&mut self, limit: &Cursor<'d>) -> Option<Duration> {
        const UNITS_KEY: &str = "numberOfTimeUnits";
        let words: Vec<_> = UNITS.iter().map(|(word, _)| *word).collect();
        let unit = self.word(limit, "timeUnit", &words);
        let units = match limit.get(UNITS_KEY) {
            None => Some(1),
            Some(units) if matches!(units.value(), Value::Number(number) if number.as_u64() == Some(0)) => {
                self.limits_of_no_units.push(units);
                Some(1)
            }
            Some(_) => self.count(limit, UNITS_KEY),
        };
        let (_, milliseconds) = UNITS.iter().find(|(word, _)| Some(*word) == unit)?;
        let period = u64::from(units?) * milliseconds;
        if period > LONGEST {
            self.schemas.diagnostics.bad_extension(limit.location_of(UNITS_KEY), "a period of at most 366 days");
            return None;
        }
        Some(Duration::from_millis(period))
    }

    /// Reads a property that is one of some words.
    fn word(&mut self, limit: &Cursor<'d>, key: &str, words: &[&str]) -> Option<&'d str> {
        let Some(property) = limit.get(key) else {
            self.schemas.diagnostics.incomplete_rate_limit(limit, key);
            return None;
        };
        match property.as_str() {
            Some(word) if words.contains(&word) => return Some(word),
            Some(word) => self.schemas.diagnostics.unknown_value(property, word, words),
            None => self.schemas.diagnostics.wrong_kind(&property, "a string", property.node().kind(), None),
        }
        None
    }

    /// Reads a property that is a positive number.
    fn count(&mut self, limit: &Cursor<'d>, key: &str) -> Option<u32> {
        let Some(property) = limit.get(key) else {
            self.schemas.diagnostics.incomplete_rate_limit(limit, key);
            return None;
        };
        let count = match property.value() {
            Value::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
            _ => None,
        };
        let count = count.filter(|count| *count > 0);
        if count.is_none() {
            self.schemas.diagnostics.bad_extension(property, "an integer from 1 to 4294967295");
        }
        count
    }

    fn report_unused_properties(&mut self, limit: &Cursor<'d>, used: &[&str]) {
        for (name, _) in limit.properties().filter(|(name, _)| !used.contains(name)) {
            let nearest = names::nearest(name, used.iter().copied());
            self.schemas.diagnostics.unused_in_rate_limit(limit.key(name), name, nearest);
        }
    }

    /// Reports all periods of 0 units, which are read as one unit, in one note: a description that has one usually has many.
    pub(crate) fn note_limits_of_no_units(&mut self) {
        if let Some((first, others)) = self.limits_of_no_units.split_first() {
            self.schemas.diagnostics.limit_of_no_units(first, others.len());
        }
    }
}
