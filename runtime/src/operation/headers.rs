//! Headers that a caller adds to one request.

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};

use crate::error::request::RequestError;

/// Headers that only the client may set. Other values for the credentials, the format, or the length of the body would
/// make recipients interpret the request differently.
pub const RESERVED: &[&str] = &[
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Adds a header of the caller.
pub(crate) fn add_header(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), RequestError> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| RequestError::HeaderName)?;
    if RESERVED.contains(&name.as_str()) {
        return Err(RequestError::ReservedHeader(name.as_str().into()));
    }
    let Some(mut value) = header_value(value) else { return Err(RequestError::HeaderValue(name.as_str().into())) };
    // The value may be personal data, and HTTP libraries may log headers.
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

/// Returns the text as a header value, or `None` if it contains a character other than visible ASCII and space, such as
/// a tab.
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    let visible = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    HeaderValue::from_str(text).ok().filter(|_| visible)
}

/// Adds pairs such as `a=1; b=2`, which must be visible ASCII, to the header `Cookie`. There is only one in a request.
pub(crate) fn append_cookies(headers: &mut HeaderMap, pairs: &str) {
    let known = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let all = known.map_or_else(|| pairs.to_owned(), |known| [known, "; ", pairs].concat());
    if let Some(mut value) = header_value(&all) {
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, value: &str, expected: Option<&RequestError>) {
        let mut headers = HeaderMap::new();
        assert_eq!(add_header(&mut headers, name, value).as_ref().err(), expected, "{name:?}: {value:?}");
        assert_eq!(headers.len(), usize::from(expected.is_none()));
    }

    #[test]
    fn takes_ordinary_headers() {
        check("X-Request-Id", "order 17", None);
        check("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", None);
        check("user-agent", "shop/2", None);
        check("x-empty", "", None);
    }

    #[test]
    fn the_last_value_of_a_header_counts() {
        let mut headers = HeaderMap::new();
        add_header(&mut headers, "x-a", "1").expect("a header");
        add_header(&mut headers, "X-A", "2").expect("a header");
        assert_eq!(headers.get_all("x-a").iter().collect::<Vec<_>>(), ["2"]);
        assert!(headers["x-a"].is_sensitive());
    }

    #[test]
    fn refuses_headers_that_only_the_client_sets() {
        for name in RESERVED {
            check(name, "x", Some(&RequestError::ReservedHeader((*name).into())));
        }
        check("Authorization", "App x", Some(&RequestError::ReservedHeader("authorization".into())));
    }

    #[test]
    fn refuses_control_characters_without_repeating_them() {
        for value in ["a\r\nx-b: c", "a\nb", "a\0", "\u{7f}", "a\tb", "é"] {
            let error = RequestError::HeaderValue("x-a".into());
            assert!(!error.to_string().contains(value));
            check("x-a", value, Some(&error));
        }
        for name in ["", "x a", "x:a", "x\r\na", "é"] {
            check(name, "x", Some(&RequestError::HeaderName));
        }
    }
}
