//! The client against a server that fails in all known ways, in simulated time.
//!
//! The server records all requests, so that the outcome that the client reports can be verified: `table` does so for
//! every fault and every choice of retries, `mixtures` for random sequences of faults. The other modules test the
//! timeouts and bounds of the client, and that dropped calls send nothing.

mod cancel;
mod cases;
mod connections;
mod mixtures;
mod run;
mod server;
mod soak;
mod table;
mod waits;

use std::sync::Arc;

use infobip_tests::faults::{Blackhole, FaultServer, Script, Step};
use infobip_tests::sample;
use infobip_tests::service::API_KEY;
use infobip_whatsapp::models::ContactMessage;
use infobip_whatsapp::{Client, ClientBuilder, Credentials, http_client_builder, reqwest};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The id of the test message.
const ID: &str = "a28dd97c-1ffb-4fcf-99f1-0b557ed381da";

/// A builder with all required settings.
type Builder = ClientBuilder<wirecrate_runtime::Credentials>;

/// Returns a builder with defaults for all optional settings.
fn builder(base_url: impl Into<String>) -> Builder {
    Client::builder(base_url).credentials(Credentials::api_key(API_KEY))
}

fn client(server: &FaultServer) -> Client {
    build(builder(server.base_url()))
}

fn build(builder: Builder) -> Client {
    builder.build().expect("address and key are well-formed")
}

/// Returns the sample message, with or without an id.
fn message(id: Option<&str>) -> ContactMessage {
    let mut message = sample::message();
    message.message_id = id.map(str::to_owned);
    message
}
