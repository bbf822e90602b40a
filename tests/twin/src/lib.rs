//! The endpoint by hand: what a good engineer writes in an afternoon to send contact messages.
//!
//! The benchmarks of the project measure its generated crate against this one, so everything here is
//! plain: derived `serde`, checks that count characters, `reqwest` as its manual shows it. It takes
//! no part in what the project promises, and nothing but benchmarks may depend on it.

mod client;
mod message;
mod response;
mod sample;

pub use client::{Client, Error};
pub use message::{
    Address, Contact, ContactMessage, Content, Email, Name, Organization, Phone, PhoneType, Place, Url, Violation,
};
pub use response::{SingleMessageInfo, Status};
pub use sample::sample;
