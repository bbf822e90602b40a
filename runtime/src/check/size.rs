//! The checks that emitted `validate` methods call: those that count. Their neighbours check numbers
//! (`number`), items (`unique`) and patterns (`pattern`).
//!
//! A check that passes compares two numbers and touches nothing else: it builds no location,
//! counts no characters unless the byte length leaves the question open, and allocates nothing.

use std::ops::{RangeFrom, RangeInclusive, RangeToInclusive};

use crate::check::keyword::Keyword;
use crate::check::location::{Location, Segment};
use crate::check::violation::{Violation, Violations};

/// The fewest and the most of something, both allowed.
///
/// Made from `1..=24`, `1..` or `..=24`. A half-open range such as `1..24` is not accepted:
/// descriptions state inclusive limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    min: usize,
    max: usize,
}

impl Limits {
    #[inline]
    const fn contains(self, measured: usize) -> bool {
        self.min <= measured && measured <= self.max
    }

    /// Whether a text of that many bytes keeps the limits however its bytes make up characters.
    ///
    /// A character takes one to four bytes: `bytes` bytes are at most `bytes` characters, and more
    /// than `4 * n` bytes are more than `n` characters. Written so that constant limits leave two
    /// comparisons.
    #[inline]
    const fn surely_contain(self, bytes: usize) -> bool {
        let enough = self.min == 0 || bytes > (self.min - 1).saturating_mul(4);
        enough && bytes <= self.max
    }
}

impl From<RangeInclusive<usize>> for Limits {
    #[inline]
    fn from(range: RangeInclusive<usize>) -> Self {
        Self { min: *range.start(), max: *range.end() }
    }
}

impl From<RangeFrom<usize>> for Limits {
    #[inline]
    fn from(range: RangeFrom<usize>) -> Self {
        Self { min: range.start, max: usize::MAX }
    }
}

impl From<RangeToInclusive<usize>> for Limits {
    #[inline]
    fn from(range: RangeToInclusive<usize>) -> Self {
        Self { min: 0, max: range.end }
    }
}

/// The checks. Each takes the location of the value that holds the property, and the property as
/// the last segment: its name, or an index for an item of an array.
impl Violations {
    /// Checks `minLength` and `maxLength`, in characters (Unicode scalar values), both inclusive.
    ///
    /// ```
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let mut violations = Violations::new();
    /// violations.check_length(&Location::root(), "from", "441134960000", 1..=24);
    /// violations.check_length(&Location::root(), "to", "", 1..=24);
    /// assert_eq!(violations.to_string(), "`to`: 0 characters, `minLength` is 1");
    /// ```
    #[inline]
    pub fn check_length<'a>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        text: &(impl AsRef<str> + ?Sized),
        limits: impl Into<Limits>,
    ) {
        let (text, limits) = (text.as_ref(), limits.into());
        if !limits.surely_contain(text.len()) {
            self.count_characters(at, segment.into(), text, limits);
        }
    }

    /// Checks `minItems` and `maxItems`, both inclusive.
    #[inline]
    pub fn check_item_count<'a, T>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        items: &[T],
        limits: impl Into<Limits>,
    ) {
        let limits = limits.into();
        if !limits.contains(items.len()) {
            self.report(at, segment.into(), items.len(), limits, ITEMS);
        }
    }

    /// Checks `minProperties` and `maxProperties`, both inclusive, on a number of members that the caller counted.
    ///
    /// A struct counts its own members, and names itself by no segment:
    ///
    /// ```
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let (subject, text) = (Some("order"), None::<&str>);
    /// let mut violations = Violations::new();
    /// let present = usize::from(subject.is_some()) + usize::from(text.is_some());
    /// violations.check_property_count(&Location::root().member("content"), (), present, 2..);
    /// assert_eq!(violations.to_string(), "`content`: 1 member, `minProperties` is 2");
    /// ```
    #[inline]
    pub fn check_property_count<'a>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        count: usize,
        limits: impl Into<Limits>,
    ) {
        let limits = limits.into();
        if !limits.contains(count) {
            self.report(at, segment.into(), count, limits, PROPERTIES);
        }
    }

    #[cold]
    #[inline(never)]
    fn count_characters(&mut self, at: &Location<'_>, segment: Segment<'_>, text: &str, limits: Limits) {
        let measured = text.chars().count();
        if !limits.contains(measured) {
            self.report(at, segment, measured, limits, LENGTH);
        }
    }

    #[cold]
    #[inline(never)]
    fn report(
        &mut self,
        at: &Location<'_>,
        segment: Segment<'_>,
        measured: usize,
        limits: Limits,
        [fewest, most]: [Keyword; 2],
    ) {
        let location = at.join(segment);
        if measured < limits.min {
            self.push(Violation::new(&location, fewest, limits.min, measured));
        }
        if measured > limits.max {
            self.push(Violation::new(&location, most, limits.max, measured));
        }
    }
}

