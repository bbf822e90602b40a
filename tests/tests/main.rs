//! The promises of the bindings, one module for each kind.

mod cases;
mod conformance;
mod differential;
mod documents;
mod emitted;
mod emitted_crates;
mod endpoint;
mod examples;
mod fuzzing;
mod injection;
mod oracle;
mod properties;
mod revisions;
mod shared_lists;
