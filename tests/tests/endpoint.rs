//! The crate of the endpoint, as its users see it.

mod client;
mod faults;
mod redaction;
mod refusals;
mod reports;
mod round_trips;
mod traces;
