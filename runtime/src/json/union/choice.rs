//! Unions whose alternatives are tried.

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize};

use super::alternative::Alternative;
use crate::check::keyword::{Constraint, Keyword};
use crate::check::location::{Location, Segment};
use crate::check::violation::{Violation, Violations};
use crate::json::buffered::{UnionError, buffer};
use crate::value::JsonValue;

/// A buffered value, and the result of the alternatives that were tried for it.
///
/// An alternative matches if the value can be decoded as its type and satisfies its constraints.
///
/// ```
/// use wirecrate_runtime::generated::Choice;
/// use serde::{Deserialize, Deserializer, Serialize};
///
/// #[derive(Debug, PartialEq, Serialize)]
/// #[serde(untagged)]
/// pub enum Amount {
///     Number(f64),
///     Text(String),
/// }
///
/// impl<'de> Deserialize<'de> for Amount {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         Choice::one_of(deserializer, |choice| {
///             choice
///                 .offer(Self::Number, |_, _, _| {})
///                 .offer(Self::Text, |text, at, violations| violations.check_length(at, (), text, 1..))
///                 .finish()
///         })
///     }
/// }
///
/// assert_eq!(serde_json::from_str::<Amount>("1.5")?, Amount::Number(1.5));
/// assert!(serde_json::from_str::<Amount>("null").is_err());
/// assert!(serde_json::from_str::<Amount>(r#""""#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Choice<U> {
    value: JsonValue,
    /// `true` if the value must match exactly one alternative.
    exact: bool,
    fitting: usize,
    /// The matching alternative that knows the most properties; of several the first.
    found: Option<Candidate<U>>,
    /// The alternative that can be decoded but violates a constraint, chosen likewise.
    decoded: Option<Candidate<U>>,
}

/// A decoded alternative, and the number of properties of the value that it does not know.
struct Candidate<U> {
    value: U,
    unknown: usize,
}

/// The greatest number of alternatives that are tried for one value, including those of the values inside it. A
/// recursive union tries twice as many at each level, which a malicious value could exploit.
const MOST_OFFERS: u32 = 20_000;

