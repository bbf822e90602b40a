//! The runtime against servers on this machine, as one program.

mod support;

mod arrivals;
mod bad_server;
#[cfg(feature = "blocking")]
mod blocking;
mod bulk;
mod calls;
mod client;
mod compressed;
mod credentials;
mod discretion;
mod forms;
mod http2;
mod operations;
mod redirects;
mod responses;
mod streams;
mod uploads;
