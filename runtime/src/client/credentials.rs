//! Credentials: the secrets of security schemes, which never appear in a log.

pub(crate) mod states;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName};

use crate::error::configuration::CredentialsError;
use crate::operation::headers::header_value;
use crate::operation::parameters::Pairs;
use crate::send::secrets::{Secret, Secrets};

/// The credentials of a client: the secrets of one or more security schemes.
///
/// The first argument of each constructor is the name of the scheme, by which operations refer to it. The credentials are
/// validated when the client is built. `Debug` output never contains them.
#[derive(Clone)]
pub struct Credentials {
    secrets: Vec<(&'static str, Result<Secret, CredentialsError>)>,
}

impl Credentials {
    /// Creates credentials that are sent in the `Authorization` header: a prefix and a secret, separated by a space, such
    /// as `App {key}`.
    ///
    /// The secret must consist of visible ASCII characters. Spaces and line breaks are rejected.
    pub fn with_prefix(scheme: &'static str, prefix: &'static str, secret: impl Into<String>) -> Self {
        let secret = check_word(secret.into());
        Self::new(scheme, secret.and_then(|secret| authorization(prefix, &secret)))
    }

    /// Creates credentials from an access token, sent in the `Authorization` header after the word `Bearer`.
    pub fn bearer(scheme: &'static str, token: impl Into<String>) -> Self {
        Self::with_prefix(scheme, "Bearer", token)
    }

    /// Creates credentials for HTTP basic authentication. The user name must not contain a colon. One of both texts may be
    /// empty, since some services take a key as the user name or as the password.
    pub fn basic(scheme: &'static str, username: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        let pair = encode_basic(username.as_ref(), password.as_ref());
        Self::new(scheme, pair.and_then(|pair| authorization("Basic", &pair)))
    }

    /// Creates credentials for any HTTP authentication scheme: the text after the name of the scheme in the
    /// `Authorization` header.
    ///
    /// The text must consist of visible ASCII characters and inner spaces. The same text is sent with each request.
    pub fn http(scheme: &'static str, http_scheme: &'static str, text: impl Into<String>) -> Self {
        let text = check_text(text.into());
        Self::new(scheme, text.and_then(|text| authorization(http_scheme, &text)))
    }

    /// Creates credentials that are the value of a header. The value must consist of visible ASCII characters and inner
    /// spaces.
    pub fn header(scheme: &'static str, name: &'static str, value: impl Into<String>) -> Self {
        Self::new(scheme, check_text(value.into()).and_then(|value| header(name, value)))
    }

    /// Creates credentials that are a parameter in the query. The secret must consist of visible ASCII characters.
    pub fn query(scheme: &'static str, name: &'static str, secret: impl Into<String>) -> Self {
        let pair = check_word(secret.into()).map(|secret| {
            let mut pairs = Pairs::default();
            pairs.each(name, [secret]);
            Secret::Query(pairs.0)
        });
        Self::new(scheme, pair)
    }

    /// Creates credentials that are a cookie. The secret is sent as it is, and must consist of characters that a cookie
    /// can have (RFC 6265): visible ASCII characters except `"`, `,`, `;` and `\`.
    pub fn cookie(scheme: &'static str, name: &'static str, secret: impl Into<String>) -> Self {
        Self::new(scheme, check_word(secret.into()).and_then(|secret| cookie(name, &secret)))
    }

    /// Adds the secrets of other credentials. They replace secrets for the same schemes.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let replaced = |scheme| other.secrets.iter().any(|(other, _)| *other == scheme);
        self.secrets.retain(|(scheme, _)| !replaced(*scheme));
        self.secrets.extend(other.secrets);
        self
    }

    /// Returns the secrets, unless one is invalid.
    pub(crate) fn into_secrets(self) -> Result<Secrets, CredentialsError> {
        let secrets = self.secrets.into_iter().map(|(scheme, secret)| Ok((scheme, secret?)));
        secrets.collect::<Result<_, _>>().map(Secrets)
    }

    fn new(scheme: &'static str, secret: Result<Secret, CredentialsError>) -> Self {
        Self { secrets: vec![(scheme, secret)] }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials([redacted])")
    }
}

fn authorization(prefix: &str, text: &str) -> Result<Secret, CredentialsError> {
    let space = if prefix.is_empty() { "" } else { " " };
    header(AUTHORIZATION.as_str(), format!("{prefix}{space}{text}"))
}

fn header(name: &str, text: String) -> Result<Secret, CredentialsError> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| CredentialsError::Name)?;
    if name == COOKIE {
        return Ok(Secret::Cookie(text));
    }
    let mut value = header_value(&text).ok_or(CredentialsError::Invisible)?;
    value.set_sensitive(true);
    Ok(Secret::Header(name, value))
}

fn cookie(name: &str, secret: &str) -> Result<Secret, CredentialsError> {
    // The grammar of the names of cookies is that of the names of headers.
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| CredentialsError::Name)?;
    if secret.contains(['"', ',', ';', '\\']) {
        return Err(CredentialsError::Delimiter);
    }
    Ok(Secret::Cookie(format!("{name}={secret}")))
}

/// Checks a text without spaces.
fn check_word(text: String) -> Result<String, CredentialsError> {
    if text.contains(' ') { Err(CredentialsError::Invisible) } else { check_text(text) }
}

/// Checks a text with inner spaces.
fn check_text(text: String) -> Result<String, CredentialsError> {
    let is_visible = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    match text.as_str() {
        "" => Err(CredentialsError::Empty),
        text if !is_visible || text.starts_with(' ') || text.ends_with(' ') => Err(CredentialsError::Invisible),
        _ => Ok(text),
    }
}

/// Encodes a user name and a password as defined in RFC 7617. Control characters, and a colon in the user name, are
/// rejected here, because the encoding would hide them from the header check.
fn encode_basic(username: &str, password: &str) -> Result<String, CredentialsError> {
    if username.is_empty() && password.is_empty() {
        return Err(CredentialsError::Empty);
    }
    if username.contains(':') {
        return Err(CredentialsError::ColonInUserName);
    }
    let pair = format!("{username}:{password}");
    if pair.contains(char::is_control) { Err(CredentialsError::Invisible) } else { Ok(STANDARD.encode(pair)) }
}

/// The state of the credentials of a client builder that can build: [`Credentials`] or [`Anonymous`].
#[diagnostic::on_unimplemented(
    message = "the client has no credentials",
    label = "call `.credentials(..)` before this",
    note = "every operation of the service requires credentials"
)]
pub trait HasCredentials {
    /// Returns the credentials, or `None` for a client without credentials.
    fn into_credentials(self) -> Option<Credentials>;
}

impl HasCredentials for Credentials {
    fn into_credentials(self) -> Option<Credentials> {
        Some(self)
    }
}

/// The state of a client builder that can build without credentials.
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
mod tests;
