//! The settings of a client, each with its default, and what can be wrong with them.

use std::error::Error;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::redirect;

use crate::client::base_url::{BaseUrl, BaseUrlError};
use crate::client::credentials::{Anonymous, Credentials, CredentialsError, HasCredentials, NoCredentials};
use crate::client::tls;
use crate::client::{Client, Http, Shared};
use crate::operation::headers::header_value;
use crate::rate_limit::{Limiter, RateLimiter};
use crate::send::attempts::Policy;
use crate::send::budget::RetryBudget;
use crate::send::retry::RetrySettings;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_mins(1);
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

    /// The time for one attempt, from the connection to the last byte of the reply; 30 seconds by
    /// default.
    ///
    /// An attempt that runs out of time after the request went out leaves its outcome unknown.
    /// A call can set its own ([`Call::attempt_timeout`](crate::Call::attempt_timeout)).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.policy.attempt_timeout = timeout;
        self
    }

    /// The time for a whole call: the wait for the rate limit, every attempt, and the waits between
    /// them; 60 seconds by default.
    ///
    /// No attempt begins in the last tenth of it: one that is cut off is likely to leave its outcome
    /// unknown, where nothing was at risk before.
    ///
    /// A call can set its own ([`Call::timeout`](crate::Call::timeout)).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.policy.timeout = timeout;
        self
    }

    /// How often a call is attempted at most; 4 times by default, and at least once.
    ///
    /// Which failures are followed by another attempt is a choice of each call
    /// ([`Call::retry`](crate::Call::retry)).
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.policy.retry.max_attempts = attempts.max(1);
        self
    }

    /// How long a call waits before another attempt, where the service does not say: up to `first`
    /// after the first attempt, then up to twice as long each time, but never longer than
    /// `longest`. By default up to 500 milliseconds and 20 seconds.
    ///
    /// The wait is drawn from the whole range (full jitter). `Retry-After` of the service is waited
    /// for as it is. A wait that would leave less than a tenth of the call's time is not begun.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.policy.retry.first_wait = first;
        self.settings.policy.retry.longest_wait = longest;
        self
    }

    /// How many requests the calls of this client and its clones may send again: `percent` of the
    /// calls of the last 10 seconds, 0 to 100, and `reserve_per_second` beside. By default 20
    /// percent and 10 a second.
    ///
    /// In an outage every call fails; without a bound, each would come back several times. More than
    /// 100 percent are taken as 100.
    pub fn retry_budget(mut self, percent: u8, reserve_per_second: u16) -> Self {
        self.settings.policy.budget = RetryBudget::new(percent, reserve_per_second);
        self
    }

    /// Who decides when a request may be sent; by default a [`Limiter`] of this client that keeps
    /// the rates of the description.
    ///
    /// Clients of one account share a rate, so give each a clone of one [`Limiter`]. For processes
    /// on several machines, [`Limiter::share`] takes a part for each, or implement
    /// [`RateLimiter`] on what they share; an [`Arc`] of a limiter is one, too.
    pub fn rate_limiter(mut self, limiter: impl RateLimiter) -> Self {
        self.settings.policy.limiter = Arc::new(limiter);
        self
    }

    /// Allows a plain `http` base URL to another machine, where something else on the way protects
    /// the credentials and the messages, such as a proxy of a service mesh.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.allow_plain_http = true;
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
    /// Start from [`http_client_builder`]: its connect time-out, TLS, proxy and redirects are then as
    /// you configured them, `reqwest::Client::new()` has no TLS back end with the default features
    /// and panics, and an HTTP client that follows redirects loses messages on its way: what it
    /// brings from another address is never taken for the answer to a message. The headers of a call
    /// replace its default headers of the same name.
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
            .field("policy", &self.settings.policy)
            .field("max_reply_bytes", &self.settings.max_reply_bytes)
            .finish_non_exhaustive()
    }
}

/// The settings, apart from the types of the builder so that they are compiled once.
struct Settings {
    base_url: String,
    user_agent: String,
    connect_timeout: Duration,
    policy: Policy,
    max_reply_bytes: usize,
    http_client: Option<reqwest::Client>,
    allow_plain_http: bool,
}

impl Settings {
    fn new(base_url: String, user_agent: String) -> Self {
        Self {
            base_url,
            user_agent,
            connect_timeout: CONNECT_TIMEOUT,
            policy: Policy {
                timeout: TIMEOUT,
                attempt_timeout: ATTEMPT_TIMEOUT,
                retry: RetrySettings::default(),
                budget: RetryBudget::default(),
                limiter: Arc::new(Limiter::new()),
            },
            max_reply_bytes: MAX_REPLY_BYTES,
            http_client: None,
            allow_plain_http: false,
        }
    }

    fn build(self, credentials: Option<Credentials>) -> Result<Client, ConfigurationError> {
        let base_url = BaseUrl::parse(&self.base_url, self.allow_plain_http).map_err(ConfigurationError::BaseUrl)?;
        let headers = self.headers(credentials)?;
        let client = match self.http_client {
            Some(client) => client,
            None => new_http_client(&base_url, self.connect_timeout)?,
        };
        let http = Http { client, headers, max_reply_bytes: self.max_reply_bytes };
        let shared = Shared { http, base_url, policy: self.policy };
        Ok(Client { shared: Arc::new(shared) })
    }

    fn headers(&self, credentials: Option<Credentials>) -> Result<HeaderMap, ConfigurationError> {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");

        let user_agent = header_value(&self.user_agent).ok_or(ConfigurationError::UserAgent)?;
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
/// use wirecrate_runtime::{Client, ClientBuilder, Credentials, http_client_builder, reqwest};
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
        // Nothing asks for a compressed reply; one that comes all the same is not blown up here.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(CONNECT_TIMEOUT);
    tls::configure(http)
}

fn new_http_client(base_url: &BaseUrl, connect_timeout: Duration) -> Result<reqwest::Client, ConfigurationError> {
    if base_url.is_https() && !tls::AVAILABLE {
        return Err(ConfigurationError::NoTls);
    }
    let http = http_client_builder().https_only(base_url.is_https()).connect_timeout(connect_timeout);
    // What is plain http to this machine, no proxy of the environment may read.
    let http = if !base_url.is_https() && base_url.is_loopback() { http.no_proxy() } else { http };
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
    /// The thread that serves blocking calls could not be started.
    Blocking(io::Error),
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BaseUrl(_) => "the base URL cannot be used",
            Self::Credentials(_) => "the credentials cannot be used",
            Self::UserAgent => "the user agent contains a character that no header may have",
            Self::NoTls => "https needs the feature `rustls` or `native-tls`, or an HTTP client of your own",
            Self::HttpClient(_) => "the HTTP client could not be made",
            Self::Blocking(_) => "the thread for blocking calls could not be started",
        })
    }
}

impl Error for ConfigurationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::BaseUrl(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::HttpClient(error) => Some(error),
            Self::Blocking(error) => Some(error),
            Self::UserAgent | Self::NoTls => None,
        }
    }
}
