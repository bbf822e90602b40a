//! Unions whose forms are tried.

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize};

use super::alternative::Form;
use crate::JsonValue;
use crate::check::keyword::{Keyword, Limit};
use crate::check::location::{Location, Segment};
use crate::check::violation::{Violation, Violations};
use crate::json::buffered::{Misfit, set_aside};

/// A value that was read, and what became of the forms it was offered.
///
/// A form fits if it decodes and keeps its own constraints.
///
/// ```
/// use wirecrate_runtime::Choice;
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
    /// Whether the value has to fit exactly one form.
    exact: bool,
    fitting: usize,
    /// The form that fits and knows most members; of several the first.
    found: Option<Candidate<U>>,
    /// The form that decodes but breaks a constraint, chosen likewise.
    decoded: Option<Candidate<U>>,
}

/// A form, and how many members of the value it does not know.
struct Candidate<U> {
    form: U,
    unknown: usize,
}

/// How many forms are tried for one value, those of the values inside it included. Unions that contain themselves ask
/// for twice as many at each level, which nobody who sends a value may make use of.
const MOST_OFFERS: u32 = 20_000;

thread_local! {
    /// How many unions are being read inside one another, and how many forms were tried since the outermost began.
    static OFFERS: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// Counts the union that is being read.
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

/// Whether one more form may be tried.
fn may_offer() -> bool {
    OFFERS.with(|offers| {
        let (depth, count) = offers.get();
        offers.set((depth, count.saturating_add(1)));
        count < MOST_OFFERS
    })
}

impl<U> Choice<U> {
    /// Reads a value that has to fit exactly one form. The function offers the forms.
    ///
    /// # Errors
    ///
    /// Fails when the text is no JSON, or the function does.
    pub fn one_of<'de, D: Deserializer<'de>>(
        deserializer: D,
        decide: impl FnOnce(Self) -> Result<U, Misfit>,
    ) -> Result<U, D::Error> {
        let _reading = Reading::start();
        set_aside(deserializer, |value| decide(Self::new(value, true)))
    }

    /// Reads a value that has to fit at least one form. Of those that fit, the one that knows most members is taken, of
    /// several the first. The function offers the forms.
    ///
    /// # Errors
    ///
    /// Fails when the text is no JSON, or the function does.
    pub fn any_of<'de, D: Deserializer<'de>>(
        deserializer: D,
        decide: impl FnOnce(Self) -> Result<U, Misfit>,
    ) -> Result<U, D::Error> {
        let _reading = Reading::start();
        set_aside(deserializer, |value| decide(Self::new(value, false)))
    }

    fn new(value: JsonValue, exact: bool) -> Self {
        Self { value, exact, fitting: 0, found: None, decoded: None }
    }

    /// Offers a form: the variant of the union, and the checks of what is in it, which gets the location of the value.
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
        if let Ok(form) = T::deserialize(Form { value: &self.value, unknown: &unknown }) {
            let mut violations = Violations::new();
            check(&form, &Location::root(), &mut violations);
            let fits = violations.finish().is_ok();
            self.fitting += usize::from(fits);
            let place = if fits { &mut self.found } else { &mut self.decoded };
            let unknown = unknown.get();
            if place.as_ref().is_none_or(|known| unknown < known.unknown) {
                *place = Some(Candidate { form: variant(form), unknown });
            }
        }
        self
    }

    /// The form that fits.
    ///
    /// # Errors
    ///
    /// Fails when none fits, and when several do where exactly one has to.
    pub fn finish(self) -> Result<U, Misfit> {
        let expected = if self.exact { "exactly one alternative to fit" } else { "an alternative to fit" };
        match self.found {
            Some(_) if self.exact && self.fitting > 1 => Err(Misfit::new("a value that fits several", expected)),
            Some(Candidate { form, .. }) => Ok(form),
            None => Err(Misfit::new("a value that fits none", expected)),
        }
    }

    /// For what a service sends, which may have moved on since it was described: a form that fits, else one that
    /// decodes, else the value as it is. Of several, the one that knows most members.
    ///
    /// # Errors
    ///
    /// Never; it is a result for the function that offers the forms.
    pub fn finish_or(self, other: impl FnOnce(JsonValue) -> U) -> Result<U, Misfit> {
        let Self { value, found, decoded, .. } = self;
        Ok(found.or(decoded).map_or_else(|| other(value), |candidate| candidate.form))
    }
}

impl<U> std::fmt::Debug for Choice<U> {
    /// Shows how many forms fit so far; the value came from outside.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Choice").field("fitting", &self.fitting).finish_non_exhaustive()
    }
}

impl Violations {
    /// Reports a value that the description does not list, or a form that it does not name: `keyword` is
    /// [`Keyword::Enum`] or [`Keyword::Discriminator`]. A service may send one that is newer than its description; what
    /// is sent to it has to be described.
    #[cold]
    pub fn refuse_unlisted(&mut self, at: &Location<'_>, keyword: Keyword, listed: &'static [&'static str]) {
        self.push(Violation::without_size(at, keyword, Limit::Listed(listed)));
    }

    /// Reports a value that fits no alternative: `keyword` is [`Keyword::OneOf`] or [`Keyword::AnyOf`].
    #[cold]
    pub fn refuse_form(&mut self, at: &Location<'_>, keyword: Keyword) {
        self.push(Violation::new(at, keyword, 1, 0));
    }

    /// Checks `oneOf`: exactly one of the forms that the function offers fits the value. Needs the value's JSON, so it is
    /// for unions whose forms overlap.
    ///
    /// ```
    /// use wirecrate_runtime::{Choice, Location, Violations};
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
        // What has no JSON form is refused when it is encoded.
        let Ok(value) = serde_json::to_value(value) else { return };
        let _reading = Reading::start();
        let fitting = offer(Choice::new(value, true)).fitting;
        if fitting != 1 {
            self.push(Violation::new(&at.join(segment), Keyword::OneOf, 1, fitting));
        }
    }
}
