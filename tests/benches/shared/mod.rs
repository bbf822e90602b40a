//! Shared parts of the benchmarks of whole programs: the programs, their server, and measurements of processes.

pub(crate) mod process;
pub(crate) mod programs;
pub(crate) mod server;
pub(crate) mod table;
