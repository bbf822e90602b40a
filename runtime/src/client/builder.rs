//! The settings of a client, with their defaults.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::redirect;

use crate::client::Client;
use crate::client::base_url::BaseUrl;
use crate::client::credentials::{Anonymous, Credentials, HasCredentials, NoCredentials};
use crate::client::tls;
use crate::error::configuration::ConfigurationError;
use crate::operation::headers::header_value;
use crate::rate_limit::RateLimiter;
use crate::rate_limit::limiter::Limiter;
use crate::send::attempts::Policy;
use crate::send::budget::RetryBudget;
use crate::send::retry::RetrySettings;
use crate::send::transport::HttpTransport;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_mins(1);
const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

/// Builder for a client of type `T`. `C` is the state of the credentials.
///
/// `T` is the client of an emitted crate.
#[must_use = "call `.build()` to make the client"]
pub struct ClientBuilder<T, C = NoCredentials> {
    settings: Settings,
    credentials: C,
    client: PhantomData<fn() -> T>,
}

impl<T> ClientBuilder<T> {
    /// Returns a builder for a client of the account at `base_url`, with `user_agent` as the default of the
    /// `User-Agent` header.
    ///
    /// White space around the base URL and trailing slashes are dropped, and `https://` is added if there is no
    /// scheme. The path of an operation is appended to that of the base URL. Plain `http` is for servers on this
    /// machine: `localhost`, `127.0.0.0/8` and `[::1]`.
    pub fn new(base_url: impl Into<String>, user_agent: &'static str) -> Self {
        let settings = Settings::new(base_url.into(), user_agent.to_owned());
        Self { settings, credentials: NoCredentials, client: PhantomData }
    }
}

impl<T> ClientBuilder<T, Anonymous> {
    /// The same for a service without credentials. No `Authorization` header is sent.
    pub fn anonymous(base_url: impl Into<String>, user_agent: &'static str) -> Self {
        let settings = Settings::new(base_url.into(), user_agent.to_owned());
        Self { settings, credentials: Anonymous, client: PhantomData }
    }
}

impl<T, C> ClientBuilder<T, C> {
    /// Sets the credentials. Required.
    pub fn credentials(self, credentials: impl Into<Credentials>) -> ClientBuilder<T, Credentials> {
        let Self { settings, client, .. } = self;
        ClientBuilder { settings, credentials: credentials.into(), client }
    }

