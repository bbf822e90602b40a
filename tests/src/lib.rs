//! The parts that the tests of the bindings share.
//!
//! - [`sample`]: the sample of the endpoint's page, as JSON and as the builders make it;
//! - [`service`]: a server on this machine instead of the real one;
//! - [`faults`]: another one, which fails as a script tells it and records the messages that it carried out;
//! - [`clock`]: simulated time beside its sockets;
//! - [`soak`]: many messages, and an audit of every one of them;
//! - [`spec`]: the descriptions of `spec/`, read without the generator;
//! - [`schema`]: their schemas, translated to plain JSON Schema, and those that apply to one value;
//! - [`instances`]: JSON made from a schema, and every location in it;
//! - [`parallel`]: work on all cores.

pub mod clock;
pub mod faults;
pub mod instances;
pub mod parallel;
pub mod sample;
pub mod schema;
pub mod service;
pub mod soak;
pub mod spec;

/// The README and the pages of `docs/`, whose examples are compiled.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    struct Readme;
    #[doc = include_str!("../../docs/sending.md")]
    struct Sending;
    #[doc = include_str!("../../docs/describing-endpoints.md")]
    struct DescribingEndpoints;
    #[doc = include_str!("../../docs/changes-and-releases.md")]
    struct ChangesAndReleases;
    #[doc = include_str!("../../docs/how-it-works.md")]
    struct HowItWorks;
}
