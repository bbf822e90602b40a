//! Unions whose alternatives are tried.

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize};

use super::alternative::Alternative;
use super::budget::{self, Reading};
use crate::check::keyword::{Constraint, Keyword};
use crate::check::location::{Location, Segment};
use crate::check::violation::{Violation, Violations};
use crate::json::buffered::{UnionError, buffer};
use crate::value::JsonValue;

/// A buffered value, and the result of the alternatives tried so far.
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
    /// The visits of an attempt to decode the value.
    weight: usize,
    /// `true` if the value must match exactly one alternative.
    exact: bool,
    fitting: usize,
    /// The matching alternative with the fewest unknown properties. Of several, the first.
    found: Option<Candidate<U>>,
    /// The best alternative that can be decoded but violates a constraint.
    decoded: Option<Candidate<U>>,
}

/// A decoded alternative, and the number of properties of the value that it does not know.
struct Candidate<U> {
    value: U,
    unknown: usize,
}

impl<U> Choice<U> {
    /// Decodes a value that must match exactly one of the alternatives that the function tries.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid JSON, or if the function returns one.
    pub fn one_of<'de, D: Deserializer<'de>>(
        deserializer: D,
        decide: impl FnOnce(Self) -> Result<U, UnionError>,
    ) -> Result<U, D::Error> {
        let _reading = Reading::tried();
        buffer(deserializer, |value| decide(Self::new(value, true)))
    }

    /// Decodes a value that must match at least one of the alternatives that the function tries. Of several, the one
    /// with the fewest unknown properties is chosen, or else the first.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not valid JSON, or if the function returns one.
    pub fn any_of<'de, D: Deserializer<'de>>(
        deserializer: D,
        decide: impl FnOnce(Self) -> Result<U, UnionError>,
    ) -> Result<U, D::Error> {
        let _reading = Reading::tried();
        buffer(deserializer, |value| decide(Self::new(value, false)))
    }

    fn new(value: JsonValue, exact: bool) -> Self {
        let weight = budget::copy(&value);
        Self { value, weight, exact, fitting: 0, found: None, decoded: None }
    }

    /// Tries to decode the value as `T`. `variant` wraps the decoded value, and `check` reports its violations.
    #[must_use]
    pub fn offer<T: DeserializeOwned>(
        mut self,
        variant: impl FnOnce(T) -> U,
        check: impl FnOnce(&T, &Location<'_>, &mut Violations),
    ) -> Self {
        let is_settled = !self.exact && self.found.as_ref().is_some_and(|found| found.unknown == 0);
        if is_settled || !budget::is_left() {
            return self;
        }
        let unknown = Cell::new(0);
        let decoded = T::deserialize(Alternative { value: &self.value, unknown: &unknown });
        // Most attempts fail before they have visited the whole value.
        budget::visit(if decoded.is_ok() { self.weight } else { self.weight / 4 + 1 });
        if let Ok(value) = decoded {
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
    /// Returns an error if no alternative matches, or if several match but exactly one must.
    pub fn finish(self) -> Result<U, UnionError> {
        let expected = if self.exact { "exactly one alternative to match" } else { "an alternative to match" };
        match self.found {
            Some(_) if self.exact && self.fitting > 1 => {
                Err(UnionError::new("a value that matches several alternatives", expected))
            }
            Some(Candidate { value, .. }) => Ok(value),
            None => Err(UnionError::new("a value that matches none", expected)),
        }
    }

    /// Returns the best alternative for a value of a response, which may be newer than the description.
    ///
    /// An alternative that matches is preferred to one that can only be decoded. If there is neither, `other` wraps the
    /// value unchanged.
    ///
    /// # Errors
    ///
    /// Never returns an error. The signature is that of [`finish`](Self::finish).
    pub fn finish_or(self, other: impl FnOnce(JsonValue) -> U) -> Result<U, UnionError> {
        let Self { value, found, decoded, .. } = self;
        Ok(found.or(decoded).map_or_else(|| other(value), |candidate| candidate.value))
    }
}

impl<U> std::fmt::Debug for Choice<U> {
    /// Formats the number of matching alternatives, but not the value.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Choice").field("fitting", &self.fitting).finish_non_exhaustive()
    }
}

/// Checks that only emitted code calls.
#[doc(hidden)]
impl Violations {
    /// Reports a value or a variant that is not listed in the description. `keyword` is [`Keyword::Enum`] or
    /// [`Keyword::Discriminator`]. Such values are only allowed in responses.
    #[cold]
    pub fn refuse_unlisted(&mut self, at: &Location<'_>, keyword: Keyword, listed: &'static [&'static str]) {
        self.push(Violation::without_size(at, keyword, Constraint::Listed(listed)));
    }

    /// Reports a value that matches no alternative. `keyword` is [`Keyword::OneOf`] or [`Keyword::AnyOf`].
    #[cold]
    pub fn refuse_variant(&mut self, at: &Location<'_>, keyword: Keyword) {
        self.push(Violation::new(at, keyword, 1, 0));
    }

    /// Checks `oneOf`: the value must match exactly one of the alternatives that the function tries.
    ///
    /// This encodes the value as JSON, so it is only used for unions whose alternatives overlap.
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
    /// assert_eq!(violations.to_string(), "`id`: 2 alternatives match, `oneOf` is 1");
    /// ```
    pub fn check_one_of<'a, T: Serialize>(
        &mut self,
        at: &'a Location<'a>,
        segment: impl Into<Segment<'a>>,
        value: &T,
        offer: impl FnOnce(Choice<T>) -> Choice<T>,
    ) {
        // A value that cannot be encoded is rejected when the request is encoded.
        let Ok(value) = serde_json::to_value(value) else { return };
        let _reading = Reading::tried();
        let fitting = offer(Choice::new(value, true)).fitting;
        if fitting != 1 {
            self.push(Violation::new(&at.join(segment), Keyword::OneOf, 1, fitting));
        }
    }
}
