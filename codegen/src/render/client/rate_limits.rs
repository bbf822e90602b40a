//! Rate limits as constants for the runtime, and in words.

use std::time::Duration;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::RateLimit;
use crate::render::scope::{Scope, ident};

/// The setting after `Operation::new(..)`; `None` without rate limits.
pub(super) fn render_limits(scope: &Scope<'_>, limits: &[RateLimit]) -> Option<TokenStream> {
    if limits.is_empty() {
        return None;
    }
    let (rate_limit, duration) = (scope.runtime("RateLimit"), scope.std("time::Duration"));
    let limits = limits.iter().map(|limit| match *limit {
        RateLimit::Window { requests, period } => {
            let (requests, period) = (Literal::u32_unsuffixed(requests), render_duration(&duration, period));
            quote!(#rate_limit::per(#requests, #period))
        }
        RateLimit::Bucket { capacity, refill } => {
            let (capacity, refill) = (Literal::u32_unsuffixed(capacity), render_duration(&duration, refill));
            quote!(#rate_limit::bucket(#capacity, #refill))
        }
    });
    Some(quote!(.rate_limits(&[#(#limits),*])))
}

/// A duration in the largest unit that has a constructor and leaves no rest.
fn render_duration(ty: &TokenStream, duration: Duration) -> TokenStream {
    let (seconds, nanoseconds) = (duration.as_secs(), duration.subsec_nanos());
    let (constructor, count) = if !nanoseconds.is_multiple_of(1_000_000) {
        ("from_nanos", duration.as_nanos())
    } else if nanoseconds > 0 {
        ("from_millis", duration.as_millis())
    } else if seconds.is_multiple_of(3600) {
        ("from_hours", u128::from(seconds / 3600))
    } else if seconds.is_multiple_of(60) {
        ("from_mins", u128::from(seconds / 60))
    } else {
        ("from_secs", u128::from(seconds))
    };
    let (constructor, count) = (ident(constructor), Literal::u128_unsuffixed(count));
    quote!(#ty::#constructor(#count))
}

/// The rate limits in words; `None` without rate limits.
pub(super) fn sentence(limits: &[RateLimit]) -> Option<String> {
    let (plural, them) = match limits {
        [] => return None,
        [_] => ("", "it"),
        _ => ("s", "them"),
    };
    let limits: Vec<_> = limits.iter().map(words).collect();
    Some(format!(
        "Rate limit{plural} of the service, per account: {}. The client enforces {them} by default; see \
         [`Limiter`](crate::Limiter).",
        limits.join("; ")
    ))
}

fn words(limit: &RateLimit) -> String {
    let plural = |count: u32| if count == 1 { "request" } else { "requests" };
    match *limit {
        RateLimit::Window { requests, period } => format!("{requests} {} per {}", plural(requests), length(period)),
        RateLimit::Bucket { capacity, refill } => {
            format!("{capacity} {} at once, plus one more every {}", plural(capacity), length(refill))
        }
    }
}

/// A duration in the largest unit that leaves no rest: `second`, `5 seconds`, `250 milliseconds`; or
/// `333 milliseconds (approximately)` if exact figures would be hard to read.
fn length(duration: Duration) -> String {
    const UNITS: &[(&str, u128)] = &[
        ("day", 86_400_000_000_000),
        ("hour", 3_600_000_000_000),
        ("minute", 60_000_000_000),
        ("second", 1_000_000_000),
        ("millisecond", 1_000_000),
        ("microsecond", 1000),
        ("nanosecond", 1),
    ];
    let nanoseconds = duration.as_nanos();
    for (unit, length) in UNITS {
        let (count, rest) = (nanoseconds / length, nanoseconds % length);
        match count {
            0 => {}
            1 if rest == 0 => return (*unit).to_owned(),
            _ if rest == 0 => return format!("{count} {unit}s"),
            _ if *length <= 1_000_000 && count >= 10 => return format!("{count} {unit}s (approximately)"),
            _ => {}
        }
    }
    "nanosecond".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_the_largest_unit_that_fits() {
        #[track_caller]
        fn check(duration: Duration, expected: &str, code: &str) {
            assert_eq!(length(duration), expected);
            assert_eq!(render_duration(&quote!(Duration), duration).to_string().replace(' ', ""), code);
        }
        check(Duration::from_secs(1), "second", "Duration::from_secs(1)");
        check(Duration::from_secs(5), "5 seconds", "Duration::from_secs(5)");
        check(Duration::from_mins(1), "minute", "Duration::from_mins(1)");
        check(Duration::from_secs(90), "90 seconds", "Duration::from_secs(90)");
        check(Duration::from_hours(366 * 24), "366 days", "Duration::from_hours(8784)");
        check(Duration::from_millis(1500), "1500 milliseconds", "Duration::from_millis(1500)");
        check(Duration::from_nanos(333_333_334), "333 milliseconds (approximately)", "Duration::from_nanos(333333334)");
        check(Duration::from_nanos(333_334), "333 microseconds (approximately)", "Duration::from_nanos(333334)");
        check(Duration::from_nanos(1_500_001), "1500 microseconds (approximately)", "Duration::from_nanos(1500001)");
        check(Duration::from_nanos(1), "nanosecond", "Duration::from_nanos(1)");
        check(Duration::from_micros(2), "2 microseconds", "Duration::from_nanos(2000)");
    }
}
