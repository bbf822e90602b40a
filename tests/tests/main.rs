//! The promises of the bindings, one module for each kind.

mod client;
mod decoded;
mod differential;
mod discretion;
mod emitted;
mod faults;
mod refusals;
mod reports;
mod round_trips;
mod traces;
mod ui;