    /// Sets the time for establishing a connection, including name look-up and TLS; 10 seconds by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets the time for one attempt, from the connection to the last byte of the response; 30 seconds by default.
    ///
    /// If an attempt times out after the request was sent, its outcome is unknown. A call can set its own time
    /// ([`Call::attempt_timeout`](crate::Call::attempt_timeout)).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.policy.attempt_timeout = timeout;
        self
    }

    /// Sets the time for a whole call: the wait for the rate limiter, every attempt, and the waits between them; 60
    /// seconds by default.
    ///
    /// No attempt begins in the last tenth of it, because an attempt that is cut off is likely to have an unknown
    /// outcome.
    ///
    /// A call can set its own time ([`Call::timeout`](crate::Call::timeout)).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.policy.timeout = timeout;
        self
    }

    /// Sets the greatest number of attempts of a call; 4 by default, and at least 1.
    ///
    /// Each call chooses the failures that are followed by another attempt ([`Call::retry`](crate::Call::retry)).
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.policy.retry.max_attempts = attempts.max(1);
        self
    }

    /// Sets the wait before another attempt, unless the service asks for one: up to `first` after the first attempt,
    /// then up to twice as long each time, but never longer than `longest`. By default up to 500 milliseconds and 20
    /// seconds.
    ///
    /// The wait is a random part of the whole range (full jitter). A `Retry-After` of the service is respected
    /// exactly. A wait that would leave less than a tenth of the time of the call is not started.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.policy.retry.first_wait = first;
        self.settings.policy.retry.longest_wait = longest;
        self
    }

    /// Sets the greatest number of repeated requests of this client and its clones: `percent` of the calls of the last
    /// 10 seconds, 0 to 100, plus `reserve_per_second`. By default 20 percent and 10 per second.
    ///
    /// In an outage every call fails, and without a bound each would be repeated several times. More than 100 percent
    /// are taken as 100.
    pub fn retry_budget(mut self, percent: u8, reserve_per_second: u16) -> Self {
        self.settings.policy.budget = RetryBudget::new(percent, reserve_per_second);
        self
    }

    /// Sets the rate limiter; by default a [`Limiter`] of this client that enforces the documented rate limits.
    ///
    /// Clients of one account share its rate limit, so give each a clone of one [`Limiter`]. For processes on several
    /// machines, take a part for each with [`Limiter::share`], or implement [`RateLimiter`] on a shared store. An
    /// [`Arc`] of a limiter is a limiter, too.
    pub fn rate_limiter(mut self, limiter: impl RateLimiter) -> Self {
        self.settings.policy.limiter = Arc::new(limiter);
        self
    }

    /// Allows plain `http` to another machine, if something else protects the credentials and the messages, such as
    /// the proxy of a service mesh.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.allow_plain_http = true;
        self
    }

    /// Sets the greatest number of bytes of a response that are read; 1,048,576 by default.
    ///
    /// A longer response is a decode error after a success, and is truncated after an error status.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Sets the `User-Agent` header; by default the name and version of the emitted crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Sets an HTTP client of your own, for a proxy, another TLS configuration or a shared pool.
    ///
    /// Build it with [`http_client_builder`]: the settings for connections, TLS, proxies and redirects are then yours.
    /// `reqwest::Client::new()` has no TLS back end with the default features and panics. An HTTP client that follows
    /// redirects loses messages, because a response from another address is never taken as the response to a message.
    /// The headers of a call replace its default headers of the same name.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.settings.http_client = Some(client);
        self
    }

    /// Builds the client. Opens no connection.
    ///
    /// # Errors
    ///
    /// Fails if the base URL, the credentials or the user agent cannot be used, or if the HTTP client cannot be built.
    pub fn build(self) -> Result<T, ConfigurationError>
    where
        C: HasCredentials,
        T: From<Client>,
    {
        self.settings.build(self.credentials.into_credentials()).map(T::from)
    }
}

impl<T, C> fmt::Debug for ClientBuilder<T, C> {
    /// Shows no text that was given: a base URL may contain a password by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("connect_timeout", &self.settings.connect_timeout)
            .field("policy", &self.settings.policy)
            .field("max_response_bytes", &self.settings.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// The settings, separate from the types of the builder so that they are compiled once.
struct Settings {
    base_url: String,
    user_agent: String,
    connect_timeout: Duration,
    policy: Policy,
    max_response_bytes: usize,
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
            max_response_bytes: MAX_RESPONSE_BYTES,
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
        let transport = HttpTransport { client, headers, max_response_bytes: self.max_response_bytes };
        Ok(Client::new(transport, base_url, self.policy))
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

/// Returns the builder of the HTTP client that a client uses by default, before its last settings.
///
/// For an HTTP client of your own, with a proxy or a resolver for example. It has a TLS back end, and follows no
/// redirects, which could send a message to another address.
///
/// ```no_run
/// use wirecrate_runtime::{Client, ClientBuilder, Credentials, http_client_builder, reqwest};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let proxy = reqwest::Proxy::all("http://proxy.example:3128")?;
/// let client: Client = ClientBuilder::new("https://xyz.api.example.com", "notes/1.0")
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
        // A repeated request could be a repeated message, so the HTTP library must not repeat any.
        .retry(reqwest::retry::never())
        // Compressed responses are not requested, and not decompressed if they occur nevertheless.
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
    // Plain http to this machine must not be visible to a proxy of the environment.
    let http = if !base_url.is_https() && base_url.is_loopback() { http.no_proxy() } else { http };
    http.build().map_err(|error| ConfigurationError::HttpClient(Box::new(error)))
}
