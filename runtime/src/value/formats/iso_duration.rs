//! Durations.

use std::fmt;

use jiff::{SignedDuration, Span};

use super::{FormatError, text};

text! {
    /// A string with `format: duration`, which is ISO 8601. It keeps the exact text, which [`duration`](Self::duration)
    /// and [`span`](Self::span) parse.
    ///
    /// ```
    /// use wirecrate_runtime::IsoDuration;
    ///
    /// let validity = IsoDuration::from("PT1H30M");
    /// assert_eq!(validity.duration()?.as_secs(), 5400);
    /// # Ok::<(), wirecrate_runtime::FormatError>(())
    /// ```
    IsoDuration, "a duration"
}

impl IsoDuration {
    /// Parses the text, such as `P1M3DT12H`, into a [`Span`] of years, months, weeks, days, hours, minutes, and
    /// seconds.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a duration.
    pub fn span(&self) -> Result<Span, FormatError> {
        // The parser also accepts `2 hours`, which is not ISO 8601.
        let parsed = if self.is_iso() { self.0.parse().ok() } else { None };
        parsed.ok_or(Self::UNFIT)
    }

    /// Parses the text as an exact duration, with a precision of nanoseconds.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a duration, or if it contains days or larger units, whose length depends on
    /// the date.
    pub fn duration(&self) -> Result<SignedDuration, FormatError> {
        let parsed = if self.is_iso() { self.0.parse().ok() } else { None };
        parsed.ok_or(Self::UNFIT)
    }

    fn is_iso(&self) -> bool {
        self.0.trim_start_matches(['+', '-']).starts_with('P')
    }
}

impl From<Span> for IsoDuration {
    fn from(span: Span) -> Self {
        Self(span.to_string())
    }
}

impl From<SignedDuration> for IsoDuration {
    fn from(duration: SignedDuration) -> Self {
        Self(duration.to_string())
    }
}

/// Formats the text if it is a duration, and `[redacted]` otherwise.
impl fmt::Debug for IsoDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.span().is_ok() { fmt::Debug::fmt(&self.0, f) } else { f.write_str("[redacted]") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, span: Option<&str>, seconds: Option<f64>) {
        let found = IsoDuration::from(text);
        assert_eq!(found.span().ok().map(|span| span.to_string()).as_deref(), span, "{text}");
        assert_eq!(found.duration().ok().map(|duration| duration.as_secs_f64()), seconds, "{text}");
    }

    #[test]
    fn durations() {
        check("PT5M", Some("PT5M"), Some(300.0));
        check("PT1H30M", Some("PT1H30M"), Some(5400.0));
        check("PT0.5S", Some("PT0.5S"), Some(0.5));
        check("-PT1S", Some("-PT1S"), Some(-1.0));
        check("P1Y2M3DT4H", Some("P1Y2M3DT4H"), None);
        check("P2W", Some("P2W"), None);
        check("2 hours", None, None);
        check("P", None, None);
        check("5", None, None);
        check("", None, None);
    }

    #[test]
    fn lengths_of_time_become_text() {
        assert_eq!(IsoDuration::from(SignedDuration::from_secs(90)).as_str(), "PT1M30S");
        assert_eq!(IsoDuration::from(Span::new().days(2).hours(3)).as_str(), "P2DT3H");
    }
}
