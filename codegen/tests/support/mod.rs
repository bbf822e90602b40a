//! The parts that the tests share.

pub(crate) mod expectations;
pub(crate) mod shown;
