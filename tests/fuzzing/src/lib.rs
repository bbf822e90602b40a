//! Fuzzing: one function for each fuzz target.
//!
//! Each function takes the bytes of an input, and panics if a property that must hold for every input is violated. The
//! package in `fuzz/` runs them with libFuzzer. `cargo test` runs them on the inputs in `fuzz/seeds/`.
//!
//! - [`descriptions`]: any bytes as a description; descriptions made of supported constructs; descriptions of the test
//!   fixtures with edits;
//! - [`overlays`]: any bytes as an overlay;
//! - [`changes`]: two edits of one description, compared;
//! - [`bodies`]: any bytes as a response or as an event;
//! - [`headers`]: texts in the headers of a request and of its response;
//! - [`base_urls`]: any text as a base URL.

pub mod base_urls;
pub mod bodies;
pub mod changes;
pub mod checks;
pub mod descriptions;
mod edits;
mod fixtures;
pub mod headers;
pub mod overlays;
mod service;
pub mod structured;

use std::future::Future;

use infobip_whatsapp::models::{Contact, ContactMessage, ContactMessageContent, Name};
use tokio::runtime::{Builder, Runtime};

/// A fuzz target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of the target, and of the folder with its seeds.
    pub name: &'static str,
    /// The function that runs an input.
    pub run: fn(&[u8]),
}

/// All fuzz targets.
pub const TARGETS: &[Target] = &[
    Target { name: "yaml", run: descriptions::yaml },
    Target { name: "json", run: descriptions::json },
    Target { name: "structured", run: descriptions::structured },
    Target { name: "edited", run: descriptions::edited },
    Target { name: "overlays", run: overlays::overlays },
    Target { name: "changes", run: changes::changes },
    Target { name: "responses", run: bodies::responses },
    Target { name: "events", run: bodies::events },
    Target { name: "headers", run: headers::headers },
    Target { name: "base_urls", run: base_urls::base_urls },
];

/// Returns a message that violates no constraint.
fn message() -> ContactMessage {
    let name = Name::builder().first_name("A").formatted_name("A B").build();
    let content = ContactMessageContent::builder().contacts([Contact::builder().name(name).build()]).build();
    ContactMessage::builder().from("441134960000").to("441134960001").content(content).build()
}

/// Runs a call to its end.
fn wait<F: Future>(call: F) -> F::Output {
    thread_local! {
        static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().expect("threads have runtimes");
    }
    RUNTIME.with(|runtime| runtime.block_on(call))
}
