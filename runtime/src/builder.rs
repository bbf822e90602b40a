//! The settings of a client, each with its default, and what can be wrong with them.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::redirect;

use crate::base_url::{BaseUrl, BaseUrlError};
use crate::client::{Client, Shared};
use crate::credentials::{Anonymous, Credentials, CredentialsError, HasCredentials, NoCredentials};
use crate::tls;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(30);
const MAX_REPLY_BYTES: usize = 1024 * 1024;

/// Builds a client of type `T`; `C` tells whether credentials were given.
///
/// `T` is [`Client`] or a generated client, which is made from it.
#[must_use = "call `.build()` to make the client"]
pub struct ClientBuilder<T, C = NoCredentials> {
    settings: Settings,
    credentials: C,
    client: PhantomData<fn() -> T>,
}

impl<T> ClientBuilder<T> {
    /// A builder for the account at that base URL, calling itself `user_agent` unless told
    /// otherwise.
    ///
    /// The base URL is `https://{account}.api.infobip.com`, for example. White space around it and
    /// trailing slashes are dropped, `https://` is added when there is no scheme, a path in front
    /// of the service's own is kept. Plain `http` is for servers on this machine: `localhost`,
    /// `127.0.0.0/8` and `[::1]`.
    pub fn new(base_url: impl Into<String>, user_agent: &'static str) -> Self {
        let settings = Settings::new(base_url.into(), user_agent.to_owned());
        Self { settings, credentials: NoCredentials, client: PhantomData }
    }
}

impl<T> ClientBuilder<T, Anonymous> {
    /// The same for a service that asks for no credentials; no `Authorization` header is sent.
    pub fn anonymous(base_url: impl Into<String>, user_agent: &'static str) -> Self {
        let settings = Settings::new(base_url.into(), user_agent.to_owned());
        Self { settings, credentials: Anonymous, client: PhantomData }
    }
}

impl<T, C> ClientBuilder<T, C> {
    /// What proves who is calling. Required.
    pub fn credentials(self, credentials: impl Into<Credentials>) -> ClientBuilder<T, Credentials> {
        let Self { settings, client, .. } = self;
        ClientBuilder { settings, credentials: credentials.into(), client }
    }

    /// The time for a connection, name look-up and TLS included; 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// The time for a whole call, until the last byte of the reply; 30 seconds by default.
    ///
    /// A call can set its own ([`Call::timeout`](crate::Call::timeout)).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// How many bytes of a reply are read at most; 1,048,576 by default.
    ///
    /// A longer reply to a successful call is a decode error, that to a failed one is cut.
    pub fn max_reply_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_reply_bytes = bytes;
        self
    }

    /// The `User-Agent` header; by default the generated crate's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Sends through an HTTP client of your own, for a proxy, another TLS set-up or a shared pool.
    ///
    /// Its connect time-out, TLS, proxy and redirects are then as you configured them, so best
    /// start from [`http_client_builder`]. The headers of a call replace its default headers of the
    /// same name.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.settings.http_client = Some(client);
        self
    }

    /// Makes the client. Connects to nothing.
    ///
    /// # Errors
    ///
    /// Fails when the base URL, the credentials or the user agent cannot be used, or when the HTTP
    /// client cannot be made.
    pub fn build(self) -> Result<T, ConfigurationError>
    where
        C: HasCredentials,
        T: From<Client>,
    {
        self.settings.build(self.credentials.into_credentials()).map(T::from)
    }
}

impl<T, C> fmt::Debug for ClientBuilder<T, C> {
    /// Shows no text that was given: an address may hold a password by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("connect_timeout", &self.settings.connect_timeout)
            .field("timeout", &self.settings.timeout)
            .field("max_reply_bytes", &self.settings.max_reply_bytes)
            .finish_non_exhaustive()
    }
}

/// The settings, apart from the types of the builder so that they are compiled once.
struct Settings {
    base_url: String,
    user_agent: String,
    connect_timeout: Duration,
    timeout: Duration,
    max_reply_bytes: usize,
    http_client: Option<reqwest::Client>,
}

