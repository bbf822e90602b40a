//! Values that may be `null`, as distinct from absent.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value or an explicit `null`.
///
/// An optional property that may be `null` has the type `Option<Nullable<T>>`, where `None` stands for an absent
/// property. Serde decodes `null` as `None`, so such a property requires a function:
///
/// ```
/// use wirecrate_runtime::generated::present;
/// use wirecrate_runtime::Nullable;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize)]
/// struct Change {
///     #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
///     note: Option<Nullable<String>>,
/// }
///
/// let change: Change = serde_json::from_str(r#"{"note": null}"#)?;
/// assert_eq!(change.note, Some(Nullable::Null));
/// let change: Change = serde_json::from_str("{}")?;
/// assert_eq!(change.note, None);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// A required property that may be `null` has the type `Nullable<T>`, and is decoded by [`required_nullable`]. Serde
/// alone would decode an absent one as `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nullable<T> {
    /// `null`.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Converts from `&Nullable<T>` to `Nullable<&T>`.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Returns a reference to the value, or `None` if it is `null`.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns the value, or `None` if it is `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns `true` if the value is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Maps a `Nullable<T>` to `Nullable<U>` by applying a function to the value, unless it is `null`.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(change(value)),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_value()
    }
}

/// Used by setters that accept text of any type.
impl From<&str> for Nullable<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// Decodes a required property that may be `null`. Use it as `#[serde(deserialize_with = "…")]`.
///
/// # Errors
///
/// Returns an error if the value does not match the type.
pub fn required_nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Nullable<T>, D::Error> {
    Nullable::deserialize(deserializer)
}

/// Decodes an optional property that is present, even if it is `null`. Use it as
/// `#[serde(default, deserialize_with = "…")]`.
///
/// This is required for types that have `null` as a value: [`Nullable`] and [`JsonValue`](crate::JsonValue).
///
/// # Errors
///
/// Returns an error if the value does not match the type.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::{from_str, to_string};

    use super::*;
    use crate::json;
    use crate::value::JsonValue;
    use crate::value::redacted::redact;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Change {
        #[serde(deserialize_with = "required_nullable")]
        must: Nullable<i32>,
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        may: Option<Nullable<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        any: Option<JsonValue>,
    }

    #[track_caller]
    fn check(text: &str, must: impl Into<Nullable<i32>>, may: Option<Nullable<&str>>) -> Change {
        let change: Change = from_str(text).expect("the text fits");
        let found = change.may.as_ref().map(|text| text.as_ref().map(String::as_str));
        assert_eq!((change.must, found), (must.into(), may), "{text}");
        assert_eq!(to_string(&change).expect("encodes"), text);
        assert_eq!(json::encode(&change).expect("encodes"), text.as_bytes());
        change
    }

    #[test]
    fn null_and_absent_are_told_apart() {
        check(r#"{"must":null}"#, None, None);
        check(r#"{"must":5,"may":null}"#, 5, Some(Nullable::Null));
        check(r#"{"must":5,"may":"x"}"#, Some(5), Some("x".into()));
        let change = check(r#"{"must":1,"any":null}"#, 1, None);
        assert_eq!(change.any, Some(JsonValue::Null));
    }

    #[test]
    fn a_required_property_must_be_present() {
        assert!(from_str::<Change>("{}").is_err());
        assert!(from_str::<Change>(r#"{"must": "x"}"#).is_err());
    }

    /// Shows that without these functions, Serde does not distinguish `null` from absent.
    #[test]
    fn serde_alone_confuses_null_with_absent() {
        #[derive(Deserialize)]
        struct Alone {
            must: Nullable<i32>,
            may: Option<Nullable<i32>>,
        }
        let alone: Alone = from_str(r#"{"may": null}"#).expect("serde alone takes it");
        assert_eq!((alone.must, alone.may), (Nullable::Null, None));
    }

    #[test]
    fn conversions() {
        assert_eq!(Nullable::from(5).map(|five| five + 1).into_value(), Some(6));
        assert_eq!(Option::from(Nullable::<i32>::Null), None::<i32>);
        let text: Nullable<String> = "secret".into();
        assert_eq!(text.value().map(String::as_str), Some("secret"));
        assert_eq!(format!("{:?}", text.as_ref().map(redact)), "Value([redacted])");
        assert!(Nullable::<()>::Null.is_null());
    }
}
