//! The promises of the bindings, one module for each kind.

mod agreement;
mod client;
mod conformance;
mod determinism;
mod differential;
mod documents;
mod emitted;
mod emitted_crates;
mod examples;
mod faults;
mod history;
mod oracle;
mod planted_changes;
mod properties;
mod redaction;
mod refusals;
mod reports;
mod round_trips;
mod shared_lists;
mod traces;
