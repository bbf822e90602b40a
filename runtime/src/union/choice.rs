//! Unions whose forms are tried.

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize};

use super::form::Form;
use crate::JsonValue;
use crate::keyword::{Keyword, Limit};
use crate::location::{Location, Segment};
use crate::set_aside::{Misfit, set_aside};
use crate::violation::{Violation, Violations};

/// A value that was read, and what became of the forms it was offered.
///
/// A form fits if it decodes and keeps its own constraints.
///
/// ```
/// use infobip_runtime::Choice;
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
    /// Whether the forms behind the first that fits are tried too.
    exact: bool,
    fitting: usize,
    /// The first form that fits.
    found: Option<U>,
    /// The first form that decodes but breaks a constraint.
    decoded: Option<U>,
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
        set_aside(deserializer, |value| decide(Self::new(value, true)))
    }

    /// Reads a value that has to fit at least one form; the first that fits is taken. The function offers the forms.
    ///
    /// # Errors
    ///
    /// Fails when the text is no JSON, or the function does.
    pub fn any_of<'de, D: Deserializer<'de>>(
        deserializer: D,
        decide: impl FnOnce(Self) -> Result<U, Misfit>,
    ) -> Result<U, D::Error> {
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
        if self.fitting > 0 && !self.exact {
            return self;
        }
        if let Ok(form) = T::deserialize(Form(&self.value)) {
            let mut violations = Violations::new();
            check(&form, &Location::root(), &mut violations);
            let fits = violations.finish().is_ok();
            self.fitting += usize::from(fits);
            let place = if fits { &mut self.found } else { &mut self.decoded };
            place.get_or_insert_with(|| variant(form));
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
            Some(form) => Ok(form),
            None => Err(Misfit::new("a value that fits none", expected)),
        }
    }

    /// For what a service sends, which may have moved on since it was described: the first form that fits, else the
    /// first that decodes, else the value as it is.
    ///
    /// # Errors
    ///
    /// Never; it is a result for the function that offers the forms.
    pub fn finish_or(self, other: impl FnOnce(JsonValue) -> U) -> Result<U, Misfit> {
        let Self { value, found, decoded, .. } = self;
        Ok(found.or(decoded).unwrap_or_else(|| other(value)))
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
    /// use infobip_runtime::{Choice, Location, Violations};
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
        let fitting = offer(Choice::new(value, true)).fitting;
        if fitting != 1 {
            self.push(Violation::new(&at.join(segment), Keyword::OneOf, 1, fitting));
        }
    }
}
