//! Checks of numbers: ranges and multiples.
//!
//! A violation does not contain the number, because it may be personal data such as a phone number.

use std::fmt::{LowerExp, Write as _};
use std::ops::{Bound, RangeBounds};

use crate::check::keyword::{Constraint, Keyword};
use crate::check::location::{Location, Segment};
use crate::check::violation::{Violation, Violations};

/// A number type of emitted code: `i32`, `i64`, `i128`, `u32`, `u64`, `f32` or `f64`.
pub trait Number: Copy + PartialOrd + sealed::Sealed {
    /// Returns the number as the argument of a keyword, with the digits of its shortest notation.
    fn to_constraint(self) -> Constraint;

    /// Returns whether the number is a multiple of `step`.
    ///
    /// Floating-point numbers are compared in their shortest decimal notation, so 0.3 is a multiple of 0.1. Infinities
    /// and NaN, which JSON cannot represent, are never multiples. Every number is a multiple of 0.
    fn is_multiple_of(self, step: Self) -> bool;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl sealed::Sealed for $integer {}

        impl Number for $integer {
            fn to_constraint(self) -> Constraint {
                Constraint::Integer(self.into())
            }

            #[inline]
            fn is_multiple_of(self, step: Self) -> bool {
                // There is no remainder for a step of 0, nor for the smallest integer and a step of -1.
                self.checked_rem(step).is_none_or(|rest| rest == 0)
            }
        }
    )*};
}

integers!(i32, i64, i128, u32, u64);

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl sealed::Sealed for $float {}

        impl Number for $float {
            fn to_constraint(self) -> Constraint {
                // A conversion to `f64` would show more digits than were written: 0.1 as 0.10000000149011612.
                Constraint::Number(self.to_string().parse().unwrap_or(f64::NAN))
            }

            #[inline]
            fn is_multiple_of(self, step: Self) -> bool {
                const EXACT: $float = (1_u64 << <$float>::MANTISSA_DIGITS) as $float;
                let whole = |number: $float| number.abs() < EXACT && number.fract() == 0.0;
                if whole(self) && whole(step) && step != 0.0 {
                    // Up to here the decimal number equals the binary one, and the remainder is exact.
                    self % step == 0.0
                } else {
                    is_decimal_multiple(self, step)
                }
            }
        }
    )*};
}

#[expect(clippy::cast_precision_loss, reason = "powers of two are exact")]
mod floats {
    use super::{Constraint, Number, is_decimal_multiple, sealed};

    floats!(f32, f64);
}

/// A number in decimal notation: its digits, and the power of ten to multiply them by.
#[derive(Clone, Copy)]
struct Decimal {
    /// At most 17 digits, which are enough to distinguish all floating-point numbers.
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// Returns the shortest notation of a number, or `None` for infinities and NaN.
    fn of(number: impl LowerExp) -> Option<Self> {
        let mut text = Text { bytes: [0; 40], length: 0 };
        write!(text, "{number:e}").ok()?;
        let text = std::str::from_utf8(&text.bytes[..text.length]).ok()?;
        let (digits, exponent) = text.split_once('e')?;
        let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = digits.bytes().filter(u8::is_ascii_digit);
        Some(Self {
            digits: digits.fold(0, |value, digit| value * 10 + u128::from(digit - b'0')),
            exponent: exponent.parse::<i32>().ok()? - i32::try_from(places).ok()?,
        })
    }
}

/// Tests for a remainder by long division, ignoring signs.
fn is_decimal_multiple(number: impl LowerExp, step: impl LowerExp) -> bool {
    let (Some(number), Some(step)) = (Decimal::of(number), Decimal::of(step)) else {
        return false;
    };
    if step.digits == 0 || number.digits == 0 {
        return true;
    }
    let shift = number.exponent.abs_diff(step.exponent);
    if number.exponent >= step.exponent {
        // The remainder of `digits * 10^shift`: both factors stay below 10^17, and their product below 10^34.
        let power = (0..shift).fold(1 % step.digits, |power, _| power * 10 % step.digits);
        number.digits % step.digits * power % step.digits == 0
    } else {
        // The step is `digits * 10^shift`, which has more than 17 digits from 10^18 on and divides no number of 17
        // digits.
        shift < 18 && number.digits % (step.digits * 10_u128.pow(shift)) == 0
    }
}

/// A buffer on the stack for a number of 17 digits with its sign, decimal point, and exponent.
struct Text {
    bytes: [u8; 40],
    length: usize,
}

