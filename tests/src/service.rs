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
    /// Starts a server that accepts every contact message, and responds with 200 and the sample body.
    ///
    /// The response to any other request is 404.
    pub async fn accepting() -> Self {
        let server = MockServer::start().await;
        let response = ResponseTemplate::new(200).set_body_json(sample::response_json());
        Mock::given(method(METHOD))
            .and(path(PATH))
            .and(header("Content-Type", "application/json"))
            .and(header_exists("Authorization"))
            .respond_with(response)
            .mount(&server)
            .await;
        Self { server }
    }

    /// Starts a server that responds to every request with 200 and the sample body.
    pub async fn accepting_all() -> Self {
        Self::answering(ResponseTemplate::new(200).set_body_json(sample::response_json())).await
    }

    /// Starts a server with the same response to every request.
    pub async fn answering(response: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(response).mount(&server).await;
        Self { server }
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        self.server.uri()
    }

    /// Returns a client of this server that does not wait between attempts, with defaults for all other settings.
    pub fn client(&self) -> Client {
        Client::builder(self.base_url())
            .credentials(Credentials::api_key(API_KEY))
            .backoff(Duration::ZERO, Duration::ZERO)
            .build()
            .expect("address and key are well-formed")
    }

    /// Returns the requests that have arrived so far, in order.
    pub async fn requests(&self) -> Vec<Request> {
        let requests = self.server.received_requests().await;
        requests.expect("the server records by default")
    }
}
