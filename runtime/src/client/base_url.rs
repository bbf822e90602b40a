//! The base URL of a client, normalized once and joined with the path of each operation.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use crate::error::configuration::BaseUrlError;

/// A valid base URL, without a trailing slash.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    url: Url,
    /// The path of the base URL, without a trailing slash. Empty, or starts with `/`.
    prefix: String,
}

impl BaseUrl {
    /// Parses a base URL. Surrounding whitespace and trailing slashes are removed, and `https://` is added if there is
    /// no scheme.
    ///
    /// Plain `http` is allowed for the local host (`localhost`, `127.0.0.0/8` and `[::1]`), and for other hosts only if
    /// `allow_plain_http` is set.
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        if text.trim_matches('/').is_empty() {
            return Err(BaseUrlError::Empty);
        }
        // A URL parser drops tabs and line breaks, and reads a backslash as a slash. Such text is rejected rather than
        // interpreted.
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(BaseUrlError::Malformed);
        }
        let (scheme, rest) = split_scheme(text)?;
        let (authority, _) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(BaseUrlError::UserInfo);
        }
        if authority.is_empty() {
            return Err(BaseUrlError::Malformed);
        }
        let url = Url::parse(&format!("{scheme}://{rest}")).map_err(|_| BaseUrlError::Malformed)?;
        if !url.domain().is_none_or(is_host_name) {
            return Err(BaseUrlError::Malformed);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::QueryOrFragment);
        }
        if url.scheme() == "http" && !allow_plain_http && !is_loopback(&url) {
            return Err(BaseUrlError::PlainHttp);
        }
        let prefix = url.path().trim_end_matches('/').to_owned();
        Ok(Self { url, prefix })
    }

    /// Returns the URL of an operation, whose path starts with `/`.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        if self.prefix.is_empty() {
            url.set_path(path);
        } else {
            url.set_path(&[self.prefix.as_str(), path].concat());
        }
        url
    }

    /// Returns `true` if the scheme is `https`.
    pub(crate) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Returns `true` if the host is the local host.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

/// Splits off the scheme, which defaults to `https`, and returns it with the text after `://`.
fn split_scheme(text: &str) -> Result<(&'static str, &str), BaseUrlError> {
    if let Some((scheme, rest)) = text.split_once("://") {
        return match scheme.to_ascii_lowercase().as_str() {
            "https" => Ok(("https", rest)),
            "http" => Ok(("http", rest)),
            _ => Err(BaseUrlError::Scheme),
        };
    }
    // `mailto:x` has a scheme, `host:8443` a port.
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    match host.split_once(':') {
        Some((_, port)) if !host.starts_with('[') && !is_port(port) => {
            // User information before the host has its own error.
            if host.contains('@') { Err(BaseUrlError::UserInfo) } else { Err(BaseUrlError::Scheme) }
        }
        _ => Ok(("https", text)),
    }
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns `true` if a name consists of the characters of host names. A URL parser accepts more than an HTTP library.
fn is_host_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.url.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let joined = BaseUrl::parse(text, false).map(|base| base.join("/notes/1/note"));
        let joined = joined.expect("a base URL").to_string();
        assert_eq!(joined.strip_suffix("/notes/1/note"), Some(expected), "{text}");
    }

    #[track_caller]
    fn check_refused(text: &str, expected: BaseUrlError) {
        assert_eq!(BaseUrl::parse(text, false).err(), Some(expected), "{text}");
    }

    #[test]
    fn allows_plain_http_elsewhere_if_asked() {
        let base = BaseUrl::parse("http://10.0.0.1:8080", true).expect("a base URL");
        assert!(!base.is_https() && !base.is_loopback());
        assert!(BaseUrl::parse("10.0.0.1:8080", true).expect("a base URL").is_https());
        assert_eq!(BaseUrl::parse("ftp://10.0.0.1", true).err(), Some(BaseUrlError::Scheme));
    }

    #[test]
    fn normalises() {
        check("https://xyz.api.example.com", "https://xyz.api.example.com");
        check("xyz.api.example.com", "https://xyz.api.example.com");
        check("  HTTPS://XYZ.api.example.com// \n", "https://xyz.api.example.com");
        check("xyz.api.example.com:8443/", "https://xyz.api.example.com:8443");
        check("https://gateway.example/notes/eu/", "https://gateway.example/notes/eu");
        check("gateway.example/a:b", "https://gateway.example/a:b");
        check("notes_service:8443/{a}", "https://notes_service:8443/%7Ba%7D");
        check("https://münchen.example", "https://xn--mnchen-3ya.example");
    }

    #[test]
    fn allows_plain_http_to_this_machine() {
        check("http://localhost:8080", "http://localhost:8080");
        check("http://127.0.0.1:8080/", "http://127.0.0.1:8080");
        check("http://127.8.9.10", "http://127.8.9.10");
        check("http://[::1]:8080/mock", "http://[::1]:8080/mock");
        check("[::1]:8443", "https://[::1]:8443");
        check_refused("http://xyz.api.example.com", BaseUrlError::PlainHttp);
        check_refused("HTTP://10.0.0.1", BaseUrlError::PlainHttp);
        check_refused("http://localhost.example.com", BaseUrlError::PlainHttp);
        check_refused("http://128.0.0.1", BaseUrlError::PlainHttp);
        check_refused("http://[::2]", BaseUrlError::PlainHttp);
        check_refused("http://0.0.0.0", BaseUrlError::PlainHttp);
    }

    #[test]
    fn refuses_texts_that_are_not_a_base_url() {
        check_refused("", BaseUrlError::Empty);
        check_refused(" / ", BaseUrlError::Empty);
        check_refused("https://", BaseUrlError::Malformed);
        check_refused("https:", BaseUrlError::Scheme);
        check_refused("https:/", BaseUrlError::Scheme);
        check_refused("https:///path", BaseUrlError::Malformed);
        check_refused("//xyz.api.example.com", BaseUrlError::Malformed);
        check_refused("https://xyz api.example.com", BaseUrlError::Malformed);
        check_refused("https://xyz.api.example.com\n.example", BaseUrlError::Malformed);
        check_refused("https://xyz.api.example.com\\@example.com", BaseUrlError::Malformed);
        check_refused("https://xyz:port", BaseUrlError::Malformed);
        check_refused("https://[::1", BaseUrlError::Malformed);
        for host in ["no}tes.example", "no\"tes.example", "no`tes.example", "$notes.example", "{region}.example"] {
            check_refused(host, BaseUrlError::Malformed);
        }
        check_refused("ftp://xyz.api.example.com", BaseUrlError::Scheme);
        check_refused("mailto:someone", BaseUrlError::Scheme);
        check_refused("http:/xyz.api.example.com", BaseUrlError::Scheme);
        check_refused("https://user@xyz.api.example.com", BaseUrlError::UserInfo);
        check_refused("https://user:secret@xyz.api.example.com", BaseUrlError::UserInfo);
        check_refused("user:secret@xyz.api.example.com", BaseUrlError::UserInfo);
        check_refused("https://@xyz.api.example.com", BaseUrlError::UserInfo);
        check_refused("https://xyz.api.example.com?key=x", BaseUrlError::QueryOrFragment);
        check_refused("https://xyz.api.example.com/?", BaseUrlError::QueryOrFragment);
        check_refused("https://xyz.api.example.com#top", BaseUrlError::QueryOrFragment);
    }
}