impl std::fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(std::fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

impl Violations {
    /// Checks `minimum`, `maximum`, and their exclusive variants.
    ///
    /// The bounds are given as a range: `0..=23`, `1..`, `..0.5` (exclusive), or a pair of [`Bound`]s. No range
    /// contains NaN.
    ///
    /// ```
    /// use std::ops::Bound;
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let mut violations = Violations::new();
    /// violations.check_range(&Location::root(), "latitude", 45.8, -90.0..=90.0);
    /// violations.check_range(&Location::root(), "hour", 24, 0..=23);
    /// violations.check_range(&Location::root(), "price", 0.0, (Bound::Excluded(0.0), Bound::Unbounded));
    /// let expected = "`hour`: too large, `maximum` is 23\n`price`: too small, `exclusiveMinimum` is 0.0";
    /// assert_eq!(violations.to_string(), expected);
    /// ```
    #[inline]
    pub fn check_range<'a, T: Number>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        number: T,
        range: impl RangeBounds<T>,
    ) {
        if !range.contains(&number) {
            let bounds = (range.start_bound().cloned(), range.end_bound().cloned());
            self.report_range(at, segment.into(), number, bounds);
        }
    }

    /// Checks `multipleOf`: the number must be a multiple of the step, both in their shortest decimal notation. For an
    /// integer, emitted code passes the step as an integer (1.5 becomes 3).
    ///
    /// ```
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let mut violations = Violations::new();
    /// violations.check_multiple_of(&Location::root(), "price", 0.3, 0.1);
    /// violations.check_multiple_of(&Location::root(), "seats", 3, 2);
    /// assert_eq!(violations.to_string(), "`seats`: not a multiple, `multipleOf` is 2");
    /// ```
    #[inline]
    pub fn check_multiple_of<'a, T: Number>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        number: T,
        step: T,
    ) {
        if !number.is_multiple_of(step) {
            self.report_value(at, segment.into(), Keyword::MultipleOf, step.to_constraint());
        }
    }

    #[cold]
    #[inline(never)]
    fn report_range<T: Number>(
        &mut self,
        at: &Location<'_>,
        segment: Segment<'_>,
        number: T,
        (smallest, largest): (Bound<T>, Bound<T>),
    ) {
        // Each end is checked separately, because a description may contain an empty range.
        let (keyword, constraint, kept) = match smallest {
            Bound::Included(constraint) => (Keyword::Minimum, Some(constraint), number >= constraint),
            Bound::Excluded(constraint) => (Keyword::ExclusiveMinimum, Some(constraint), number > constraint),
            Bound::Unbounded => (Keyword::Minimum, None, true),
        };
        if let (Some(constraint), false) = (constraint, kept) {
            self.report_value(at, segment, keyword, constraint.to_constraint());
        }
        let (keyword, constraint, kept) = match largest {
            Bound::Included(constraint) => (Keyword::Maximum, Some(constraint), number <= constraint),
            Bound::Excluded(constraint) => (Keyword::ExclusiveMaximum, Some(constraint), number < constraint),
            Bound::Unbounded => (Keyword::Maximum, None, true),
        };
        if let (Some(constraint), false) = (constraint, kept) {
            self.report_value(at, segment, keyword, constraint.to_constraint());
        }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn report_value(
        &mut self,
        at: &Location<'_>,
        segment: Segment<'_>,
        keyword: Keyword,
        constraint: Constraint,
    ) {
        self.push(Violation::without_size(&at.join(segment), keyword, constraint));
    }
}

#[cfg(test)]
mod tests {
    use Bound::{Excluded, Unbounded};
    use jsonschema::Draft;
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check_range<T: Number>(number: T, range: impl RangeBounds<T>, expected: &str) {
        let mut violations = Violations::new();
        violations.check_range(&Location::root(), "n", number, range);
        assert_eq!(violations.to_string(), expected);
    }

    #[test]
    fn ranges_have_two_kinds_of_ends() {
        check_range(0, 0..=23, "");
        check_range(23, 0..=23, "");
        check_range(24, 0..=23, "`n`: too large, `maximum` is 23");
        check_range(-1_i64, 0..=23, "`n`: too small, `minimum` is 0");
        check_range(u64::MAX, 1.., "");
        check_range(0_u32, 1.., "`n`: too small, `minimum` is 1");
        check_range(5, ..5, "`n`: too large, `exclusiveMaximum` is 5");
        check_range(0.0, (Excluded(0.0), Unbounded), "`n`: too small, `exclusiveMinimum` is 0.0");
        check_range(f64::MIN_POSITIVE, (Excluded(0.0), Unbounded), "");
        check_range(0.2_f32, ..=0.1_f32, "`n`: too large, `maximum` is 0.1");
        check_range(1e300, ..=1e299, "`n`: too large, `maximum` is 1e299");
        check_range(7, .., "");
    }

