//! The cases of the generator, one module for each kind; see `README.md` for how to read, add and accept them.

mod changes;
mod corpus;
mod fixtures;
mod overlays;
mod pairs;
mod partial;
mod support;
