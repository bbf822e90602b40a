//! A handwritten client that sends contact messages.
//!
//! The benchmarks of the project compare the generated crate with this one, so it is deliberately simple: derived
//! `serde`, checks that count characters, and `reqwest` as in its documentation. Only benchmarks may depend on it.

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
