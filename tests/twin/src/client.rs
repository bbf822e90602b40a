//! The client.

use std::fmt;
use std::time::Duration;

use crate::{ContactMessage, SingleMessageInfo, Violation};

/// A client that sends messages.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    authorization: String,
}

impl Client {
    /// Creates a client of the account at a base URL.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be initialized.
    pub fn new(base_url: &str, api_key: &str) -> Result<Self, Error> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("infobip-twin/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .build()?;
        Ok(Self {
            http,
            url: format!("{base_url}/whatsapp/1/message/contact"),
            authorization: format!("App {api_key}"),
        })
    }

    /// Checks a message and sends it.
    ///
    /// # Errors
    ///
    /// Returns an error if the message violates a constraint, the network fails, the service refuses the message, or
    /// the response cannot be decoded.
    pub async fn send(&self, message: &ContactMessage) -> Result<SingleMessageInfo, Error> {
        message.check().map_err(Error::Violations)?;
        let response = self
            .http
            .post(&self.url)
            .header("Authorization", &self.authorization)
            .header("Accept", "application/json")
            .json(message)
            .send()
            .await?
            .error_for_status()?;
        Ok(response.json().await?)
    }
}

/// The error of a message that was not sent.
#[derive(Debug)]
pub enum Error {
    /// The message violates constraints.
    Violations(Vec<Violation>),
    /// An error of the network, the status or the response.
    Http(reqwest::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Violations(violations) => write!(f, "{} violated constraints", violations.len()),
            Self::Http(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error)
    }
}
