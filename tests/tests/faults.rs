//! The client against a server that fails in every way we know, in simulated time.
//!
//! The server keeps the books, so that the word of the client can be compared with the truth: `table` does so for
//! every fault and every choice of retries, `mixtures` for faults drawn at random. The other modules hold the client
//! to its times, its bounds, and to silence after it is dropped.

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

/// The id of the message that the tests send.
const ID: &str = "a28dd97c-1ffb-4fcf-99f1-0b557ed381da";

/// A builder that lacks nothing.
type Builder = ClientBuilder<wirecrate_runtime::Credentials>;

/// A client with all settings at their defaults, before its last ones.
fn builder(base_url: impl Into<String>) -> Builder {
    Client::builder(base_url).credentials(Credentials::api_key(API_KEY))
}

fn client(server: &FaultServer) -> Client {
    build(builder(server.base_url()))
}

fn build(builder: Builder) -> Client {
    builder.build().expect("address and key are well-formed")
}

/// The sample of the page, with an id of the caller's or without.
fn message(id: Option<&str>) -> ContactMessage {
    let mut message = sample::message();
    message.message_id = id.map(str::to_owned);
    message
}
