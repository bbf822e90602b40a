//! Credentials: the value of the `Authorization` header, which never appears in a log.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;

use crate::error::configuration::CredentialsError;

/// Credentials, sent in the `Authorization` header.
///
/// They are validated when the client is built. `Debug` output never contains them.
#[derive(Clone)]
pub struct Credentials {
    prefix: &'static str,
    secret: Result<String, CredentialsError>,
}

impl Credentials {
    /// Creates credentials from a prefix and a secret, separated by a space, such as `App {key}`.
    ///
    /// The secret must consist of visible ASCII characters. Spaces and line breaks are rejected.
    pub fn with_prefix(prefix: &'static str, secret: impl Into<String>) -> Self {
        Self { prefix, secret: check_secret(secret.into()) }
    }

    /// Creates credentials from a secret without a prefix.
    pub fn plain(secret: impl Into<String>) -> Self {
        Self::with_prefix("", secret)
    }

    /// Creates credentials for HTTP basic authentication. The user name must not contain a colon.
    pub fn basic(username: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        Self { prefix: "Basic", secret: encode_basic(username.as_ref(), password.as_ref()) }
    }

    /// Creates credentials from an OAuth 2.0 access token.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::with_prefix("Bearer", token)
    }

    /// Returns the header value, marked as sensitive so that HTTP libraries do not log it.
    pub(crate) fn header_value(self) -> Result<HeaderValue, CredentialsError> {
        let space = if self.prefix.is_empty() { "" } else { " " };
        let text = format!("{}{space}{}", self.prefix, self.secret?);
        let mut value = HeaderValue::try_from(text).map_err(|_| CredentialsError::Invisible)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

fn check_secret(secret: String) -> Result<String, CredentialsError> {
    match secret.as_str() {
        "" => Err(CredentialsError::Empty),
        text if text.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(secret),
        _ => Err(CredentialsError::Invisible),
    }
}

/// Encodes a user name and a password as defined in RFC 7617. Control characters, and a colon in the user name, are
/// rejected here, because the encoding would hide them from the header check.
fn encode_basic(username: &str, password: &str) -> Result<String, CredentialsError> {
    if username.is_empty() || password.is_empty() {
        return Err(CredentialsError::Empty);
    }
    if username.contains(':') {
        return Err(CredentialsError::ColonInUserName);
    }
    let pair = format!("{username}:{password}");
    if pair.contains(char::is_control) { Err(CredentialsError::Invisible) } else { Ok(STANDARD.encode(pair)) }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials([redacted])")
    }
}

/// The state of the credentials of a client builder that can build: [`Credentials`] or [`Anonymous`].
#[diagnostic::on_unimplemented(
    message = "the client has no credentials",
    label = "call `.credentials(..)` before this",
    note = "every operation of the service needs an `Authorization` header"
)]
pub trait HasCredentials {
    /// Returns the credentials, or `None` for a service without credentials.
    fn into_credentials(self) -> Option<Credentials>;
}

impl HasCredentials for Credentials {
    fn into_credentials(self) -> Option<Credentials> {
        Some(self)
    }
}

/// The state of a client builder for a service without credentials.
#[derive(Clone, Copy, Debug)]
pub struct Anonymous;

impl HasCredentials for Anonymous {
    fn into_credentials(self) -> Option<Credentials> {
        None
    }
}

/// The state of a client builder without the required credentials. It cannot build a client.
#[derive(Clone, Copy, Debug)]
pub struct NoCredentials;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(credentials: Credentials, expected: &str) {
        let value = credentials.header_value().expect("valid credentials");
        assert!(value.is_sensitive());
        assert_eq!(value.as_bytes(), expected.as_bytes());
    }

    #[track_caller]
    fn check_refused(credentials: Credentials, expected: CredentialsError) {
        assert_eq!(credentials.header_value(), Err(expected));
    }

    #[test]
    fn makes_the_header() {
        check(Credentials::with_prefix("App", "key-1"), "App key-1");
        check(Credentials::with_prefix("Token", "token"), "Token token");
        check(Credentials::bearer("eyJ.x.y"), "Bearer eyJ.x.y");
        check(Credentials::plain("key"), "key");
        check(Credentials::basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        check(Credentials::basic("test", "123\u{a3}"), "Basic dGVzdDoxMjPCow==");
        check(Credentials::basic("user", "a:b"), "Basic dXNlcjphOmI=");
    }

    #[test]
    fn refuses_texts_that_are_not_a_secret() {
        check_refused(Credentials::bearer(""), CredentialsError::Empty);
        check_refused(Credentials::basic("", "password"), CredentialsError::Empty);
        check_refused(Credentials::basic("user", ""), CredentialsError::Empty);
        check_refused(Credentials::basic("us:er", "password"), CredentialsError::ColonInUserName);
        check_refused(Credentials::basic("user", "pass\nword"), CredentialsError::Invisible);
        for secret in ["key\r\nHost: x", "key ", " key", "k\u{e9}y", "key\0", "key\u{7f}", "key\t"] {
            check_refused(Credentials::with_prefix("App", secret), CredentialsError::Invisible);
        }
    }

    #[test]
    fn debug_prints_nothing_of_it() {
        let credentials = Credentials::with_prefix("App", "secret-key");
        assert_eq!(format!("{credentials:?}"), "Credentials([redacted])");
    }
}
