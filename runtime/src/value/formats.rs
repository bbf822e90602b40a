//! Strings with a format, kept as received: `date`, `date-time`, `duration`, `uuid`, and `byte`.
//!
//! Any text is accepted and encoded unchanged, because a service may deviate from its description. The text is only
//! parsed on request.

mod base64;
mod date;
pub(crate) mod date_time;
mod iso_duration;
mod uuid;

use std::error::Error;
use std::fmt;

pub use self::base64::Base64;
pub use self::date::Date;
pub use self::iso_duration::IsoDuration;
pub use self::uuid::Uuid;

/// An error returned when a text does not have the expected format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// The expected format. The text itself comes from outside and is not included.
    expected: &'static str,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.expected)
    }
}

impl Error for FormatError {}

/// Defines a string type, with the implementations that all of these types share.
macro_rules! text {
    ($(#[$attribute:meta])* $name:ident, $expected:literal) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            const UNFIT: crate::value::formats::FormatError = crate::value::formats::FormatError { expected: $expected };

            /// Returns the text, exactly as it was given or decoded.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

use text;

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;

    #[track_caller]
    fn check<T: Serialize + DeserializeOwned + fmt::Debug + fmt::Display>(texts: &[&str]) {
        for text in texts {
            let json = serde_json::to_string(text).expect("a string encodes");
            let read: T = serde_json::from_str(&json).expect("any string is accepted");
            assert_eq!(serde_json::to_string(&read).expect("a string encodes"), json);
            assert_eq!(read.to_string(), *text);
        }
        assert!(serde_json::from_str::<T>("5").is_err());
        let personal: T = serde_json::from_str(r#""441134960000""#).expect("any string is accepted");
        assert_eq!(format!("{personal:?}"), "[redacted]");
    }

    #[test]
    fn every_text_is_kept() {
        check::<Date>(&["2024-02-29", "yesterday", ""]);
        check::<IsoDuration>(&["PT5M", "soon", ""]);
        check::<Uuid>(&["123e4567-e89b-12d3-a456-426614174000", "x", ""]);
        check::<Base64>(&["aGVsbG8=", "?", ""]);
    }

    #[test]
    fn errors_contain_the_expected_format() {
        let error = Date::from("441134960000").date().expect_err("not a date");
        assert_eq!(error.to_string(), "not a date");
        assert!(!format!("{error:?}").contains("4411"));
    }
}
