//! The shared parts of the benchmarks of whole programs: the programs, their server, and measuring a run.

pub(crate) mod process;
pub(crate) mod programs;
pub(crate) mod server;
pub(crate) mod table;
