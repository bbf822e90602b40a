//! Calendar dates.

use std::fmt;

use jiff::civil;

use super::{FormatError, text};

text! {
    /// A string with `format: date`. It keeps the exact text, which [`date`](Self::date) parses.
    ///
    /// ```
    /// use wirecrate_runtime::Date;
    ///
    /// let birthday = Date::from("1990-05-17");
    /// assert_eq!(birthday.date()?.year(), 1990);
    /// # Ok::<(), wirecrate_runtime::FormatError>(())
    /// ```
    Date, "a date"
}

impl Date {
    /// Parses the text as an ISO 8601 date, such as `2024-02-29`.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not a date, or if the day does not exist.
    pub fn date(&self) -> Result<civil::Date, FormatError> {
        // The parser would ignore a time after the date, and a date without hyphens may be a phone number.
        let shaped = self.0.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && self.0.contains('-');
        let date = if shaped { self.0.parse().ok() } else { None };
        date.ok_or(Self::UNFIT)
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date.to_string())
    }
}

/// Formats the text if it is a date, and `[redacted]` otherwise.
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.date().is_ok() { fmt::Debug::fmt(&self.0, f) } else { f.write_str("[redacted]") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(i16, i8, i8)>) {
        let found = Date::from(text).date().ok().map(|date| (date.year(), date.month(), date.day()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates() {
        check("2024-02-29", Some((2024, 2, 29)));
        check("0001-01-01", Some((1, 1, 1)));
        check("2023-02-29", None);
        check("2024-13-01", None);
        check("20240229", None);
        check("2024-02-29T10:00:00", None);
        check("29.02.2024", None);
        check("", None);
    }

    #[test]
    fn a_day_becomes_text() {
        let date = Date::from(civil::date(2024, 2, 9));
        assert_eq!((date.as_str(), format!("{date:?}")), ("2024-02-09", "\"2024-02-09\"".to_owned()));
    }
}
