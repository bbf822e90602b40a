//! The commands as a user meets them: the built program, its exit codes, its output and what it leaves behind.

mod check;
mod ci;
mod diff;
mod filter;
mod generate;
mod overlay;
mod ownership;
mod playground;
mod refuse;
mod skip;
mod usage;
