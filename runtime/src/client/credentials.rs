//! Credentials: the value of the `Authorization` header, kept out of every log.

use std::error::Error;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;

/// What proves who is calling: one `Authorization` header.
///
/// The text is checked when the client is built. `Debug` prints nothing of it.
#[derive(Clone)]
pub struct Credentials {
    prefix: &'static str,
    secret: Result<String, CredentialsError>,
}

impl Credentials {
    /// A scheme of the description: a prefix, a space, and the secret, as in `App {key}`.
    ///
    /// Only visible ASCII characters make a secret, as in every key and token that the service
    /// issues: a line end would start another header, and a stray space is a copying mistake.
    pub fn with_prefix(prefix: &'static str, secret: impl Into<String>) -> Self {
        Self { prefix, secret: check_secret(secret.into()) }
    }

    /// A scheme of the description whose secret stands alone in the header.
    pub fn plain(secret: impl Into<String>) -> Self {
        Self::with_prefix("", secret)
    }

    /// HTTP Basic: a user name without a colon, and a password.
    pub fn basic(username: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        Self { prefix: "Basic", secret: encode_basic(username.as_ref(), password.as_ref()) }
    }

    /// An OAuth 2.0 access token.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::with_prefix("Bearer", token)
    }

    /// The header value, marked so that HTTP libraries keep it out of their logs too.
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

/// RFC 7617: the encoding hides neither control characters nor a second colon from the server.
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

/// Why credentials were refused. The text itself is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The key, the token, the user name or the password is empty.
    Empty,
    /// A key or token contains a space, a control character or a character outside ASCII, or a
    /// user name or password contains a control character.
    Invisible,
    /// The user name contains a colon, which would end it early.
    ColonInUserName,
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the credentials are empty",
            Self::Invisible => "the credentials contain a character that is not visible",
            Self::ColonInUserName => "the user name contains a colon",
        })
    }
}

impl Error for CredentialsError {}

/// Credentials, or [`NoCredentials`] which have none: the state of a client builder.
#[diagnostic::on_unimplemented(
    message = "the client has no credentials",
    label = "call `.credentials(..)` before this",
    note = "every operation of the service needs an `Authorization` header"
)]
pub trait HasCredentials {
    /// The credentials that were given; `None` for a service that asks for none.
    fn into_credentials(self) -> Option<Credentials>;
}

impl HasCredentials for Credentials {
    fn into_credentials(self) -> Option<Credentials> {
        Some(self)
    }
}

/// A client builder of a service that asks for no credentials.
#[derive(Clone, Copy, Debug)]
pub struct Anonymous;

impl HasCredentials for Anonymous {
    fn into_credentials(self) -> Option<Credentials> {
        None
    }
}

/// A client builder that was not given credentials yet, and so cannot build.
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
        check(Credentials::with_prefix("IBSSO", "token"), "IBSSO token");
        check(Credentials::bearer("eyJ.x.y"), "Bearer eyJ.x.y");
        check(Credentials::plain("key"), "key");
        check(Credentials::basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        check(Credentials::basic("test", "123\u{a3}"), "Basic dGVzdDoxMjPCow==");
        check(Credentials::basic("user", "a:b"), "Basic dXNlcjphOmI=");
    }

    #[test]
    fn refuses_what_is_no_secret() {
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
