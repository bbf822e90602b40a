//! The check that a number is finite, because JSON has neither NaN nor infinity.

use crate::check::keyword::{Constraint, Keyword};
use crate::check::location::{Location, Segment};
use crate::check::violation::Violations;

impl Violations {
    /// Checks that a number is neither NaN nor infinite.
    ///
    /// ```
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let mut violations = Violations::new();
    /// violations.check_finite(&Location::root(), "price", 0.5);
    /// violations.check_finite(&Location::root(), "weight", f32::NAN);
    /// assert_eq!(violations.to_string(), "`weight`: not finite, `type` is `number`");
    /// ```
    #[inline]
    pub fn check_finite<'a>(&mut self, at: &'a Location<'a>, segment: impl Into<Segment<'a>>, number: impl Into<f64>) {
        if !number.into().is_finite() {
            self.report_value(at, segment.into(), Keyword::Type, Constraint::Listed(&["number"]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::violation::Violation;

    #[test]
    fn numbers_of_json_are_finite() {
        let mut violations = Violations::new();
        for number in [0.0, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE] {
            violations.check_finite(&Location::root(), "n", number);
        }
        assert!(violations.is_empty(), "{violations}");
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            violations.check_finite(&Location::root(), "n", number);
        }
        violations.check_finite(&Location::root(), (), f32::INFINITY);
        let keywords: Vec<_> = violations.iter().map(Violation::keyword).collect();
        assert_eq!(keywords, [Keyword::Type; 4]);
    }
}
