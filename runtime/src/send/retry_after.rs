//! `Retry-After`: the wait requested by a service.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

/// Returns the wait requested in the headers of a response, as seconds, possibly with a fraction, or as an HTTP date.
///
/// A date is relative to the `Date` of the same response, so that the wait is correct even if the local clock is wrong.
/// A date in the past means no wait.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = text(headers.get(RETRY_AFTER)?)?;
    seconds(text).or_else(|| {
        let date = httpdate::parse_http_date(text).ok()?;
        let now = headers.get(DATE).and_then(self::text).and_then(|text| httpdate::parse_http_date(text).ok());
        Some(date.duration_since(now.unwrap_or_else(SystemTime::now)).unwrap_or_default())
    })
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok().map(str::trim)
}

/// Parses digits, possibly followed by a decimal point and more digits. Saturates at the maximum `Duration`.
fn seconds(text: &str) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let seconds = text.parse().ok()?;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &'static str, expected: Option<Duration>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        headers.insert(DATE, HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(retry_after(&headers), expected, "{value:?}");
    }

    #[test]
    fn reads_seconds_with_fractions() {
        check("0", Some(Duration::ZERO));
        check("3", Some(Duration::from_secs(3)));
        check(" 120 ", Some(Duration::from_mins(2)));
        check("1.5", Some(Duration::from_millis(1500)));
        check("0.25", Some(Duration::from_millis(250)));
        check("99999999999999999999999999", Some(Duration::MAX));
    }

    #[test]
    fn reads_the_three_forms_of_a_date() {
        check("Sun, 06 Nov 1994 08:49:40 GMT", Some(Duration::from_secs(3)));
        check("Sunday, 06-Nov-94 08:49:40 GMT", Some(Duration::from_secs(3)));
        check("Sun Nov  6 08:49:40 1994", Some(Duration::from_secs(3)));
        check("Sun, 06 Nov 1994 08:00:00 GMT", Some(Duration::ZERO));
    }

    #[test]
    fn a_date_is_absolute_if_the_response_has_no_date() {
        let mut headers = HeaderMap::new();
        let later = httpdate::fmt_http_date(SystemTime::now() + Duration::from_mins(10));
        headers.insert(RETRY_AFTER, later.parse().expect("a header value"));
        let wait = retry_after(&headers).expect("a date");
        assert!(wait > Duration::from_mins(9) && wait <= Duration::from_mins(10), "{wait:?}");
    }

    #[test]
    fn ignores_invalid_values() {
        for value in
            ["", "soon", "-1", "1.", ".5", "1e3", "NaN", "inf", "1,5", "+1", "0x10", "Sun, 32 Nov 1994 08:49:37 GMT"]
        {
            check(value, None);
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
