//! Checks of sizes: the lengths of strings, and the numbers of items and properties.
//!
//! A check that succeeds only compares two numbers. It builds no location, allocates nothing, and counts characters
//! only if the length in bytes is inconclusive.

use std::ops::{RangeFrom, RangeInclusive, RangeToInclusive};

use crate::check::keyword::Keyword;
use crate::check::location::{Location, Segment};
use crate::check::violation::{Violation, Violations};

/// The minimum and the maximum size, both inclusive.
///
/// Converted from `1..=24`, `1..`, or `..=24`. A half-open range such as `1..24` is not accepted, because the bounds in
/// descriptions are inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeBounds {
    min: usize,
    max: usize,
}

impl SizeBounds {
    #[inline]
    const fn contains(self, measured: usize) -> bool {
        self.min <= measured && measured <= self.max
    }

    /// Returns `true` if every text of this length in bytes is within the bounds, whatever its characters are.
    ///
    /// A character takes one to four bytes: `bytes` bytes are at most `bytes` characters, and more than `4 * n` bytes
    /// are more than `n` characters. With constant bounds, two comparisons remain.
    #[inline]
    const fn surely_contain(self, bytes: usize) -> bool {
        let enough = self.min == 0 || bytes > (self.min - 1).saturating_mul(4);
        enough && bytes <= self.max
    }
}

impl From<RangeInclusive<usize>> for SizeBounds {
    #[inline]
    fn from(range: RangeInclusive<usize>) -> Self {
        Self { min: *range.start(), max: *range.end() }
    }
}

impl From<RangeFrom<usize>> for SizeBounds {
    #[inline]
    fn from(range: RangeFrom<usize>) -> Self {
        Self { min: range.start, max: usize::MAX }
    }
}

impl From<RangeToInclusive<usize>> for SizeBounds {
    #[inline]
    fn from(range: RangeToInclusive<usize>) -> Self {
        Self { min: 0, max: range.end }
    }
}

/// Checks of sizes. Each takes the location of the containing value, and the last segment: the name of a property or
/// the index of an item.
impl Violations {
    /// Checks `minLength` and `maxLength`, both inclusive, in characters (Unicode scalar values).
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
        bounds: impl Into<SizeBounds>,
    ) {
        let (text, bounds) = (text.as_ref(), bounds.into());
        if !bounds.surely_contain(text.len()) {
            self.count_characters(at, segment.into(), text, bounds);
        }
    }

    /// Checks `minItems` and `maxItems`, both inclusive.
    #[inline]
    pub fn check_item_count<'a, T>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        items: &[T],
        bounds: impl Into<SizeBounds>,
    ) {
        let bounds = bounds.into();
        if !bounds.contains(items.len()) {
            self.report(at, segment.into(), items.len(), bounds, ITEMS);
        }
    }

    /// Checks `minProperties` and `maxProperties`, both inclusive.
    ///
    /// The properties of a struct are counted by its own check, which passes `()` as the segment:
    ///
    /// ```
    /// use wirecrate_runtime::{Location, Violations};
    ///
    /// let (subject, text) = (Some("order"), None::<&str>);
    /// let mut violations = Violations::new();
    /// let present = usize::from(subject.is_some()) + usize::from(text.is_some());
    /// violations.check_property_count(&Location::root().property("content"), (), present, 2..);
    /// assert_eq!(violations.to_string(), "`content`: 1 property, `minProperties` is 2");
    /// ```
    #[inline]
    pub fn check_property_count<'a>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        count: usize,
        bounds: impl Into<SizeBounds>,
    ) {
        let bounds = bounds.into();
        if !bounds.contains(count) {
            self.report(at, segment.into(), count, bounds, PROPERTIES);
        }
    }

    #[cold]
    #[inline(never)]
    fn count_characters(&mut self, at: &Location<'_>, segment: Segment<'_>, text: &str, bounds: SizeBounds) {
        let measured = text.chars().count();
        if !bounds.contains(measured) {
            self.report(at, segment, measured, bounds, LENGTH);
        }
    }

    #[cold]
    #[inline(never)]
    fn report(
        &mut self,
        at: &Location<'_>,
        segment: Segment<'_>,
        measured: usize,
        bounds: SizeBounds,
        [fewest, most]: [Keyword; 2],
    ) {
        let location = at.join(segment);
        if measured < bounds.min {
            self.push(Violation::new(&location, fewest, bounds.min, measured));
        }
        if measured > bounds.max {
            self.push(Violation::new(&location, most, bounds.max, measured));
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
    fn check_length(text: &str, bounds: impl Into<SizeBounds>, expected: &str) {
        let mut violations = Violations::new();
        violations.check_length(&Location::root(), "text", text, bounds);
        assert_eq!(violations.to_string(), expected);
    }

    #[track_caller]
    fn check_item_count(count: usize, bounds: impl Into<SizeBounds>, expected: &str) {
        let mut violations = Violations::new();
        violations.check_item_count(&Location::root(), 7, &vec![(); count], bounds);
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
    fn bounds_may_be_open() {
        check_length("", ..=3, "");
        check_length("abcd", ..=3, "`text`: 4 characters, `maxLength` is 3");
        check_length("ab", 3.., "`text`: 2 characters, `minLength` is 3");
        check_length("😀😀", 3.., "`text`: 2 characters, `minLength` is 3");
        check_length("abc", 3.., "");
        check_length("ab", 3..=3, "`text`: 2 characters, `minLength` is 3");
    }

    #[test]
    fn bounds_that_contradict_each_other_are_both_reported() {
        #[expect(clippy::reversed_empty_ranges, reason = "a description may contain a contradiction")]
        let bounds = 5..=3;
        let expected = "`text`: 4 characters, `minLength` is 5\n`text`: 4 characters, `maxLength` is 3";
        check_length("abcd", bounds, expected);
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
    fn properties_are_counted() {
        #[track_caller]
        fn check(segment: impl Into<Segment<'static>>, count: usize, expected: &str) {
            const ROOT: Location<'_> = Location::root();
            let mut violations = Violations::new();
            violations.check_property_count(&ROOT, segment, count, 1..=2);
            assert_eq!(violations.to_string(), expected);
        }
        check("map", 0, "`map`: 0 properties, `minProperties` is 1");
        check("map", 1, "");
        check("map", 2, "");
        check((), 3, "``: 3 properties, `maxProperties` is 2");
    }

    /// Compares the shortcut with the count, for every bound near every length.
    #[test]
    fn the_short_cut_agrees_with_counting() {
        for character in ["x", "é", "€", "😀"] {
            for count in 0..12 {
                let text = character.repeat(count);
                for (min, max) in (0..12).flat_map(|min| (min..12).map(move |max| (min, max))) {
                    let bounds = SizeBounds { min, max };
                    if bounds.surely_contain(text.len()) {
                        assert!(bounds.contains(count), "{text:?} in {bounds:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn locations_start_at_the_parent() {
        let root = Location::root();
        let contact = root.property("contacts");
        let contact = contact.index(2);
        let mut violations = Violations::new();
        violations.check_length(&contact, "birthday", "x", 10..=10);
        let locations: Vec<_> = violations.iter().map(Violation::location).collect();
        assert_eq!(locations, ["contacts[2].birthday"]);
    }
}
