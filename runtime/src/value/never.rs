//! The type without values.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// The type of the schema `false`, which matches no value.
///
/// An optional property of this type is always absent, and a list of this type is always empty. No value can be decoded
/// as this type.
///
/// ```
/// use wirecrate_runtime::Never;
///
/// assert_eq!(serde_json::from_str::<Vec<Never>>("[]")?, []);
/// assert!(serde_json::from_str::<Never>("null").is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Never {}

impl Serialize for Never {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom("invalid value: a value, expected none"))
    }
}
