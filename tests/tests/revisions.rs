//! Descriptions compared with others, and with themselves.

mod agreement;
mod determinism;
mod history;
mod planted_changes;
mod vendor;