impl Settings {
    fn new(base_url: String, user_agent: String) -> Self {
        Self {
            base_url,
            user_agent,
            connect_timeout: CONNECT_TIMEOUT,
            timeout: TIMEOUT,
            max_reply_bytes: MAX_REPLY_BYTES,
            http_client: None,
        }
    }

    fn build(self, credentials: Option<Credentials>) -> Result<Client, ConfigurationError> {
        let base_url = BaseUrl::parse(&self.base_url).map_err(ConfigurationError::BaseUrl)?;
        let headers = self.headers(credentials)?;
        let (timeout, max_reply_bytes) = (self.timeout, self.max_reply_bytes);
        let http = match self.http_client {
            Some(client) => client,
            None => new_http_client(&base_url, self.connect_timeout)?,
        };
        let shared = Shared { http, base_url, headers, timeout, max_reply_bytes };
        Ok(Client { shared: Arc::new(shared) })
    }

    fn headers(&self, credentials: Option<Credentials>) -> Result<HeaderMap, ConfigurationError> {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");

        let user_agent = HeaderValue::from_str(&self.user_agent).map_err(|_| ConfigurationError::UserAgent)?;
        let mut headers = HeaderMap::from_iter([(USER_AGENT, user_agent), (ACCEPT, JSON), (CONTENT_TYPE, JSON)]);
        if let Some(credentials) = credentials {
            headers.insert(AUTHORIZATION, credentials.header_value().map_err(ConfigurationError::Credentials)?);
        }
        Ok(headers)
    }
}

/// The HTTP client that a builder makes unless it is given one, before its last settings.
///
/// Where one of yours is needed for a proxy or a resolver, start from this: it has a TLS back end,
/// and follows no redirect, which could carry a message to another address.
///
/// ```no_run
/// use infobip_runtime::{Client, ClientBuilder, Credentials, http_client_builder, reqwest};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let proxy = reqwest::Proxy::all("http://proxy.example:3128")?;
/// let client: Client = ClientBuilder::new("https://xyz.api.infobip.com", "notes/1.0")
///     .credentials(Credentials::bearer("token"))
///     .http_client(http_client_builder().proxy(proxy).build()?)
///     .build()?;
/// # Ok(())
/// # }
/// ```
pub fn http_client_builder() -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        // A repeated request could be a repeated message, so nothing below us repeats any.
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT);
    tls::configure(http)
}

fn new_http_client(base_url: &BaseUrl, connect_timeout: Duration) -> Result<reqwest::Client, ConfigurationError> {
    if base_url.is_https() && !tls::AVAILABLE {
        return Err(ConfigurationError::NoTls);
    }
    let http = http_client_builder().https_only(base_url.is_https()).connect_timeout(connect_timeout);
    // Plain http is for this machine, so no proxy of the environment may read it.
    let http = if base_url.is_https() { http } else { http.no_proxy() };
    http.build().map_err(|error| ConfigurationError::HttpClient(Box::new(error)))
}

/// Why a client could not be built. Repeats no text that was given.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// The base URL cannot be used.
    BaseUrl(BaseUrlError),
    /// The credentials cannot be used.
    Credentials(CredentialsError),
    /// The user agent cannot be a header.
    UserAgent,
    /// The base URL is `https`, but no TLS feature is on and no HTTP client was given.
    NoTls,
    /// The HTTP client could not be made.
    HttpClient(Box<reqwest::Error>),
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BaseUrl(_) => "the base URL cannot be used",
            Self::Credentials(_) => "the credentials cannot be used",
            Self::UserAgent => "the user agent contains a character that no header may have",
            Self::NoTls => "https needs the feature `rustls` or `native-tls`, or an HTTP client of your own",
            Self::HttpClient(_) => "the HTTP client could not be made",
        })
    }
}

impl Error for ConfigurationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::BaseUrl(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::HttpClient(error) => Some(error),
            Self::UserAgent | Self::NoTls => None,
        }
    }
}
