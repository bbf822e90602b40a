//! A server on a free port of this machine, instead of the real service.

use std::time::Duration;

use infobip_whatsapp::{Client, Credentials};
use wiremock::matchers::{any, header, header_exists, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::sample;

/// Method of the operation that sends a contact message.
pub const METHOD: &str = "POST";

/// Path of the operation that sends a contact message.
pub const PATH: &str = "/whatsapp/1/message/contact";

/// The key that [`Service::client`] sends.
pub const API_KEY: &str = "kqzvxj-wgpfyb-hdmtcn";

/// A running server, which stops when it is dropped.
#[derive(Debug)]
pub struct Service {
    server: MockServer,
}

impl Service {
    /// Takes every contact message over and answers 200, with the reply of the page's sample.
    ///
    /// A request of another shape gets 404.
    pub async fn accepting() -> Self {
        let server = MockServer::start().await;
        let reply = ResponseTemplate::new(200).set_body_json(sample::reply_json());
        Mock::given(method(METHOD))
            .and(path(PATH))
            .and(header("Content-Type", "application/json"))
            .and(header_exists("Authorization"))
            .respond_with(reply)
            .mount(&server)
            .await;
        Self { server }
    }

    /// Answers every request alike.
    pub async fn answering(reply: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(reply).mount(&server).await;
        Self { server }
    }

    /// The base URL, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        self.server.uri()
    }

    /// A client of this server that does not wait between attempts, with all other settings at
    /// their defaults.
    pub fn client(&self) -> Client {
        Client::builder(self.base_url())
            .credentials(Credentials::api_key(API_KEY))
            .backoff(Duration::ZERO, Duration::ZERO)
            .build()
            .expect("address and key are well-formed")
    }

    /// The requests that have arrived so far, in order.
    pub async fn requests(&self) -> Vec<Request> {
        let requests = self.server.received_requests().await;
        requests.expect("the server records by default")
    }
}
