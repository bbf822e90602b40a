//! The settings of a client, with their defaults.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
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
use crate::send::secrets::Secrets;
use crate::send::transport::HttpTransport;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const TIMEOUT: Duration = Duration::from_mins(1);
const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

/// A builder for a client of type `T`, the client type of an emitted crate.
///
/// `C` is the state of the credentials; a client can only be built once they are set.
#[must_use = "call `.build()` to make the client"]
pub struct ClientBuilder<T, C = NoCredentials> {
    settings: Settings,
    credentials: C,
    client: PhantomData<fn() -> T>,
}

impl<T> ClientBuilder<T> {
    /// Creates a builder for a client of the account at `base_url`, with `user_agent` as the default `User-Agent`
    /// header.
    ///
    /// Surrounding whitespace and trailing slashes are removed from the base URL, and `https://` is added if there is
    /// no scheme. The path of an operation is appended to the path of the base URL. Plain `http` is only accepted for
    /// the local host: `localhost`, `127.0.0.0/8`, and `[::1]`.
    pub fn new(base_url: impl Into<String>, user_agent: &'static str) -> Self {
        let settings = Settings::new(base_url.into(), user_agent.to_owned());
        Self { settings, credentials: NoCredentials, client: PhantomData }
    }
}

impl<T> ClientBuilder<T, Anonymous> {
    /// Creates a builder for a client that can be built without credentials, because some operations require none.
    pub fn anonymous(base_url: impl Into<String>, user_agent: &'static str) -> Self {
        let settings = Settings::new(base_url.into(), user_agent.to_owned());
        Self { settings, credentials: Anonymous, client: PhantomData }
    }
}

impl<T, C> ClientBuilder<T, C> {
    /// Sets the credentials, replacing those of an earlier call. For each call, the client sends the credentials of the
    /// first alternative of the operation that they include completely.
    pub fn credentials(self, credentials: impl Into<Credentials>) -> ClientBuilder<T, Credentials> {
        let Self { settings, client, .. } = self;
        ClientBuilder { settings, credentials: credentials.into(), client }
    }

    /// Sets the timeout for establishing a connection, including DNS resolution and the TLS handshake. The default is
    /// 10 seconds, or the setting of the [HTTP client](Self::http_client), if one is set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = Some(timeout);
        self
    }

    /// Sets the timeout for one attempt, from connecting to the last byte of the response. The default is 30 seconds.
    ///
    /// If an attempt times out after the request was sent, its outcome is unknown.
    /// [`Call::attempt_timeout`](crate::Call::attempt_timeout) sets the timeout of one call.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.policy.attempt_timeout = timeout;
        self
    }

    /// Sets the timeout for a whole call, including the wait for the rate limiter, all attempts, and the waits between
    /// them. The default is 60 seconds.
    ///
    /// No attempt begins in the last tenth of this time, because an attempt that is cut off is likely to have an
    /// unknown outcome.
    ///
    /// [`Call::timeout`](crate::Call::timeout) sets the timeout of one call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.policy.timeout = timeout;
        self
    }

    /// Sets the maximum number of attempts per call. The default is 4; 0 is treated as 1.
    ///
    /// [`Call::retry`](crate::Call::retry) selects the failures that are retried.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.settings.policy.retry.max_attempts = attempts.max(1);
        self
    }

    /// Sets the maximum wait between attempts: `first` after the first attempt, doubled after each further one, up to
    /// `longest`. The defaults are 500 milliseconds and 20 seconds.
    ///
    /// The actual wait is chosen at random between zero and that maximum (full jitter). If the service sends
    /// `Retry-After`, exactly that wait is used instead. If a wait would extend into the last tenth of the call's
    /// timeout, the call fails at once.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.settings.policy.retry.first_wait = first;
        self.settings.policy.retry.longest_wait = longest;
        self
    }

    /// Limits the retries of this client and its clones to `percent` of the calls of the last 10 seconds, plus
    /// `reserve_per_second` retries per second. The defaults are 20 percent and 10 per second.
    ///
    /// Without this limit, an outage would multiply the number of requests. A `percent` above 100 is treated as 100.
    pub fn retry_budget(mut self, percent: u8, reserve_per_second: u16) -> Self {
        self.settings.policy.budget = RetryBudget::new(percent, reserve_per_second);
        self
    }

    /// Sets the rate limiter. The default is a [`Limiter`] of this client alone, which enforces the documented rate
    /// limits.
    ///
    /// Clients of one account share its rate limit, so give each of them a clone of the same [`Limiter`]. If several
    /// processes use the account, give each a fraction of the limit with [`Limiter::share`], or implement
    /// [`RateLimiter`] on top of a shared store. An [`Arc`] of a limiter is a limiter, too.
    pub fn rate_limiter(mut self, limiter: impl RateLimiter) -> Self {
        self.settings.policy.limiter = Arc::new(limiter);
        self
    }

    /// Allows plain `http` to hosts other than the local one. Use this only if something else protects the credentials
    /// and the messages, such as the proxy of a service mesh.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.allow_plain_http = true;
        self
    }

    /// Sets the maximum number of bytes read from a response body. The default is 1,048,576 (1 MiB).
    ///
    /// A longer body is a decode error in a successful response, and is truncated in any other.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Sets the `User-Agent` header. The default is the name and version of the emitted crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Sets the builder of the HTTP client, for example to use a proxy or a different TLS configuration.
    ///
    /// Create it with [`http_client_builder`]. Its settings for connections, TLS, and proxies then apply. Redirects and
    /// the retries of the HTTP library are always disabled, because they could send a message twice; a built
    /// `reqwest::Client` is therefore not accepted. The headers of a call replace default headers of the same name.
    ///
    /// A builder from `reqwest::Client::builder()` trusts the certificate authorities of the system. With the feature
    /// `rustls`, `ring` becomes the default provider of the process, unless the process has one.
    pub fn http_client(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.settings.http_client = Some(Box::new(builder));
        self
    }

    /// Builds the client, without opening a connection.
    ///
    /// # Errors
    ///
    /// Returns an error if the base URL, the credentials, or the user agent is invalid, or if the HTTP client cannot be
    /// built.
    pub fn build(self) -> Result<T, ConfigurationError>
    where
        C: HasCredentials,
        T: From<Client>,
    {
        self.settings.build(self.credentials.into_credentials()).map(T::from)
    }
}

