//! The secrets of a client, and their choice for a request. They only become part of the request of the HTTP library.

use reqwest::Request;
use reqwest::header::{HeaderName, HeaderValue};

use crate::error::request::RequestError;
use crate::operation::Alternatives;
use crate::operation::headers::append_cookies;
use crate::send::prepared::Prepared;

/// A secret as it is sent.
#[derive(Clone)]
pub(crate) enum Secret {
    /// A header, whose value is marked as sensitive, so that HTTP libraries do not log it.
    Header(HeaderName, HeaderValue),
    /// An encoded pair `name=value`.
    Query(String),
    /// A pair `name=value`.
    Cookie(String),
}

/// The secrets of a client by the names of their security schemes.
#[derive(Clone, Default)]
pub(crate) struct Secrets(pub(crate) Vec<(&'static str, Secret)>);

impl Secrets {
    /// Returns the security schemes of the first alternative of an operation for which all secrets are present. None of
    /// them may be a header that the caller added.
    pub(crate) fn choose(&self, request: &Prepared) -> Result<&'static [&'static str], RequestError> {
        let alternatives = request.operation.alternatives();
        if alternatives.is_empty() {
            return Ok(&[]);
        }
        let is_complete = |schemes: &&&[&str]| schemes.iter().all(|scheme| self.find(scheme).is_some());
        let Some(schemes) = alternatives.iter().find(is_complete) else {
            return Err(RequestError::MissingCredentials(in_words(alternatives).into()));
        };
        for secret in self.of(schemes) {
            if let Secret::Header(name, _) = secret
                && request.headers.contains_key(name)
            {
                return Err(RequestError::ReservedHeader(name.as_str().into()));
            }
        }
        Ok(schemes)
    }

    /// Adds the secrets of security schemes to a request.
    pub(crate) fn add_to(&self, request: &mut Request, schemes: &[&str]) {
        for secret in self.of(schemes) {
            match secret {
                Secret::Header(name, value) => drop(request.headers_mut().insert(name.clone(), value.clone())),
                Secret::Query(pair) => {
                    let url = request.url_mut();
                    let query = url.query().map(|query| [query, "&", pair].concat());
                    url.set_query(Some(query.as_deref().unwrap_or(pair)));
                }
                Secret::Cookie(pair) => append_cookies(request.headers_mut(), pair),
            }
        }
    }

    fn of(&self, schemes: &[&str]) -> impl Iterator<Item = &Secret> {
        schemes.iter().filter_map(|scheme| self.find(scheme))
    }

    fn find(&self, scheme: &str) -> Option<&Secret> {
        self.0.iter().find(|(known, _)| *known == scheme).map(|(_, secret)| secret)
    }
}

/// The alternatives, such as "`api_key`, or `app_id` and `app_key`".
fn in_words(alternatives: Alternatives) -> String {
    let together =
        |schemes: &&[&str]| schemes.iter().map(|scheme| format!("`{scheme}`")).collect::<Vec<_>>().join(" and ");
    alternatives.iter().map(together).collect::<Vec<_>>().join(", or ")
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;
    use reqwest::{Method, Url};

    use super::*;
    use crate::operation::Operation;
    use crate::send::prepared::CallOptions;

    fn header(scheme: &'static str, name: &str) -> (&'static str, Secret) {
        let mut value = HeaderValue::from_static(scheme);
        value.set_sensitive(true);
        (scheme, Secret::Header(HeaderName::from_bytes(name.as_bytes()).expect("a name"), value))
    }

    fn prepared(alternatives: Alternatives) -> Prepared {
        let operation = Box::leak(Box::new(Operation::new("a", Method::GET, "/a").security(alternatives)));
        let url = Url::parse("https://xyz.example/a?b=1").expect("a URL");
        let (headers, options) = (HeaderMap::new(), CallOptions::default());
        let mut request = Prepared { operation, url, headers, body: None, schemes: &[], options, error: None };
        request.add_header("X-Own", "own");
        request.add_header("Cookie", "own=1");
        request
    }

    #[test]
    fn secrets_join_the_other_parts_of_a_request() {
        let secrets = Secrets(vec![
            ("q", Secret::Query("api%20key=a%2Bb".to_owned())),
            ("c", Secret::Cookie("session=a".to_owned())),
            ("d", Secret::Cookie("x=y".to_owned())),
            header("h", "x-key"),
        ]);
        let prepared = prepared(&[]);
        let mut request = Request::new(Method::GET, prepared.url.clone());
        request.headers_mut().clone_from(&prepared.headers);
        secrets.add_to(&mut request, &["q", "c", "d", "h"]);
        assert_eq!(request.url().query(), Some("b=1&api%20key=a%2Bb"));
        assert_eq!(request.headers()["cookie"], "own=1; session=a; x=y");
        assert_eq!(request.headers()["x-key"], "h");
        assert!(request.headers().values().all(HeaderValue::is_sensitive));
    }

    #[test]
    fn the_first_complete_alternative_is_chosen() {
        #[track_caller]
        fn check(alternatives: Alternatives, expected: &[&str]) {
            let secrets = Secrets(["a", "b", "d"].map(|name| header(name, "authorization")).to_vec());
            assert_eq!(secrets.choose(&prepared(alternatives)), Ok(expected));
        }
        check(&[], &[]);
        check(&[&["a"], &["b"]], &["a"]);
        check(&[&["b"], &["a"]], &["b"]);
        check(&[&["a", "c"], &["d"]], &["d"]);
        check(&[&["c"], &["a", "b"]], &["a", "b"]);
        check(&[&["c"], &[]], &[]);
    }

    #[test]
    fn missing_credentials_are_named() {
        let secrets = Secrets(vec![header("key", "x-key")]);
        let error = secrets.choose(&prepared(&[&["a"], &["key", "b"]])).expect_err("`b` is missing");
        let expected = "the client has no credentials for the operation, which requires `a`, or `key` and `b`";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_header_of_the_caller_does_not_replace_a_secret() {
        let secrets = Secrets(vec![header("key", "x-own")]);
        assert_eq!(secrets.choose(&prepared(&[&["key"]])), Err(RequestError::ReservedHeader("x-own".into())));
        assert_eq!(secrets.choose(&prepared(&[&["other"], &[]])), Ok(&[][..]));
    }
}
