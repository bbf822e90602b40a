//! What the benchmarks of whole programs share: the programs, the server that they talk to, and what running them takes.

pub(crate) mod process;
pub(crate) mod programs;
pub(crate) mod server;
pub(crate) mod table;