impl<T, C> fmt::Debug for ClientBuilder<T, C> {
    /// Formats none of the texts given, because a base URL may contain a password by mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("connect_timeout", &self.settings.connect_timeout)
            .field("policy", &self.settings.policy)
            .field("max_response_bytes", &self.settings.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// The settings, independent of the type parameters of the builder so that they are compiled once.
struct Settings {
    base_url: String,
    user_agent: String,
    connect_timeout: Option<Duration>,
    policy: Policy,
    max_response_bytes: usize,
    http_client: Option<Box<reqwest::ClientBuilder>>,
    allow_plain_http: bool,
}

impl Settings {
    fn new(base_url: String, user_agent: String) -> Self {
        Self {
            base_url,
            user_agent,
            connect_timeout: None,
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
        let secrets = credentials.map_or(Ok(Secrets::default()), Credentials::into_secrets);
        let secrets = secrets.map_err(ConfigurationError::Credentials)?;
        let headers = self.headers()?;
        let http = match self.http_client {
            Some(http) => {
                tls::ensure_provider();
                *http
            }
            None => default_http_client(&base_url)?,
        };
        let http = match self.connect_timeout {
            Some(timeout) => http.connect_timeout(timeout),
            None => http,
        };
        let client = sending_once(http).build().map_err(|error| ConfigurationError::HttpClient(Box::new(error)))?;
        let transport = HttpTransport { client, headers, secrets, max_response_bytes: self.max_response_bytes };
        Ok(Client::new(transport, base_url, self.policy))
    }

    fn headers(&self) -> Result<HeaderMap, ConfigurationError> {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");

        let user_agent = header_value(&self.user_agent).ok_or(ConfigurationError::UserAgent)?;
        Ok(HeaderMap::from_iter([(USER_AGENT, user_agent), (ACCEPT, JSON), (CONTENT_TYPE, JSON)]))
    }
}

/// Returns a [`reqwest::ClientBuilder`] with the settings that an HTTP client needs here.
///
/// Use it to configure the HTTP client for [`ClientBuilder::http_client`], for example with a proxy or a resolver. It
/// has a TLS backend.
///
/// ```no_run
/// use wirecrate_runtime::{Client, ClientBuilder, Credentials, http_client_builder, reqwest};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let proxy = reqwest::Proxy::all("http://proxy.example:3128")?;
/// let client: Client = ClientBuilder::new("https://xyz.api.example.com", "notes/1.0")
///     .credentials(Credentials::bearer("oauth2", "token"))
///     .http_client(http_client_builder().proxy(proxy))
///     .build()?;
/// # Ok(())
/// # }
/// ```
pub fn http_client_builder() -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder()
        // Compressed responses are not requested, and not decompressed if they occur nevertheless.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(CONNECT_TIMEOUT);
    tls::configure(http)
}

fn default_http_client(base_url: &BaseUrl) -> Result<reqwest::ClientBuilder, ConfigurationError> {
    if base_url.is_https() && !tls::AVAILABLE {
        return Err(ConfigurationError::NoTls);
    }
    let http = http_client_builder().https_only(base_url.is_https());
    // Plain http to this machine must not be visible to a proxy of the environment.
    Ok(if !base_url.is_https() && base_url.is_loopback() { http.no_proxy() } else { http })
}

/// Disables everything that could turn one attempt into several requests, because the response to the last of them
/// would be treated as the response to the message.
fn sending_once(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    http.redirect(redirect::Policy::none()).retry(reqwest::retry::never())
}
