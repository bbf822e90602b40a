//! The check of `pattern`, with a matcher that runs in linear time and never backtracks.

use std::fmt;
use std::sync::OnceLock;

use regex_lite::Regex;

use crate::check::keyword::{Constraint, Keyword};
use crate::check::location::{Location, Segment};
use crate::check::violation::Violations;

/// A regular expression of a description, compiled when it is first used.
///
/// Emitted code keeps each pattern in a `static`. The generator has already compiled the expression, with a lower size
/// limit than that of `regex-lite`. A pattern that nevertheless fails to compile matches every text.
///
/// ```
/// use wirecrate_runtime::generated::Pattern;
///
/// static REFERENCE: Pattern = Pattern::new(r"^\d+$", "^[0-9]+$");
/// assert!(REFERENCE.matches("17") && !REFERENCE.matches("17a"));
/// assert_eq!(REFERENCE.as_str(), r"^\d+$");
/// ```
pub struct Pattern {
    stated: &'static str,
    translated: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Creates a pattern. `stated` is the expression of the description, in ECMA-262 syntax, and `translated` is the
    /// same expression in the syntax of the `regex-lite` crate.
    pub const fn new(stated: &'static str, translated: &'static str) -> Self {
        Self { stated, translated, compiled: OnceLock::new() }
    }

    /// Returns the pattern as written in the description.
    pub fn as_str(&self) -> &'static str {
        self.stated
    }

    /// Returns `true` if some part of the text matches. The first call compiles the pattern.
    pub fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.translated).ok());
        compiled.as_ref().is_none_or(|pattern| pattern.is_match(text))
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.stated).finish()
    }
}

/// Checks that only emitted code calls.
#[doc(hidden)]
impl Violations {
    /// Checks `pattern`: some part of the text must match. A pattern for the whole text starts with `^` and ends with
    /// `$`.
    ///
    /// ```
    /// use wirecrate_runtime::generated::Pattern;
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// static CODE: Pattern = Pattern::new("^[A-Z]{3}$", "^[A-Z]{3}$");
    /// let mut violations = Violations::new();
    /// violations.check_pattern(&Location::root(), "currency", "euro", &CODE);
    /// assert_eq!(violations.to_string(), "`currency`: does not match, `pattern` is `^[A-Z]{3}$`");
    /// ```
    pub fn check_pattern<'a>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        text: &(impl AsRef<str> + ?Sized),
        pattern: &Pattern,
    ) {
        let text = text.as_ref();
        if !pattern.matches(text) {
            self.report_value(at, segment.into(), Keyword::Pattern, Constraint::Pattern(pattern.stated));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_text_is_enough() {
        static PATTERN: Pattern = Pattern::new("b+", "b+");
        for (text, expected) in [("abbc", true), ("b", true), ("", false), ("ac", false)] {
            assert_eq!(PATTERN.matches(text), expected, "{text}");
        }
    }

    #[test]
    fn a_pattern_that_does_not_compile_matches_everything() {
        static BROKEN: Pattern = Pattern::new("(", "(");
        static HUGE: Pattern = Pattern::new("((a{999}){999}){999}", "((a{999}){999}){999}");
        assert!(BROKEN.matches("") && HUGE.matches(""));
    }

    #[test]
    fn violations_hold_the_pattern_and_not_the_text() {
        static PATTERN: Pattern = Pattern::new("^a$", "^a$");
        let mut violations = Violations::new();
        violations.check_pattern(&Location::root(), 0, "441134960000", &PATTERN);
        assert_eq!(violations.to_string(), "`[0]`: does not match, `pattern` is `^a$`");
        assert_eq!(violations.as_slice()[0].constraint(), Constraint::Pattern("^a$"));
        assert!(!format!("{violations:?}").contains("4411"));
    }
}