    #[test]
    fn nothing_is_in_an_impossible_range() {
        #[expect(clippy::reversed_empty_ranges, reason = "a description may contain a contradiction")]
        let range = 5..=3;
        check_range(4, range, "`n`: too small, `minimum` is 5\n`n`: too large, `maximum` is 3");
        check_range(f64::NAN, 0.0..=1.0, "`n`: too small, `minimum` is 0.0\n`n`: too large, `maximum` is 1.0");
    }

    #[track_caller]
    fn check_multiple<T: Number + std::fmt::Debug>(number: T, step: T, expected: bool) {
        assert_eq!(number.is_multiple_of(step), expected, "{number:?} of {step:?}");
    }

    #[test]
    fn multiples_are_decimal() {
        check_multiple(0.3, 0.1, true);
        check_multiple(-0.3, 0.1, true);
        check_multiple(0.35, 0.1, false);
        check_multiple(1.1_f32, 0.1, true);
        check_multiple(1.15_f32, 0.1, false);
        check_multiple(19.99, 0.01, true);
        check_multiple(0.0075, 0.0001, true);
        check_multiple(0.000_075_1, 0.0001, false);
        check_multiple(4.0, 1.5, false);
        check_multiple(4.5, 1.5, true);
        check_multiple(0.0, 0.3, true);
        check_multiple(1e308, 0.5, true);
        check_multiple(1e308, 0.3, false);
        check_multiple(1e308, 3.0, false);
        check_multiple(3e307, 3.0, true);
        check_multiple(1e23, 1e22, true);
        check_multiple(1.5, 1e300, false);
        check_multiple(5e-324, 5e-324, true);
        check_multiple(1.0, 5e-324, true);
        check_multiple(5e-324, 1.0, false);
        check_multiple(f64::MAX, f64::MAX, true);
        check_multiple(f64::MAX, f64::MIN_POSITIVE, false);
    }

    #[test]
    fn multiples_of_integers() {
        check_multiple(6, 3, true);
        check_multiple(7, 3, false);
        check_multiple(-6_i64, 3, true);
        check_multiple(u64::MAX, 5, true);
        check_multiple(9_007_199_254_740_993_i64, 2, false);
        check_multiple(9_007_199_254_740_993_i64, 3, true);
    }

    #[test]
    fn odd_steps_and_numbers_do_no_harm() {
        check_multiple(i32::MIN, -1, true);
        check_multiple(1, 0, true);
        check_multiple(1.0, 0.0, true);
        check_multiple(f64::NAN, 1.0, false);
        check_multiple(f64::INFINITY, 1.0, false);
        check_multiple(1.0, f64::NAN, false);
    }

    /// Compares random numbers with an independent validator, which takes floating-point numbers from 2^53 on as
    /// binary.
    #[test]
    fn agrees_with_another_validator() {
        let mut random = fastrand::Rng::with_seed(4);
        let mut counts = [0; 2];
        for _ in 0..1000 {
            let step = f64::from(random.u32(1..2000)) / 10_f64.powi(random.i32(0..5));
            let places = 10_f64.powi(random.i32(0..6));
            let number = if random.bool() {
                (f64::from(random.u32(..20_000)) * step * places).round() / places
            } else {
                f64::from(random.i32(..)) / places
            };
            compare(number.is_multiple_of(step), &json!({ "multipleOf": step }), &json!(number), &mut counts);
            let (number, step) = (random.i64(..), random.i64(1..12));
            compare(number.is_multiple_of(step), &json!({ "multipleOf": step }), &json!(number), &mut counts);
        }
        assert!(counts.iter().all(|count| *count > 250), "{counts:?}");

        let mut counts = [0; 2];
        for _ in 0..1000 {
            let [number, low, high] = std::array::from_fn(|_| f64::from(random.i8(-9..9)) / 2.0);
            let mut violations = Violations::new();
            violations.check_range(&Location::root(), "n", number, (Excluded(low), Bound::Included(high)));
            let schema = json!({ "exclusiveMinimum": low, "maximum": high });
            compare(violations.is_empty(), &schema, &json!(number), &mut counts);
        }
        assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
    }

    #[track_caller]
    fn compare(ours: bool, schema: &Value, instance: &Value, counts: &mut [usize; 2]) {
        let validator =
            jsonschema::options().with_draft(Draft::Draft202012).build(schema).expect("the schema is in order");
        assert_eq!(ours, validator.is_valid(instance), "{instance} against {schema}");
        counts[usize::from(ours)] += 1;
    }
}