thread_local! {
    /// The depth of the unions that are being decoded, and the number of alternatives tried since the outermost began.
    static OFFERS: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// Counts a union that is being decoded.
struct Reading;

impl Reading {
    fn start() -> Self {
        OFFERS.with(|offers| {
            let (depth, count) = offers.get();
            offers.set((depth + 1, if depth == 0 { 0 } else { count }));
        });
        Self
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        OFFERS.with(|offers| offers.set((offers.get().0.saturating_sub(1), offers.get().1)));
    }
}

/// Returns whether another alternative may be tried.
fn may_offer() -> bool {
    OFFERS.with(|offers| {
        let (depth, count) = offers.get();
        offers.set((depth, count.saturating_add(1)));
        count < MOST_OFFERS
    })
}

impl<U> Choice<U> {
    /// Decodes a value that must match exactly one alternative. The function offers the alternatives.
    ///
    /// # Errors
    ///
    /// Fails if the text is not valid JSON, or the function fails.
    pub fn one_of<'de, D: Deserializer<'de>>(
        deserializer: D,
        decide: impl FnOnce(Self) -> Result<U, UnionError>,
    ) -> Result<U, D::Error> {
        let _reading = Reading::start();
        buffer(deserializer, |value| decide(Self::new(value, true)))
    }

    /// Decodes a value that must match at least one alternative. Of those that match, the one that knows the most
    /// properties is taken, of several the first. The function offers the alternatives.
    ///
    /// # Errors
    ///
    /// Fails if the text is not valid JSON, or the function fails.
    pub fn any_of<'de, D: Deserializer<'de>>(
        deserializer: D,
        decide: impl FnOnce(Self) -> Result<U, UnionError>,
    ) -> Result<U, D::Error> {
        let _reading = Reading::start();
        buffer(deserializer, |value| decide(Self::new(value, false)))
    }

    fn new(value: JsonValue, exact: bool) -> Self {
        Self { value, exact, fitting: 0, found: None, decoded: None }
    }

    /// Offers an alternative: the variant of the union, and the checks of its content, which get the location of the
    /// value.
    #[must_use]
    pub fn offer<T: DeserializeOwned>(
        mut self,
        variant: impl FnOnce(T) -> U,
        check: impl FnOnce(&T, &Location<'_>, &mut Violations),
    ) -> Self {
        let is_settled = !self.exact && self.found.as_ref().is_some_and(|found| found.unknown == 0);
        if is_settled || !may_offer() {
            return self;
        }
        let unknown = Cell::new(0);
        if let Ok(value) = T::deserialize(Alternative { value: &self.value, unknown: &unknown }) {
            let mut violations = Violations::new();
            check(&value, &Location::root(), &mut violations);
            let fits = violations.finish().is_ok();
            self.fitting += usize::from(fits);
            let place = if fits { &mut self.found } else { &mut self.decoded };
            let unknown = unknown.get();
            if place.as_ref().is_none_or(|known| unknown < known.unknown) {
                *place = Some(Candidate { value: variant(value), unknown });
            }
        }
        self
    }

    /// Returns the matching alternative.
    ///
    /// # Errors
    ///
    /// Fails if none matches, or if several match but exactly one must.
    pub fn finish(self) -> Result<U, UnionError> {
        let expected = if self.exact { "exactly one alternative to fit" } else { "an alternative to fit" };
        match self.found {
            Some(_) if self.exact && self.fitting > 1 => Err(UnionError::new("a value that fits several", expected)),
            Some(Candidate { value, .. }) => Ok(value),
            None => Err(UnionError::new("a value that fits none", expected)),
        }
    }

    /// Returns the alternative for a value of a response, which may be newer than its description: one that matches,
    /// else one that can be decoded, else the value unchanged. Of several, the one that knows the most properties.
    ///
    /// # Errors
    ///
    /// Never fails; returns `Result` so that all functions that offer alternatives share a signature.
    pub fn finish_or(self, other: impl FnOnce(JsonValue) -> U) -> Result<U, UnionError> {
        let Self { value, found, decoded, .. } = self;
        Ok(found.or(decoded).map_or_else(|| other(value), |candidate| candidate.value))
    }
}

impl<U> std::fmt::Debug for Choice<U> {
    /// Shows the number of matching alternatives so far. The value comes from outside.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Choice").field("fitting", &self.fitting).finish_non_exhaustive()
    }
}

/// Checks of emitted code, with types of its door.
#[doc(hidden)]
impl Violations {
    /// Reports a value that is not listed in the description, or a variant that is not: `keyword` is [`Keyword::Enum`]
    /// or [`Keyword::Discriminator`]. A response may contain newer ones; a request must not.
    #[cold]
    pub fn refuse_unlisted(&mut self, at: &Location<'_>, keyword: Keyword, listed: &'static [&'static str]) {
        self.push(Violation::without_size(at, keyword, Constraint::Listed(listed)));
    }

    /// Reports a value that matches no alternative: `keyword` is [`Keyword::OneOf`] or [`Keyword::AnyOf`].
    #[cold]
    pub fn refuse_variant(&mut self, at: &Location<'_>, keyword: Keyword) {
        self.push(Violation::new(at, keyword, 1, 0));
    }

    /// Checks `oneOf`: the value matches exactly one of the alternatives that the function offers. Encodes the value
    /// as JSON, so it is for unions whose alternatives overlap.
    ///
    /// ```
    /// use wirecrate_runtime::generated::Choice;
    /// use wirecrate_runtime::{Location, Violations};
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// #[serde(untagged)]
    /// enum Id {
    ///     Short(i32),
    ///     Any(f64),
    /// }
    ///
    /// let mut violations = Violations::new();
    /// violations.check_one_of(&Location::root(), "id", &Id::Short(5), |choice: Choice<Id>| {
    ///     choice.offer(Id::Short, |_, _, _| {}).offer(Id::Any, |_, _, _| {})
    /// });
    /// assert_eq!(violations.to_string(), "`id`: 2 alternatives fit, `oneOf` is 1");
    /// ```
    pub fn check_one_of<'a, T: Serialize>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        value: &T,
        offer: impl FnOnce(Choice<T>) -> Choice<T>,
    ) {
        // A value that cannot be encoded is refused when the request is encoded.
        let Ok(value) = serde_json::to_value(value) else { return };
        let _reading = Reading::start();
        let fitting = offer(Choice::new(value, true)).fitting;
        if fitting != 1 {
            self.push(Violation::new(&at.join(segment), Keyword::OneOf, 1, fitting));
        }
    }
}