const LENGTH: [Keyword; 2] = [Keyword::MinLength, Keyword::MaxLength];
const ITEMS: [Keyword; 2] = [Keyword::MinItems, Keyword::MaxItems];
const PROPERTIES: [Keyword; 2] = [Keyword::MinProperties, Keyword::MaxProperties];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_length(text: &str, limits: impl Into<Limits>, expected: &str) {
        let mut violations = Violations::new();
        violations.check_length(&Location::root(), "text", text, limits);
        assert_eq!(violations.to_string(), expected);
    }

    #[track_caller]
    fn check_item_count(count: usize, limits: impl Into<Limits>, expected: &str) {
        let mut violations = Violations::new();
        violations.check_item_count(&Location::root(), 7, &vec![(); count], limits);
        assert_eq!(violations.to_string(), expected);
    }

    #[test]
    fn lengths_count_scalar_values() {
        check_length(&"x".repeat(24), 1..=24, "");
        check_length(&"é".repeat(24), 1..=24, "");
        check_length(&"😀".repeat(24), 1..=24, "");
        check_length(&"e\u{301}".repeat(12), 1..=24, "");
        check_length("", 1..=24, "`text`: 0 characters, `minLength` is 1");
        check_length(&"x".repeat(25), 1..=24, "`text`: 25 characters, `maxLength` is 24");
        check_length(&"é".repeat(25), 1..=24, "`text`: 25 characters, `maxLength` is 24");
        check_length(&"😀".repeat(25), 1..=24, "`text`: 25 characters, `maxLength` is 24");
        check_length(&"e\u{301}".repeat(13), 1..=24, "`text`: 26 characters, `maxLength` is 24");
    }

    #[test]
    fn limits_may_be_open() {
        check_length("", ..=3, "");
        check_length("abcd", ..=3, "`text`: 4 characters, `maxLength` is 3");
        check_length("ab", 3.., "`text`: 2 characters, `minLength` is 3");
        check_length("😀😀", 3.., "`text`: 2 characters, `minLength` is 3");
        check_length("abc", 3.., "");
        check_length("ab", 3..=3, "`text`: 2 characters, `minLength` is 3");
    }

    #[test]
    fn limits_that_contradict_each_other_are_both_reported() {
        #[expect(clippy::reversed_empty_ranges, reason = "descriptions may contradict themselves")]
        let limits = 5..=3;
        let expected = "`text`: 4 characters, `minLength` is 5\n`text`: 4 characters, `maxLength` is 3";
        check_length("abcd", limits, expected);
    }

    #[test]
    fn items_are_counted() {
        check_item_count(0, 1..=10, "`[7]`: 0 items, `minItems` is 1");
        check_item_count(1, 1..=10, "");
        check_item_count(10, 1..=10, "");
        check_item_count(11, 1..=10, "`[7]`: 11 items, `maxItems` is 10");
        check_item_count(1, 2.., "`[7]`: 1 item, `minItems` is 2");
    }

    #[test]
    fn members_are_counted() {
        #[track_caller]
        fn check(segment: impl Into<Segment<'static>>, count: usize, expected: &str) {
            const ROOT: Location<'_> = Location::root();
            let mut violations = Violations::new();
            violations.check_property_count(&ROOT, segment, count, 1..=2);
            assert_eq!(violations.to_string(), expected);
        }
        check("map", 0, "`map`: 0 members, `minProperties` is 1");
        check("map", 1, "");
        check("map", 2, "");
        check((), 3, "``: 3 members, `maxProperties` is 2");
    }

    /// The short cut never decides against the count, for each limit near each length.
    #[test]
    fn the_short_cut_agrees_with_counting() {
        for character in ["x", "é", "€", "😀"] {
            for count in 0..12 {
                let text = character.repeat(count);
                for (min, max) in (0..12).flat_map(|min| (min..12).map(move |max| (min, max))) {
                    let limits = Limits { min, max };
                    if limits.surely_contain(text.len()) {
                        assert!(limits.contains(count), "{text:?} in {limits:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn locations_start_at_the_parent() {
        let root = Location::root();
        let contact = root.member("contacts");
        let contact = contact.index(2);
        let mut violations = Violations::new();
        violations.check_length(&contact, "birthday", "x", 10..=10);
        let locations: Vec<_> = violations.iter().map(Violation::location).collect();
        assert_eq!(locations, ["contacts[2].birthday"]);
    }
}
