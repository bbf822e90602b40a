//! Enumerations with values other than strings, such as `enum: [1024, 2048]` and `enum: ["a", 1, null]`.
//!
//! Emitted code lists the value of each variant:
//!
//! ```
//! use wirecrate_runtime::generated::literal::{self, Literal};
//! use wirecrate_runtime::JsonValue;
//! use serde::{Deserialize, Deserializer, Serialize, Serializer};
//!
//! #[derive(Clone, Debug, PartialEq)]
//! pub enum Size {
//!     _1024,
//!     Auto,
//!     Other(JsonValue),
//! }
//!
//! impl Serialize for Size {
//!     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
//!         match self {
//!             Self::_1024 => Literal::Integer(1024).serialize(serializer),
//!             Self::Auto => Literal::Text("auto").serialize(serializer),
//!             Self::Other(value) => value.serialize(serializer),
//!         }
//!     }
//! }
//!
//! impl<'de> Deserialize<'de> for Size {
//!     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//!         let listed = [(Literal::Integer(1024), Self::_1024), (Literal::Text("auto"), Self::Auto)];
//!         literal::decode_open(deserializer, listed, Self::Other)
//!     }
//! }
//!
//! assert_eq!(serde_json::from_str::<Size>("1024.0")?, Size::_1024);
//! assert_eq!(serde_json::from_str::<Size>("4096")?, Size::Other(4096.into()));
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::fmt;

use serde::{Deserializer, Serialize, Serializer};

use crate::check::equality::normalise;
use crate::json::buffered::{UnionError, buffer};
use crate::value::JsonValue;

/// One value of an enumeration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A string.
    Text(&'static str),
    /// An array, an object, or an integer too large for [`Literal::Integer`], as JSON text.
    Json(&'static str),
}

impl Literal {
    /// Returns `true` if this literal equals `normal`, a value whose whole numbers are integers.
    fn is(&self, normal: &JsonValue) -> bool {
        match self {
            // The most common case, which does not need to copy the text.
            Self::Text(text) => normal == text,
            _ => self.to_json().is_ok_and(|mut literal| {
                normalise(&mut literal);
                literal == *normal
            }),
        }
    }

    /// Returns the JSON value, or an error if [`Literal::Json`] contains invalid JSON, which the generator never
    /// writes.
    fn to_json(self) -> Result<JsonValue, serde_json::Error> {
        Ok(match self {
            Self::Null => JsonValue::Null,
            Self::Bool(value) => value.into(),
            Self::Integer(value) => value.into(),
            Self::Number(value) => value.into(),
            Self::Text(text) => text.into(),
            Self::Json(text) => return serde_json::from_str(text),
        })
    }
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(_) => self.to_json().map_err(serde::ser::Error::custom)?.serialize(serializer),
        }
    }
}

/// Formats the literal as JSON.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(text) => f.write_str(text),
            _ => fmt::Display::fmt(&self.to_json().unwrap_or_default(), f),
        }
    }
}

/// Returns the text of a value in a parameter or a form: a string as it is, any other value as JSON.
///
/// ```
/// use wirecrate_runtime::generated::literal::{self, Literal};
///
/// assert_eq!(literal::text(&Literal::Text("a b")), "a b");
/// assert_eq!(literal::text(&Literal::Integer(-1)), "-1");
/// assert_eq!(literal::text(&Literal::Bool(true)), "true");
/// ```
pub fn text<T: Serialize + ?Sized>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(JsonValue::String(text)) => text,
        Ok(value) => value.to_string(),
        // No value of an enumeration fails to be encoded.
        Err(_) => String::new(),
    }
}

