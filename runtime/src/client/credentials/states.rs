//! The states of credentials that every operation requires. They turn missing credentials into a compiler error that names
//! them.
//!
//! The emitted credentials have a type parameter for each scheme that every operation requires. It is [`Held`] if they
//! include the secret of that scheme, and [`Unset`] otherwise. For two such schemes, the emitted code looks like this:
//!
//! ```
//! use std::marker::PhantomData;
//!
//! use wirecrate_runtime::Client;
//! use wirecrate_runtime::generated::{self, ClientBuilder, Held, Join, Unset};
//!
//! pub struct Credentials<Id = Held, Key = Held> {
//!     inner: generated::Credentials,
//!     held: PhantomData<(Id, Key)>,
//! }
//!
//! impl Credentials<Held, Unset> {
//!     pub fn id(secret: impl Into<String>) -> Self {
//!         Self { inner: generated::Credentials::header("id", "X-Id", secret), held: PhantomData }
//!     }
//! }
//!
//! impl Credentials<Unset, Held> {
//!     pub fn key(secret: impl Into<String>) -> Self {
//!         Self { inner: generated::Credentials::query("key", "key", secret), held: PhantomData }
//!     }
//! }
//!
//! impl<Id, Key> Credentials<Id, Key> {
//!     pub fn and<OtherId, OtherKey>(
//!         self,
//!         other: Credentials<OtherId, OtherKey>,
//!     ) -> Credentials<Id::Joined, Key::Joined>
//!     where
//!         Id: Join<OtherId>,
//!         Key: Join<OtherKey>,
//!     {
//!         Credentials { inner: self.inner.and(other.inner), held: PhantomData }
//!     }
//! }
//!
//! #[diagnostic::on_unimplemented(message = "the credentials for `id` are missing")]
//! pub trait HasId {}
//!
//! impl HasId for Held {}
//!
//! #[diagnostic::on_unimplemented(message = "the credentials for `key` are missing")]
//! pub trait HasKey {}
//!
//! impl HasKey for Held {}
//!
//! impl<Id: HasId, Key: HasKey> From<Credentials<Id, Key>> for generated::Credentials {
//!     fn from(credentials: Credentials<Id, Key>) -> Self {
//!         credentials.inner
//!     }
//! }
//!
//! let builder = ClientBuilder::<Client>::new("https://api.example.com", "notes/1.0");
//! let builder = builder.credentials(Credentials::key("x").and(Credentials::id("y")));
//! ```

use crate::value::required::Unset;

/// The state of a scheme whose secret is part of the credentials.
#[derive(Clone, Copy, Debug)]
pub struct Held;

/// The state of a scheme in credentials that are joined with others.
///
/// ```
/// use wirecrate_runtime::generated::{Held, Join, Unset};
///
/// trait HasKey {}
/// impl HasKey for Held {}
/// fn require<Key: HasKey>() {}
///
/// require::<<Unset as Join<Held>>::Joined>();
/// require::<<Held as Join<Unset>>::Joined>();
/// ```
///
/// Credentials that both lack the secret lack it when they are joined:
///
/// ```compile_fail,E0277
/// # use wirecrate_runtime::generated::{Held, Join, Unset};
/// # trait HasKey {}
/// # impl HasKey for Held {}
/// # fn require<Key: HasKey>() {}
/// require::<<Unset as Join<Unset>>::Joined>();
/// ```
pub trait Join<Other> {
    /// [`Held`] if either of both is.
    type Joined;
}

impl<Other> Join<Other> for Held {
    type Joined = Self;
}

impl<Other> Join<Other> for Unset {
    type Joined = Other;
}
