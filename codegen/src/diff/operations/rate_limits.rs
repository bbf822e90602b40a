//! Rate limits of operations, compared as lower or higher.

use std::time::Duration;

use crate::api::RateLimit;
use crate::diff::{At, Comparison, Rule, rules};

impl Comparison<'_> {
    pub(super) fn rate_limits(&mut self, at: &At, old: &[RateLimit], new: &[RateLimit]) {
        if old == new {
            return;
        }
        let rule: &'static Rule = match (allows(old, new), allows(new, old)) {
            (true, false) => &rules::RATE_LIMIT_LOWERED,
            (false, true) => &rules::RATE_LIMIT_RAISED,
            _ => &rules::RATE_LIMIT_CHANGED,
        };
        let words = |limits: &[RateLimit]| {
            let words: Vec<_> = limits.iter().map(limit_in_words).collect();
            (!words.is_empty()).then(|| words.join(", "))
        };
        self.keyword(at, "x-throttling-info", rule, words(old), words(new));
    }
}

/// Returns `true` if a client that keeps the inner limits keeps the outer ones: an inner one implies each of them.
fn allows(outer: &[RateLimit], inner: &[RateLimit]) -> bool {
    outer.iter().all(|outer| inner.iter().any(|inner| implies(*inner, *outer)))
}

/// Returns `true` if the first limit allows no more calls than the second.
fn implies(tight: RateLimit, loose: RateLimit) -> bool {
    match (tight, loose) {
        (RateLimit::Window { requests, period }, RateLimit::Window { requests: most, period: within }) => {
            // The number of windows that cover the longer period.
            let windows = within.as_nanos().div_ceil(period.as_nanos().max(1));
            u128::from(requests) * windows <= u128::from(most)
        }
        (RateLimit::Bucket { capacity, refill }, RateLimit::Bucket { capacity: most, refill: at_least }) => {
            capacity <= most && refill >= at_least
        }
        _ => false,
    }
}

fn limit_in_words(limit: &RateLimit) -> String {
    let time = |time: Duration| format!("{time:?}");
    match limit {
        RateLimit::Window { requests, period } => format!("{requests} in {}", time(*period)),
        RateLimit::Bucket { capacity, refill } => format!("{capacity} at once, one more every {}", time(*refill)),
    }
}
