//! Dates with a time.

use std::error::Error;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A string with `format: date-time`. It keeps the exact text, which [`timestamp`](Self::timestamp) parses.
///
/// Some services write `2019-04-09T16:01:56.494-0300`, which is not valid in RFC 3339 because the offset has no colon.
/// For this reason, any text is accepted when decoding, and is encoded unchanged.
///
/// ```
/// use wirecrate_runtime::DateTime;
///
/// let sent_at = DateTime::from("2019-04-09T16:01:56.494-0300");
/// assert_eq!(sent_at.timestamp()?.to_string(), "2019-04-09T19:01:56.494Z");
/// # Ok::<(), wirecrate_runtime::DateTimeError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// Returns the text, exactly as it was given or decoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses the text as a timestamp.
    ///
    /// The text must be in ISO 8601 format, with an offset such as `Z`, `+00:00`, `+0000`, or `-03`. The precision is
    /// at most nanoseconds.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a date and time, or has no offset.
    pub fn timestamp(&self) -> Result<Timestamp, DateTimeError> {
        // The cause is dropped because it contains the text, which comes from outside.
        self.0.parse().map_err(|_| DateTimeError(()))
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.to_string())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Formats the text if it is a date and time, and `[redacted]` otherwise.
impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.timestamp().is_ok() { fmt::Debug::fmt(&self.0, f) } else { f.write_str("[redacted]") }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An error returned when the text of a [`DateTime`] is not a date and time with an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateTimeError(());

impl fmt::Display for DateTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date and time with an offset")
    }
}

impl Error for DateTimeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = DateTime::from(text).timestamp().map(|timestamp| timestamp.to_string());
        assert_eq!(found.ok().as_deref(), expected, "{text}");
    }

    #[test]
    fn timestamps() {
        check("2019-04-09T16:01:56.494-0300", Some("2019-04-09T19:01:56.494Z"));
        check("2019-04-09T16:01:56.494+0000", Some("2019-04-09T16:01:56.494Z"));
        check("2019-04-09T16:01:56.494+00:00", Some("2019-04-09T16:01:56.494Z"));
        check("2019-04-09T16:01:56.494Z", Some("2019-04-09T16:01:56.494Z"));
        check("2019-04-09T16:01:56Z", Some("2019-04-09T16:01:56Z"));
        check("2019-04-09T16:01:56+05:30", Some("2019-04-09T10:31:56Z"));
        check("2019-04-09 16:01:56-03", Some("2019-04-09T19:01:56Z"));
        check("2024-02-29T23:59:59.999999999+0100", Some("2024-02-29T22:59:59.999999999Z"));
    }

    #[test]
    fn texts_without_a_moment() {
        check("", None);
        check("yesterday", None);
        check("2019-04-09", None);
        check("2019-04-09T16:01:56.494", None);
        check("2019-02-30T16:01:56Z", None);
    }

    #[test]
    fn keeps_the_text() {
        for json in [r#""2019-04-09T16:01:56.494-0300""#, r#""soon""#, r#""""#] {
            let date_time: DateTime = serde_json::from_str(json).expect("any string is accepted");
            let encoded = serde_json::to_string(&date_time).expect("a string encodes");
            assert_eq!(encoded, json);
        }
    }

    #[test]
    fn a_timestamp_becomes_text() {
        let timestamp: Timestamp = "2019-04-09T16:01:56.494-0300".parse().expect("valid");
        let date_time = DateTime::from(timestamp);
        assert_eq!(date_time.as_str(), "2019-04-09T19:01:56.494Z");
        assert_eq!(date_time.timestamp(), Ok(timestamp));
    }

    #[test]
    fn errors_do_not_quote() {
        let error = DateTime::from("441134960000").timestamp().expect_err("not a date");
        assert!(!format!("{error} {error:?}").contains("4411"));
    }
}
