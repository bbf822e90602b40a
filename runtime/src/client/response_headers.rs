//! Headers of responses as values of the types that a description states.

use std::fmt;

use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer as _, Visitor};
use serde::forward_to_deserialize_any;

/// The headers of a response, which are converted one by one.
///
/// ```
/// use wirecrate_runtime::generated::ResponseHeaders;
/// use wirecrate_runtime::HeaderMap;
///
/// let mut headers = HeaderMap::new();
/// headers.append("x-left", "17".parse()?);
/// headers.append("x-tags", "a, b".parse()?);
/// headers.append("x-tags", "c".parse()?);
/// let headers = ResponseHeaders::new(&headers);
/// assert_eq!(headers.value::<u32>("X-Left")?, Some(17));
/// assert_eq!(headers.list::<String>("X-Tags")?, ["a", "b", "c"]);
/// assert_eq!(headers.value::<u32>("X-Absent")?, None);
/// assert!(headers.value::<bool>("X-Left").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct ResponseHeaders<'r>(&'r HeaderMap);

impl<'r> ResponseHeaders<'r> {
    /// Creates the view of the headers of a response.
    pub fn new(headers: &'r HeaderMap) -> Self {
        Self(headers)
    }

    /// Converts the value of a header. Returns `None` if there is no such header, and the first value if there are several.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not of this type.
    pub fn value<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, HeaderError> {
        let value = self.0.get(name).map(|value| text(value).and_then(convert));
        match value {
            Some(None) => Err(HeaderError { name }),
            value => Ok(value.flatten()),
        }
    }

    /// Converts the values of a header, from every line with this name and separated by commas. Returns an empty list if
    /// there is no such header. Cookies are not separated by commas.
    ///
    /// # Errors
    ///
    /// Returns an error if a value is not of this type.
    pub fn list<T: DeserializeOwned>(&self, name: &'static str) -> Result<Vec<T>, HeaderError> {
        let separator: &[char] = if name.eq_ignore_ascii_case(SET_COOKIE.as_str()) { &[] } else { &[','] };
        let mut values = Vec::new();
        for line in self.0.get_all(name) {
            let items = text(line).ok_or(HeaderError { name })?.split(separator).map(str::trim);
            for item in items.filter(|item| !item.is_empty()) {
                values.push(convert(item).ok_or(HeaderError { name })?);
            }
        }
        Ok(values)
    }
}

impl fmt::Debug for ResponseHeaders<'_> {
    /// Formats the number of headers. Their values may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseHeaders").field("headers", &self.0.len()).finish_non_exhaustive()
    }
}

/// The text of a header, if it is UTF-8.
fn text(value: &HeaderValue) -> Option<&str> {
    str::from_utf8(value.as_bytes()).ok()
}

fn convert<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(Text(text)).ok()
}

/// A deserializer for a text that contains one value: a number, a boolean, or anything that is read from a string.
struct Text<'t>(&'t str);

macro_rules! parse {
    ($($deserialize:ident $visit:ident;)*) => {
        $(fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            let value = self.0.trim().parse().map_err(|_| Self::Error::custom("a value of another type"))?;
            visitor.$visit(value)
        })*
    };
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let text: StrDeserializer<'_, Self::Error> = self.0.into_deserializer();
        text.deserialize_enum(name, variants, visitor)
    }

    parse! {
        deserialize_bool visit_bool;
        deserialize_i32 visit_i32;
        deserialize_i64 visit_i64;
        deserialize_i128 visit_i128;
        deserialize_u32 visit_u32;
        deserialize_u64 visit_u64;
        deserialize_f32 visit_f32;
        deserialize_f64 visit_f64;
    }

    forward_to_deserialize_any! {
        i8 i16 u8 u16 u128 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// An error returned when a header of a response is not of the described type. The response itself is not affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
}

impl HeaderError {
    /// Returns the name of the header.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{}` of the response is not of the described type", self.name)
    }
}

impl std::error::Error for HeaderError {}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::{DateTime, Uuid};

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
        }
        headers
    }

    fn read<T: DeserializeOwned>(value: &str) -> Option<T> {
        ResponseHeaders::new(&headers(&[("x-a", value)])).value("X-A").ok().flatten()
    }

    #[test]
    fn values_are_of_their_types() {
        #[derive(Debug, Deserialize, PartialEq)]
        #[serde(rename_all = "UPPERCASE")]
        enum Cache {
            Hit,
            #[serde(untagged)]
            Other(String),
        }
        assert_eq!(read("17"), Some(17_i64));
        assert_eq!(read(" -1"), Some(-1_i32));
        assert_eq!(read("18446744073709551615"), Some(u64::MAX));
        assert_eq!(read("1.5"), Some(1.5_f64));
        assert_eq!(read("true"), Some(true));
        assert_eq!(read::<String>("caf\u{e9}, \"a\"").as_deref(), Some("caf\u{e9}, \"a\""));
        assert_eq!(read("HIT"), Some(Cache::Hit));
        assert_eq!(read("MISS"), Some(Cache::Other("MISS".to_owned())));
        let id = read::<Uuid>("2f0c1cf6-6b3c-4e0f-9d3e-1d2f3a4b5c6d");
        assert_eq!(id.map(|id| id.to_string()).as_deref(), Some("2f0c1cf6-6b3c-4e0f-9d3e-1d2f3a4b5c6d"));
        assert!(read::<DateTime>("2019-04-09T16:01:56Z").is_some());
        assert_eq!(read::<i64>("many"), None);
        assert_eq!(read::<bool>("1"), None);
        assert_eq!(read::<i32>("3000000000"), None);
    }

    #[test]
    fn lists_come_from_every_line() {
        let headers = headers(&[
            ("x-a", "1, 2"),
            ("x-a", "3,,"),
            ("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"),
            ("set-cookie", "b=2"),
            ("x-b", "1, x"),
        ]);
        let headers = ResponseHeaders::new(&headers);
        assert_eq!(headers.list("X-A"), Ok(vec![1, 2, 3]));
        assert_eq!(headers.value("X-A").ok().flatten(), Some("1, 2".to_owned()));
        assert_eq!(headers.list::<String>("Set-Cookie").map(|cookies| cookies.len()), Ok(2));
        assert_eq!(headers.list::<i32>("X-Absent"), Ok(Vec::new()));
        let error = headers.list::<i32>("X-B").expect_err("x is not a number");
        assert_eq!(error.to_string(), "the header `X-B` of the response is not of the described type");
        assert_eq!(format!("{headers:?}"), "ResponseHeaders { headers: 5, .. }");
    }
}
