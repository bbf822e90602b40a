//! The behaviour that generated code calls, against servers on this machine. One program, linked
//! once.

mod support;

#[cfg(feature = "blocking")]
mod blocking;
mod bulk;
mod calls;
mod client;
mod compressed;
mod discretion;
mod http2;
mod operations;