/// Decodes one of the listed values.
///
/// # Errors
///
/// Returns an error if the value is not listed. The error contains the listed values, but not the value itself.
pub fn decode<'de, T, D: Deserializer<'de>, const N: usize>(
    deserializer: D,
    listed: [(Literal, T); N],
) -> Result<T, D::Error> {
    buffer(deserializer, |value| {
        find(listed, &value).map_err(|listed| {
            let names: Vec<_> = listed.iter().map(|literal| format!("`{literal}`")).collect();
            UnionError::new("a value", &format!("one of {}", names.join(", ")))
        })
    })
}

/// Decodes one of the listed values, or keeps any other value unchanged.
///
/// # Errors
///
/// Returns an error if the text is not valid JSON.
pub fn decode_open<'de, T, D: Deserializer<'de>, const N: usize>(
    deserializer: D,
    listed: [(Literal, T); N],
    other: impl FnOnce(JsonValue) -> T,
) -> Result<T, D::Error> {
    buffer(deserializer, |value| Ok(find(listed, &value).unwrap_or_else(|_| other(value))))
}

/// Returns the variant for a value, or the listed literals if there is none.
fn find<T, const N: usize>(listed: [(Literal, T); N], value: &JsonValue) -> Result<T, [Literal; N]> {
    let literals = listed.each_ref().map(|(literal, _)| *literal);
    let mut normal = value.clone();
    normalise(&mut normal);
    let found = listed.into_iter().find(|(literal, _)| literal.is(&normal));
    found.map(|(_, variant)| variant).ok_or(literals)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::json;

    /// The code that is emitted for `enum: ["a", 1, null, true, {"a": 1}, 0.5]` if it is only sent.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Mixed {
        A,
        One,
        Null,
        True,
        Object,
        Half,
    }

    impl Mixed {
        const LISTED: [(Literal, Self); 6] = [
            (Literal::Text("a"), Self::A),
            (Literal::Integer(1), Self::One),
            (Literal::Null, Self::Null),
            (Literal::Bool(true), Self::True),
            (Literal::Json(r#"{"a": 1}"#), Self::Object),
            (Literal::Number(0.5), Self::Half),
        ];
    }

    impl Serialize for Mixed {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let literal = match self {
                Self::A => Literal::Text("a"),
                Self::One => Literal::Integer(1),
                Self::Null => Literal::Null,
                Self::True => Literal::Bool(true),
                Self::Object => Literal::Json(r#"{"a": 1}"#),
                Self::Half => Literal::Number(0.5),
            };
            literal.serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for Mixed {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            decode(deserializer, Self::LISTED)
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Mixed, encoded: &str) {
        let found: Mixed = json::decode(text.as_bytes()).expect("the value is listed");
        assert_eq!(found, expected, "{text}");
        assert_eq!(json::encode(&found).expect("literals encode"), encoded.as_bytes());
    }

    #[test]
    fn values_of_every_kind() {
        check(r#""a""#, Mixed::A, r#""a""#);
        check("1", Mixed::One, "1");
        check("1.0", Mixed::One, "1");
        check("null", Mixed::Null, "null");
        check("true", Mixed::True, "true");
        check(r#"{"a": 1.0}"#, Mixed::Object, r#"{"a":1}"#);
        check("0.5", Mixed::Half, "0.5");
    }

    #[test]
    fn other_values_are_refused_and_not_shown() {
        for text in [r#""secret""#, "2", "false", r#"{"a": 2}"#, "[]", r#""1""#, "0.25"] {
            let error = json::decode::<Vec<Mixed>>(format!("[{text}]").as_bytes()).expect_err("not listed");
            let expected = r#"one of `"a"`, `1`, `null`, `true`, `{"a": 1}`, `0.5`"#;
            assert_eq!((error.location(), error.expected()), ("[0]", Some(expected)), "{text}");
        }
    }

    #[test]
    fn a_literal_that_is_no_json_is_nothing() {
        let broken = Literal::Json("{");
        assert!(!broken.is(&JsonValue::Null));
        assert!(json::encode(&broken).is_err());
        assert!(Literal::Json("18446744073709551615").is(&u64::MAX.into()));
    }
}
