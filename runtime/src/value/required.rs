//! The states of the required properties of a builder. They turn a missing property into a compiler error that names
//! it.
//!
//! A builder has a type parameter for each required property, which is [`Unset`] until the setter changes it to the
//! type of the value. `build` requires a trait named after the property. Every type implements the trait for itself, so
//! [`Unset`] does not implement it for the type of the property. There is one trait for each name, in the emitted code,
//! because the message of the compiler is part of the trait.
//!
//! For a message with two required properties and an optional one, the emitted code looks like this:
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
/// Every type implements this trait for itself, so `Unset` is never mistaken for a value:
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
