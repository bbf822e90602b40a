//! The state of a required property of a builder, which makes a missing one a compiler error that names it.
//!
//! A builder has a type parameter for each required property: [`Unset`] at first, and the type of the value after its
//! setter was called. `build` requires a trait named after the property, which every type implements for itself and
//! [`Unset`] does not implement for the type of the property. The traits are emitted, one for each name, because their
//! messages are: the compiler takes no text from a library, and prints a type with its path if the name alone is
//! ambiguous.
//!
//! Emitted code looks like this, for a message with two required properties and an optional one:
//!
//! ```
//! use wirecrate_runtime::generated::{Required, Unset};
//!
//! /// `from` has been set.
//! #[diagnostic::on_unimplemented(
//!     message = "the required property `from` is not set",
//!     label = "call `.from(..)` before `.build()`"
//! )]
//! pub trait HasFrom<T>: Required<T> {}
//!
//! impl<T> HasFrom<T> for T {}
//!
//! /// `to` has been set.
//! #[diagnostic::on_unimplemented(
//!     message = "the required property `to` is not set",
//!     label = "call `.to(..)` before `.build()`"
//! )]
//! pub trait HasTo<T>: Required<T> {}
//!
//! impl<T> HasTo<T> for T {}
//!
//! #[non_exhaustive]
//! pub struct Message {
//!     pub from: String,
//!     pub to: String,
//!     pub callback_data: Option<String>,
//! }
//!
//! impl Message {
//!     pub fn builder() -> MessageBuilder {
//!         MessageBuilder { from: Unset, to: Unset, callback_data: None }
//!     }
//! }
//!
//! #[must_use = "call `.build()` to make the message"]
//! pub struct MessageBuilder<FromState = Unset, ToState = Unset> {
//!     from: FromState,
//!     to: ToState,
//!     callback_data: Option<String>,
//! }
//!
//! impl<FromState, ToState> MessageBuilder<FromState, ToState> {
//!     pub fn from(self, from: impl Into<String>) -> MessageBuilder<String, ToState> {
//!         MessageBuilder { from: from.into(), to: self.to, callback_data: self.callback_data }
//!     }
//!
//!     pub fn to(self, to: impl Into<String>) -> MessageBuilder<FromState, String> {
//!         MessageBuilder { from: self.from, to: to.into(), callback_data: self.callback_data }
//!     }
//!
//!     pub fn callback_data(mut self, callback_data: impl Into<String>) -> Self {
//!         self.callback_data = Some(callback_data.into());
//!         self
//!     }
//!
//!     pub fn build(self) -> Message
//!     where
//!         FromState: HasFrom<String>,
//!         ToState: HasTo<String>,
//!     {
//!         Message {
//!             from: self.from.into_value(),
//!             to: self.to.into_value(),
//!             callback_data: self.callback_data,
//!         }
//!     }
//! }
//!
//! let message = Message::builder().to("441134960001").from("441134960000").build();
//! assert_eq!(message.from, "441134960000");
//! ```

/// The state of a required property that has been set.
///
/// Implemented by every type for itself, so `Unset` is never taken for a value:
///
/// ```compile_fail,E0277
/// use wirecrate_runtime::generated::{Required, Unset};
///
/// let from: String = Required::<String>::into_value(Unset);
/// ```
#[diagnostic::on_unimplemented(
    message = "the required property `{Self}` is not set",
    label = "call its setter before `.build()`"
)]
pub trait Required<T> {
    /// Returns the value that was set.
    fn into_value(self) -> T;
}

impl<T> Required<T> for T {
    #[inline]
    fn into_value(self) -> T {
        self
    }
}

/// The state of a required property that has not been set.
#[derive(Clone, Copy, Debug)]
pub struct Unset;
