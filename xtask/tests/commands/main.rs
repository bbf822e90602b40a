//! Tests of the built program: its exit codes, its output and the files that it writes.

mod check;
mod ci;
mod diff;
mod diff_scope;
mod filter;
mod generate;
mod hostile;
mod overlay;
mod ownership;
mod playground;
mod policy;
mod refuse;
mod skip;
mod usage;
